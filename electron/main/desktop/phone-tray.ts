import { join } from 'node:path';
import { app, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { PhoneCommand, Presence } from '../../../shared/bridge/desktop.ts';

const ICON_PX = 16;

interface PhoneTrayOptions {
  readonly send: (windowId: string, command: PhoneCommand) => void;
  /** Brings a window to the front. */
  readonly show: (windowId: string) => void;
}

/** The phone's place beside the clock: how it stands, and what is done to a call without its window. */
export class PhoneTray {
  readonly #options: PhoneTrayOptions;
  readonly #presences = new Map<string, Presence>();
  #tray: Tray | undefined;

  constructor(options: PhoneTrayOptions) {
    this.#options = options;
  }

  /** Takes how a window's phone stands; null: it has none any more. The last phone that is gone takes the tray away. */
  set(windowId: string, presence: Presence | null): void {
    this.#presences.delete(windowId);
    if (presence !== null) this.#presences.set(windowId, presence);
    this.#draw();
  }

  #draw(): void {
    // A call comes before quiet, and what was told last before the rest.
    const all = [...this.#presences].reverse();
    const shown = all.find(([, { phase }]) => phase !== 'idle') ?? all[0];
    if (shown === undefined) {
      this.#tray?.destroy();
      this.#tray = undefined;
      return;
    }
    const [windowId, presence] = shown;
    if (this.#tray === undefined) {
      const icon = nativeImage.createFromPath(join(app.getAppPath(), 'assets', 'icon.png'));
      this.#tray = new Tray(icon.resize({ width: ICON_PX, height: ICON_PX }));
      this.#tray.on('click', () => {
        const [latest] = [...this.#presences.keys()].reverse();
        if (latest !== undefined) this.#options.show(latest);
      });
    }
    this.#tray.setToolTip(`Dialtree: ${presence.text}`);
    this.#tray.setContextMenu(Menu.buildFromTemplate(this.#menu(windowId, presence)));
  }

  #menu(windowId: string, { phase, text, isMuted }: Presence): MenuItemConstructorOptions[] {
    const polish = app.getLocale().startsWith('pl');
    const command = (label: string, what: PhoneCommand): MenuItemConstructorOptions => ({
      label,
      click: () => this.#options.send(windowId, what),
    });
    const mute = isMuted ? (polish ? 'Włącz mikrofon' : 'Unmute') : polish ? 'Wycisz mikrofon' : 'Mute';
    return [
      { label: text, enabled: false },
      ...(phase === 'ringing' ? [command(polish ? 'Odbierz' : 'Answer', 'answer')] : []),
      ...(phase === 'talking' ? [command(mute, 'mute')] : []),
      ...(phase === 'idle' ? [] : [command(polish ? 'Rozłącz' : 'Hang up', 'hang-up')]),
      { type: 'separator' },
      { label: polish ? 'Pokaż okno' : 'Show the window', click: () => this.#options.show(windowId) },
      { label: polish ? 'Zakończ' : 'Quit', click: () => app.quit() },
    ];
  }
}
