import { beforeEach, describe, expect, it } from 'vitest';
import { COALESCE_MS, createProjectStore, type ProjectStore } from '../../../renderer/store/project-store.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { sampleProject } from '../../support/sample-project.ts';

let clock: ManualClock;
let store: ProjectStore;
const name = () => store.state.getState().project.name;
const rename = (to: string, coalesce?: string) =>
  store.edit(
    (project) => {
      project.name = to;
    },
    coalesce === undefined ? {} : { coalesce },
  );

beforeEach(() => {
  clock = new ManualClock();
  store = createProjectStore(sampleProject(), clock);
});

describe('undo', () => {
  it('[UD1] takes back and brings back any change of the document', () => {
    rename('A');
    rename('B');
    store.undo();
    expect(name()).toBe('A');
    store.undo();
    expect(name()).toBe('Garden shop');
    store.redo();
    store.redo();
    expect(name()).toBe('B');
  });

  it('[UD2] makes what is typed into one field without a pause one step', () => {
    for (const text of ['H', 'He', 'Hel']) {
      rename(text, 'name');
      clock.advance(COALESCE_MS - 1);
    }
    store.undo();
    expect(name()).toBe('Garden shop');
    store.redo();
    expect(name()).toBe('Hel');
  });

  it('[UD3] begins a new step after a pause, in another field, and after an undo', () => {
    rename('A', 'name');
    clock.advance(COALESCE_MS + 1);
    rename('B', 'name');
    rename('C', 'other');
    store.undo();
    expect(name()).toBe('B');
    rename('D', 'other');
    store.undo();
    expect(name()).toBe('B');
    store.undo();
    expect(name()).toBe('A');
  });

  it('[UD4] makes no step of an edit that changes nothing', () => {
    rename('Garden shop');
    store.editFlow('main', (flow) => flow);
    store.editFlow('unknown', (flow) => ({ ...flow, name: 'x' }));
    expect(store.history.getState()).toEqual({ canUndo: false, canRedo: false });
  });

  it('[UD5] forgets what could be redone when something else is done', () => {
    rename('A');
    store.undo();
    expect(store.history.getState()).toEqual({ canUndo: false, canRedo: true });
    rename('B');
    expect(store.history.getState()).toEqual({ canUndo: true, canRedo: false });
    store.redo();
    expect(name()).toBe('B');
  });

  it('[UD6] takes a whole other document as one step', () => {
    const other = { ...sampleProject(), name: 'Other' };
    store.replace(other);
    store.undo();
    expect(name()).toBe('Garden shop');
    store.redo();
    expect(store.state.getState().project).toBe(other);
  });
});

describe('editing', () => {
  it('shares what did not change with the document before', () => {
    const before = store.state.getState().project;
    store.editFlow('main', (flow) => ({ ...flow, name: 'Night menu' }));
    const after = store.state.getState().project;
    expect(after.flows.main?.name).toBe('Night menu');
    expect(after.people).toBe(before.people);
    expect(after.flows.main?.nodes).toBe(before.flows.main?.nodes);
    expect(before.flows.main?.name).toBe('Main menu');
  });
});
