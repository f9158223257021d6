import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type FileOpener, watchOpenedFiles } from '../../../electron/main/opened-files.ts';

/** Electron's app, as far as it tells of files. */
function watched(...argv: string[]) {
  const app = new EventEmitter();
  const opened: string[] = [];
  watchOpenedFiles(app as unknown as FileOpener, argv, (path) => opened.push(path));
  return { app, opened };
}

describe('files that the system opens', () => {
  it('come as an argument at the start, among switches', () => {
    expect(watched('/opt/dialtree', '--no-sandbox', '/home/anna/shop.dialtree').opened).toEqual([
      '/home/anna/shop.dialtree',
    ]);
    expect(watched('/opt/dialtree', 'notes.txt', '--file=x.dialtree').opened).toEqual([]);
  });

  it('come from a second start, which ends', () => {
    const { app, opened } = watched('/opt/dialtree');
    app.emit('second-instance', {}, ['/opt/dialtree', 'A.DIALTREE'], '/');
    app.emit('second-instance', {}, ['/opt/dialtree'], '/');
    expect(opened).toEqual(['A.DIALTREE']);
  });

  it('come by an event on macOS, and only bundles are taken', () => {
    const { app, opened } = watched();
    let prevented = 0;
    const event = { preventDefault: () => prevented++ };
    app.emit('open-file', event, '/Users/anna/shop.dialtree');
    app.emit('open-file', event, '/Users/anna/photo.png');
    expect({ opened, prevented }).toEqual({ opened: ['/Users/anna/shop.dialtree'], prevented: 2 });
  });
});
