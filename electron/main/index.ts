import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { toErrorDetail } from '../../shared/lib/errors.ts';
import { Backend } from '../services/backend.ts';
import { defaultDataDir } from '../services/data-dir.ts';
import { jsonLogger } from '../services/json-logger.ts';
import { tlsOfEnvironment } from '../services/pbx/tls-settings.ts';
import { systemClock } from '../services/system-clock.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { CallsInProgress } from './calls-in-progress.ts';
import { chooseFolder } from './choose-folder.ts';
import { DialLinks } from './desktop/dial-links.ts';
import { electronDesktop } from './desktop/electron-desktop.ts';
import { emitToWindow, emitToWindows, serveBridge } from './ipc-bridge.ts';
import { setMenu } from './menu.ts';
import { watchOpenedFiles } from './opened-files.ts';
import { lockPermissions } from './permissions.ts';
import { spawnPbxUtility } from './spawn-pbx.ts';
import { systemCipher } from './system-cipher.ts';
import { lockNavigation, openWindow } from './window.ts';

const OUT_DIR = join(app.getAppPath(), 'out');
const PRELOAD_FILE = join(OUT_DIR, 'preload', 'index.cjs');

/** Two apps on one data folder would overwrite each other: the second one only shows the first one's window. */
if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  registerAppScheme();
  // Without a network interface Chromium would offer no ICE candidate for the PBX on this machine.
  app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
  lockNavigation();

  const links = new DialLinks(app, process.argv, () => emitToWindows('desktop.dial', {}));
  const calls = new CallsInProgress();
  const logger = jsonLogger(app.isPackaged ? 'warn' : 'info');
  const backend = new Backend({
    dataDir: defaultDataDir(),
    version: app.getVersion(),
    host: 'electron',
    locale: app.getLocale(),
    pbxPort: Number(process.env.DIALTREE_PBX_PORT ?? 0),
    sipPort: Number(process.env.DIALTREE_SIP_PORT ?? 0),
    tls: tlsOfEnvironment(process.env),
    spawnPbx: spawnPbxUtility(join(OUT_DIR, 'main', 'pbx.js')),
    clock: systemClock,
    logger,
    cipher: systemCipher,
    chooseFolder,
    desktop: electronDesktop(links, emitToWindow),
    emit(name, payload) {
      if (name === 'call.changed') calls.update(payload as Parameters<CallsInProgress['update']>[0]);
      emitToWindows(name, payload);
    },
  });

  watchOpenedFiles(app, process.argv, (path) => void openBundle(backend, path));
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(PRELOAD_FILE);
  });
  stopBeforeQuit(backend, calls);

  void app.whenReady().then(() => {
    serveApp(join(OUT_DIR, 'renderer'));
    lockPermissions();
    serveBridge(backend.handlers, logger);
    setMenu(() => openWindow(PRELOAD_FILE));
    backend.start();
    openWindow(PRELOAD_FILE);
  });
}

/** Windows follow by themselves; what is wrong with the file is told by the system. */
async function openBundle(backend: Backend, path: string): Promise<void> {
  try {
    await app.whenReady();
    await backend.openBundle(path);
  } catch (error) {
    const { message, hint = '' } = toErrorDetail(error);
    dialog.showErrorBox(path, `${message}\n\n${hint}`);
  }
}

/** Quitting during a call asks first; then calls are ended properly before the process goes. */
function stopBeforeQuit(backend: Backend, calls: CallsInProgress): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    if (calls.count > 0) {
      const polish = app.getLocale().startsWith('pl');
      const choice = dialog.showMessageBoxSync({
        type: 'question',
        message: polish ? 'Trwa rozmowa. Zakończyć ją i zamknąć Dialtree?' : 'A call is in progress. End it and quit?',
        buttons: polish ? ['Zakończ', 'Anuluj'] : ['Quit', 'Cancel'],
        defaultId: 1,
        cancelId: 1,
      });
      if (choice === 1) {
        // Asked because the last window was closed: without one the call could not be heard or ended.
        if (BrowserWindow.getAllWindows().length === 0) openWindow(PRELOAD_FILE);
        return;
      }
    }
    void backend.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
}
