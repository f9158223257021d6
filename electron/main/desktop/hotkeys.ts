import { globalShortcut } from 'electron';
import type { Hotkeys, PhoneCommand } from '../../../shared/bridge/desktop.ts';

/** Keys that work in every program. Each key belongs to the windows that asked for it. */
export class GlobalHotkeys {
  readonly #send: (windowId: string, command: PhoneCommand) => void;
  readonly #wanted = new Map<string, Hotkeys>();
  readonly #held = new Set<string>();

  constructor(send: (windowId: string, command: PhoneCommand) => void) {
    this.#send = send;
  }

  /** Replaces the keys of a window. @returns The commands whose keys another program holds or that are no keys. */
  set(windowId: string, hotkeys: Hotkeys): PhoneCommand[] {
    this.#wanted.set(windowId, hotkeys);
    this.#apply();
    return (Object.entries(hotkeys) as [PhoneCommand, string][])
      .filter(([, keys]) => !this.#held.has(keys))
      .map(([command]) => command);
  }

  /** The window is gone. */
  forget(windowId: string): void {
    if (this.#wanted.delete(windowId)) this.#apply();
  }

  #apply(): void {
    const wanted = new Set([...this.#wanted.values()].flatMap((hotkeys) => Object.values(hotkeys)));
    for (const keys of this.#held) {
      if (wanted.has(keys)) continue;
      globalShortcut.unregister(keys);
      this.#held.delete(keys);
    }
    for (const keys of wanted) {
      if (!this.#held.has(keys) && register(keys, () => this.#press(keys))) this.#held.add(keys);
    }
  }

  #press(pressed: string): void {
    for (const [windowId, hotkeys] of this.#wanted) {
      for (const [command, keys] of Object.entries(hotkeys) as [PhoneCommand, string][]) {
        if (keys === pressed) this.#send(windowId, command);
      }
    }
  }
}

function register(keys: string, press: () => void): boolean {
  try {
    return globalShortcut.register(keys, press);
  } catch {
    return false; // not written as Electron reads keys
  }
}
