import type { App } from 'electron';

/** The part of Electron's `app` that tells of files to open. */
export type FileOpener = Pick<App, 'on'>;

/**
 * Calls `open` with each `.dialtree` file that the system wants opened: by a double click (`open-file` on macOS, an
 * argument elsewhere), at the start or while the app runs (Electron, "app", events `open-file` and `second-instance`).
 * To be called before `ready`, which macOS's first event comes before.
 * @param argv of this process
 */
export function watchOpenedFiles(app: FileOpener, argv: readonly string[], open: (path: string) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (isBundle(path)) open(path);
  });
  app.on('second-instance', (_event, others) => {
    for (const path of others.filter(isBundle).slice(-1)) open(path);
  });
  for (const path of argv.filter(isBundle).slice(-1)) open(path);
}

/** Chromium adds switches of its own to the arguments. */
function isBundle(argument: string): boolean {
  return !argument.startsWith('-') && argument.toLowerCase().endsWith('.dialtree');
}
