import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProjectStore, type ProjectStore } from '../../../renderer/store/project-store.ts';
import {
  createProjectSync,
  flushWhenLeaving,
  LONGEST_UNSAVED_MS,
  type ProjectSync,
  SAVE_DELAY_MS,
} from '../../../renderer/store/project-sync.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { FakeBackend } from '../../support/fake-bridge.ts';
import { sampleProject } from '../../support/sample-project.ts';

let backend: FakeBackend;
let clock: ManualClock;
let store: ProjectStore;
let sync: ProjectSync;

const status = () => sync.state.getState().status;
const rename = (to: string) =>
  store.edit((project) => {
    project.name = to;
  });
const name = () => store.state.getState().project.name;
/** Lets everything that waits for an answer of the main process go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const saves = () => backend.asked.filter((call) => call.name === 'project.save').length;

beforeEach(() => {
  backend = new FakeBackend(sampleProject());
  clock = new ManualClock();
  store = createProjectStore(backend.state.project, clock);
  sync = createProjectSync({ bridge: backend.window(), store, saved: backend.state, clock });
});

afterEach(() => sync.dispose());

describe('saving by itself', () => {
  it('[SY1] saves a little after the last change, once for many', async () => {
    rename('A');
    clock.advance(200);
    rename('B');
    expect(status()).toBe('unsaved');
    clock.advance(SAVE_DELAY_MS - 1);
    expect(saves()).toBe(0);
    clock.advance(1);
    expect(status()).toBe('saving');
    await settle();
    expect(status()).toBe('saved');
    expect(saves()).toBe(1);
    expect(backend.state).toMatchObject({ revision: 2, project: { name: 'B' } });
    expect(sync.state.getState()).toMatchObject({ revision: 2, savedAtMs: 1_700_000_000_000 });
  });

  it('[SY1] saves within a second while somebody never pauses', async () => {
    rename('0');
    for (let n = 1; n <= 9; n++) {
      clock.advance(LONGEST_UNSAVED_MS / 10);
      rename(String(n));
    }
    expect(saves()).toBe(0);
    clock.advance(LONGEST_UNSAVED_MS / 10);
    await settle();
    expect(backend.state.project.name).toBe('9');
    // The second counts anew from the next change.
    clock.advance(10 * LONGEST_UNSAVED_MS);
    rename('A');
    clock.advance(SAVE_DELAY_MS - 1);
    expect(saves()).toBe(1);
    clock.advance(1);
    await settle();
    expect(saves()).toBe(2);
  });

  it('[SY2] saves at once when asked to, and what was changed while saving after that', async () => {
    rename('A');
    const release = backend.hold();
    const flushed = sync.flush();
    await settle();
    rename('B');
    expect(status()).toBe('saving');
    release();
    await flushed;
    expect(status()).toBe('saved');
    expect(backend.state).toMatchObject({ revision: 3, project: { name: 'B' } });
  });

  it('[SY3] has nothing to save when the change was undone', async () => {
    rename('A');
    store.undo();
    expect(status()).toBe('saved');
    clock.advance(10_000);
    await settle();
    expect(saves()).toBe(0);
  });

  it('[SY4] says that saving failed, tries again with growing delays, and recovers', async () => {
    const failure = new DialtreeError({ code: 'project/not-writable', message: 'The disk is full.' });
    backend.failures.set('project.save', failure);
    rename('A');
    await sync.flush();
    expect(sync.state.getState()).toMatchObject({ status: 'error', error: { code: 'project/not-writable' } });
    backend.failures.set('project.save', failure);
    clock.advance(2000);
    await settle();
    expect(status()).toBe('error');
    clock.advance(3999);
    await settle();
    expect(saves()).toBe(2);
    clock.advance(1);
    await settle();
    expect(sync.state.getState()).toMatchObject({ status: 'saved', error: null });
    expect(backend.state.project.name).toBe('A');
  });

  it('[SY5] saves when the window loses the focus, is hidden or closed, and asks before closing unsaved', async () => {
    const stop = flushWhenLeaving(sync, window);
    rename('A');
    window.dispatchEvent(new Event('blur'));
    await settle();
    expect(backend.state.project.name).toBe('A');
    rename('B');
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
    await settle();
    expect(backend.state.project.name).toBe('B');
    const quiet = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(quiet);
    expect(quiet.defaultPrevented).toBe(false);
    stop();
    rename('C');
    window.dispatchEvent(new Event('blur'));
    await settle();
    expect(backend.state.project.name).toBe('B');
  });
});

describe('other windows', () => {
  const theirs = () => ({ ...backend.state.project, name: 'Theirs' });

  it('[SY6] takes what another window saved when nothing is unsaved here', async () => {
    backend.saveElsewhere(theirs());
    await settle();
    expect(name()).toBe('Theirs');
    expect(sync.state.getState()).toMatchObject({ status: 'saved', revision: 2 });
    rename('On top');
    await sync.flush();
    expect(backend.state).toMatchObject({ revision: 3, project: { name: 'On top' } });
  });

  const renameFlow = () =>
    store.edit((project) => {
      if (project.flows.main) project.flows.main.name = 'My flow';
    });

  it('[SY13] merges what another window saved with what is unsaved here, when they go together', async () => {
    renameFlow();
    backend.saveElsewhere(theirs());
    await settle();
    expect(status()).toBe('saved');
    expect(backend.state).toMatchObject({ revision: 3, project: { name: 'Theirs' } });
    expect(backend.state.project.flows.main?.name).toBe('My flow');
    expect(store.state.getState().project).toEqual(backend.state.project);
    // Undo takes our change back, not theirs.
    store.undo();
    await sync.flush();
    expect(backend.state.project).toMatchObject({ name: 'Theirs', flows: { main: { name: 'Main menu' } } });
    expect(store.history.getState().canUndo).toBe(false);
  });

  it('[SY13] merges too when the main process says that the document is stale', async () => {
    backend.state = { ...backend.state, revision: 9, project: theirs() };
    renameFlow();
    await sync.flush();
    expect(status()).toBe('saved');
    expect(backend.state).toMatchObject({ revision: 10, project: { name: 'Theirs' } });
    expect(backend.state.project.flows.main?.name).toBe('My flow');
  });

  it('[SY13] gives up for a while when others are faster all the time', async () => {
    sync.dispose();
    const bridge = backend.window();
    let isLate = true;
    const late: Bridge = {
      ...bridge,
      call: (name, input) => {
        if (name !== 'project.save' || !isLate) return bridge.call(name, input);
        return Promise.reject(new DialtreeError({ code: 'project/stale', message: 'Late.' }));
      },
    };
    sync = createProjectSync({ bridge: late, store, saved: backend.state, clock });
    renameFlow();
    await sync.flush();
    expect(sync.state.getState()).toMatchObject({ status: 'error', error: { code: 'project/stale' } });
    isLate = false;
    clock.advance(60_000);
    await settle();
    expect(status()).toBe('saved');
    expect(backend.state.project.flows.main?.name).toBe('My flow');
  });

  it('[SY14] does not mix two projects: opening another one elsewhere is a conflict while something is unsaved', async () => {
    renameFlow();
    backend.saveElsewhere({ ...theirs(), id: 'another' });
    await settle();
    expect(status()).toBe('conflict');
    await sync.takeTheirs();
    expect(name()).toBe('Theirs');
    // Undo must not put the former project into the file of this one.
    expect(store.history.getState().canUndo).toBe(false);
  });

  it('[SY7] is a conflict when something is unsaved here; nothing is saved until someone decides', async () => {
    rename('Mine');
    backend.saveElsewhere(theirs());
    await settle();
    expect(status()).toBe('conflict');
    clock.advance(60_000);
    await sync.flush();
    expect(backend.state.project.name).toBe('Theirs');
    expect(name()).toBe('Mine');
  });

  it('[SY8] is a conflict when the main process says that the document is stale', async () => {
    backend.state = { ...backend.state, revision: 9, project: theirs() };
    rename('Mine');
    await sync.flush();
    expect(status()).toBe('conflict');
  });

  it('[SY9] loads the other version, and ours is one undo away', async () => {
    rename('Mine');
    backend.saveElsewhere(theirs());
    await sync.takeTheirs();
    expect(name()).toBe('Theirs');
    expect(status()).toBe('saved');
    store.undo();
    expect(name()).toBe('Mine');
    await sync.flush();
    expect(backend.state).toMatchObject({ revision: 3, project: { name: 'Mine' } });
  });

  it('[SY10] keeps ours over the other version, which is one undo away; what they changed elsewhere stays', async () => {
    rename('Mine');
    const other = structuredClone(theirs());
    if (other.flows.main) other.flows.main.name = 'Their flow';
    backend.saveElsewhere(other);
    await settle();
    await sync.keepOurs();
    expect(status()).toBe('saved');
    expect(backend.state).toMatchObject({ revision: 3, project: { name: 'Mine' } });
    expect(backend.state.project.flows.main?.name).toBe('Their flow');
    store.undo();
    expect(name()).toBe('Theirs');
  });

  it('[SY11] catches up after the connection was lost', async () => {
    backend.state = { ...backend.state, revision: 5, project: theirs() };
    await sync.refresh();
    expect(name()).toBe('Theirs');
    rename('Mine');
    backend.state = { ...backend.state, revision: 6, project: { ...theirs(), name: 'Theirs again' } };
    await sync.refresh();
    expect(status()).toBe('conflict');
  });

  it('[SY12] is not disturbed by the announcement of its own save', async () => {
    rename('A');
    await sync.flush();
    rename('B');
    await settle();
    expect(status()).toBe('unsaved');
    expect(name()).toBe('B');
  });
});
