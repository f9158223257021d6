import { BrowserWindow } from 'electron';

/** Keeps a window above those of other programs, or not any more. `windowId`: of its web contents, as the bridge has it. */
export async function keepOnTop(windowId: string, onTop: boolean): Promise<boolean> {
  const window = BrowserWindow.getAllWindows().find(({ webContents }) => String(webContents.id) === windowId);
  // `floating`: above normal windows, below the system's own.
  window?.setAlwaysOnTop(onTop, 'floating');
  return window?.isAlwaysOnTop() ?? false;
}
