import { BrowserWindow } from 'electron';
import type { EventName, EventPayload } from '../../../shared/bridge/contract.ts';
import type { Desktop } from '../../services/desktop/desktop.ts';
import type { DialLinks } from './dial-links.ts';
import { GlobalHotkeys } from './hotkeys.ts';
import { PhoneTray } from './phone-tray.ts';

type SendTo = <Name extends EventName>(windowId: string, name: Name, payload: EventPayload<Name>) => void;

/** The desktop as Electron has it. Windows are known by the id of their web contents, as the bridge has it. */
export function electronDesktop(links: DialLinks, sendTo: SendTo): Desktop {
  const send = (windowId: string, command: EventPayload<'desktop.command'>['command']) =>
    sendTo(windowId, 'desktop.command', { command });
  const hotkeys = new GlobalHotkeys(send);
  const tray = new PhoneTray({ send, show: (windowId) => showWindow(windowId, true) });
  const watched = new Set<string>();
  /** What a window asked for ends with it. */
  const watch = (windowId: string): void => {
    if (watched.has(windowId)) return;
    watched.add(windowId);
    windowOf(windowId)?.once('closed', () => {
      watched.delete(windowId);
      hotkeys.forget(windowId);
      tray.set(windowId, null);
    });
  };
  return {
    keepOnTop(windowId, onTop) {
      const window = windowOf(windowId);
      // `floating`: above normal windows, below the system's own.
      window?.setAlwaysOnTop(onTop, 'floating');
      return window?.isAlwaysOnTop() ?? false;
    },
    setHotkeys(windowId, wanted) {
      watch(windowId);
      return hotkeys.set(windowId, wanted);
    },
    setPresence(windowId, presence) {
      watch(windowId);
      tray.set(windowId, presence);
    },
    show: showWindow,
    openLinks: (open) => links.openLinks(open),
    takeDial: () => links.takeDial(),
  };
}

function windowOf(windowId: string): BrowserWindow | undefined {
  return BrowserWindow.getAllWindows().find(({ webContents }) => String(webContents.id) === windowId);
}

/** Without `focus` the window comes into view, its place in the taskbar blinks, and typing goes on where it was. */
function showWindow(windowId: string, focus: boolean): void {
  const window = windowOf(windowId);
  if (window === undefined) return;
  if (focus) {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return;
  }
  window.showInactive();
  window.moveTop();
  window.flashFrame(true);
  window.once('focus', () => window.flashFrame(false));
}
