import { BrowserWindow, dialog } from 'electron';

/** Asks by the system's own dialog, over the window in front. Null when nothing was chosen. */
export async function chooseFolder(): Promise<string | null> {
  const options = { properties: ['openDirectory'] } satisfies Electron.OpenDialogOptions;
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}
