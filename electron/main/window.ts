import { join } from 'node:path';
import { app, BrowserWindow, shell } from 'electron';
import { APP_ORIGIN, devServerUrl, isOurPage } from './app-protocol.ts';
import { isOutsideLink } from './outside-links.ts';

/** Opens a window of the app. */
export function openWindow(preloadFile: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 360,
    minHeight: 480,
    title: 'Dialtree',
    icon: join(app.getAppPath(), 'assets', 'icon.png'),
    show: false,
    webPreferences: {
      preload: preloadFile,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      // The phone must keep its timers while the window is hidden.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(devServerUrl() ?? `${APP_ORIGIN}/`);
  return window;
}

/** Windows stay on our pages and open no others; what leads outside goes to the system's browser. */
export function lockNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      if (isOutsideLink(url) && isOurPage(contents.getURL())) void shell.openExternal(url);
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (event) => {
      if (!isOurPage(event.url)) event.preventDefault();
    });
  });
}
