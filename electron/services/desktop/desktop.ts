import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type { desktopCalls, Hotkeys, PhoneCommand, Presence } from '../../../shared/bridge/desktop.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';

/** The desktop around our windows; there is none where they are pages of a browser. */
export interface Desktop {
  /** Keeps a window above those of other programs, or not any more; gives whether it is. */
  keepOnTop(windowId: string, onTop: boolean): boolean;
  /** Replaces the keys of a window; gives those that cannot be had. */
  setHotkeys(windowId: string, hotkeys: Hotkeys): PhoneCommand[];
  setPresence(windowId: string, presence: Presence | null): void;
  show(windowId: string, focus: boolean): void;
  /** Makes links of telephone numbers open here, or not any more; undefined changes nothing. */
  openLinks(open?: boolean): boolean;
  takeDial(): string | null;
}

/** The calls of the contract about the desktop. */
export function desktopHandlers(
  theDesktop: () => Desktop | undefined,
): Pick<BridgeHandlers, keyof typeof desktopCalls | 'window.keepOnTop'> {
  const here = (): Desktop => {
    const desktop = theDesktop();
    if (desktop) return desktop;
    throw new DialtreeError({ code: 'window/not-here', message: 'A browser keeps its windows where it wants.' });
  };
  return {
    'window.keepOnTop': async ({ onTop }, windowId) => ({ onTop: here().keepOnTop(windowId, onTop) }),
    'desktop.hotkeys': async ({ hotkeys }, windowId) => ({ refused: here().setHotkeys(windowId, hotkeys) }),
    'desktop.presence': async ({ presence }, windowId) => {
      here().setPresence(windowId, presence);
      return {};
    },
    'desktop.show': async ({ focus }, windowId) => {
      here().show(windowId, focus);
      return {};
    },
    'desktop.links': async ({ open }) => ({ open: here().openLinks(open ?? undefined) }),
    'desktop.takeDial': async () => ({ target: here().takeDial() }),
  };
}
