import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { type Shell, shellState, startShell } from './shell.ts';

/** The part of Electron's API that the main process uses; see README.md here. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const APP_ORIGIN = 'dialtree://app';

let opened: Promise<Shell> | undefined;
const openShell = () => {
  opened ??= startShell(APP_ORIGIN);
  return opened;
};

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = { appendSwitch: (name: string) => shellState.switches.push(`--${name}`) };

  requestSingleInstanceLock(): boolean {
    return true;
  }

  async whenReady(): Promise<void> {
    await Promise.resolve();
  }

  getAppPath(): string {
    return ROOT;
  }

  getVersion(): string {
    return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
  }

  getLocale(): string {
    return process.env.STAND_IN_LOCALE ?? 'en-US';
  }

  readonly #schemes = new Set<string>();
  setAsDefaultProtocolClient(scheme: string): boolean {
    this.#schemes.add(scheme);
    return true;
  }
  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.#schemes.delete(scheme);
  }
  isDefaultProtocolClient(scheme: string): boolean {
    return this.#schemes.has(scheme);
  }

  quit(): void {
    let prevented = false;
    this.emit('before-quit', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (prevented) return;
    void (async () => {
      await (await opened)?.close();
      process.exit(0);
    })();
  }
}
export const app = new App();
process.on('SIGTERM', () => app.quit());

/** There is no desktop to open anything on. */
export const shell = { openExternal: async (_url: string): Promise<void> => {} };

type InvokeHandler = (event: unknown, ...args: unknown[]) => unknown;
const invokeHandlers = new Map<string, InvokeHandler>();
export const ipcMain = { handle: (channel: string, handler: InvokeHandler) => invokeHandlers.set(channel, handler) };

export const protocol = { registerSchemesAsPrivileged: (_schemes: unknown) => {} };
export const session = {
  defaultSession: {
    protocol: {
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        shellState.schemes.set(scheme, handler),
    },
    setPermissionRequestHandler: (handler: typeof shellState.permissionRequest) => {
      shellState.permissionRequest = handler;
    },
    setPermissionCheckHandler: (_handler: unknown) => {},
    setDevicePermissionHandler: (_handler: unknown) => {},
  },
};

/** Electron's IPC in the page: runs the preload with an `electron` module that has only what a sandboxed one has. */
const preloadWorld = (source: string) => `(() => {
  if (window !== window.top) return;
  const listeners = [];
  window.__standInEvent = (channel, args) => {
    for (const entry of [...listeners]) if (entry.channel === channel) entry.listener({}, ...args);
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key, api) => Object.defineProperty(window, key, { value: Object.freeze(api), enumerable: true }),
    },
    ipcRenderer: {
      invoke: (channel, ...args) => window.__standInInvoke(channel, structuredClone(args)),
      on: (channel, listener) => listeners.push({ channel, listener }),
      off: (channel, listener) => {
        const at = listeners.findIndex((entry) => entry.channel === channel && entry.listener === listener);
        if (at >= 0) listeners.splice(at, 1);
      },
    },
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('module not found: ' + name);
  };
  (function (require, exports, module) {${source}\n})(require, {}, { exports: {} });
})();`;

let nextContentsId = 1;

class WebContents extends EventEmitter {
  readonly id = nextContentsId++;
  readonly mainFrame = { url: '' };
  page: Page | undefined;
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }

  mayOpen(url: string): boolean {
    return this.#openHandler({ url }).action === 'allow';
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  send(channel: string, ...args: unknown[]): void {
    this.page
      ?.evaluate(
        ([name, values]) => {
          (window as unknown as { __standInEvent(channel: unknown, args: unknown): void }).__standInEvent(name, values);
        },
        [channel, structuredClone(args)] as const,
      )
      .catch(() => {}); // the page is going away
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly #all = new Set<BrowserWindow>();
  readonly webContents = new WebContents();
  readonly #preload: string;

  constructor(options: { webPreferences: { preload: string; contextIsolation: boolean; sandbox: boolean } }) {
    super();
    const { preload, contextIsolation, sandbox } = options.webPreferences;
    if (!contextIsolation || !sandbox) throw new Error('The stand-in runs isolated, sandboxed windows only.');
    this.#preload = preload;
    BrowserWindow.#all.add(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...BrowserWindow.#all].at(-1) ?? null;
  }

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }

  #onTop = false;
  setAlwaysOnTop(onTop: boolean): void {
    this.#onTop = onTop;
    console.log(JSON.stringify({ window: this.webContents.id, onTop }));
  }
  isAlwaysOnTop(): boolean {
    return this.#onTop;
  }
  show(): void {
    console.log(JSON.stringify({ window: this.webContents.id, shown: 'focused' }));
  }
  showInactive(): void {
    console.log(JSON.stringify({ window: this.webContents.id, shown: 'beside' }));
  }
  focus(): void {}
  moveTop(): void {}
  flashFrame(_flash: boolean): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false;
  }

  async loadURL(url: string): Promise<void> {
    const { context, origin } = await openShell();
    const page = await context.newPage();
    const contents = this.webContents;
    contents.page = page;
    const ours = (frame: Frame) => frame.url().replace(origin, APP_ORIGIN);
    await page.exposeBinding('__standInInvoke', async ({ frame }, channel: string, args: unknown[]) => {
      const isMain = frame === page.mainFrame();
      if (isMain) contents.mainFrame.url = ours(frame);
      const senderFrame = isMain ? contents.mainFrame : { url: ours(frame) };
      return invokeHandlers.get(channel)?.({ sender: contents, senderFrame }, ...args);
    });
    await page.addInitScript(preloadWorld(readFileSync(this.#preload, 'utf8')));
    page.on('popup', (popup) => {
      if (!contents.mayOpen(popup.url())) void popup.close();
    });
    page.on('close', () => {
      BrowserWindow.#all.delete(this);
      this.emit('closed');
      if (BrowserWindow.#all.size === 0) app.emit('window-all-closed');
    });
    await page.goto(url.replace(APP_ORIGIN, origin));
    this.emit('ready-to-show');
    console.log(JSON.stringify({ window: contents.id, url: page.url() }));
  }
}

export const utilityProcess = {
  fork(entry: string) {
    const child = fork(entry, [], { execArgv: ['--import', new URL('./parent-port.ts', import.meta.url).href] });
    return {
      postMessage: (message: unknown) => child.send(structuredClone(message) as object, () => {}),
      on: (event: string, listener: (...args: unknown[]) => void) => child.on(event, listener),
      once: (event: string, listener: (...args: unknown[]) => void) => child.once(event, listener),
      kill: () => child.kill('SIGKILL'),
    };
  },
};

/** Keys that a test presses: see `desktop` below. One is held by another program. */
const shortcuts = new Map<string, () => void>();
export const globalShortcut = {
  register(keys: string, press: () => void): boolean {
    if (keys === TAKEN_KEYS) return false;
    shortcuts.set(keys, press);
    return true;
  },
  unregister: (keys: string) => shortcuts.delete(keys),
};
const TAKEN_KEYS = 'Control+Alt+T';

interface TrayItem {
  readonly label?: string;
  readonly click?: () => void;
}
let trayItems: readonly TrayItem[] = [];
export class Tray extends EventEmitter {
  setToolTip(tip: string): void {
    console.log(JSON.stringify({ tray: tip }));
  }
  setContextMenu(items: readonly TrayItem[]): void {
    trayItems = items;
  }
  destroy(): void {
    trayItems = [];
    console.log(JSON.stringify({ tray: null }));
  }
}
const image = { resize: () => image };
export const nativeImage = { createFromPath: (_path: string) => image };

/** What people do around the windows, a line of JSON each: `{ press }` keys, `{ tray }` an item, `{ openUrl }` a link. */
createInterface(process.stdin).on('line', (line) => {
  const { press, tray, openUrl } = JSON.parse(line) as Record<'press' | 'tray' | 'openUrl', string | undefined>;
  if (press !== undefined) shortcuts.get(press)?.();
  if (tray !== undefined) trayItems.find(({ label }) => label === tray)?.click?.();
  if (openUrl !== undefined) app.emit('open-url', { preventDefault() {} }, openUrl);
});

export const powerSaveBlocker = { start: () => 1, stop: () => {} };
export const dialog = {
  showMessageBoxSync: () => 0,
  /** Chooses the folder that the environment names; else it is closed. */
  async showOpenDialog() {
    const path = process.env.STAND_IN_FOLDER;
    return path === undefined ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [path] };
  },
};
export const Menu = { buildFromTemplate: (template: unknown) => template, setApplicationMenu: (_menu: unknown) => {} };

/** A system with a keyring: nothing that is kept can be read as it is. */
export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string) => Buffer.from(text).map((byte) => byte ^ 0x5a),
  decryptString: (sealed: Buffer) => Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString(),
};
