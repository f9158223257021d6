import { beforeEach, describe, expect, it } from 'vitest';
import { COALESCE_MS, createProjectStore, type ProjectStore } from '../../../renderer/store/project-store.ts';
import { mergeProjects } from '../../../shared/analyze/merge/merge-projects.ts';
import type { Project } from '../../../shared/flow/project.ts';
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

describe('changes of others', () => {
  const present = () => store.state.getState().project;
  const flowName = () => present().flows.main?.name;
  /** Someone else saved what `change` makes of what we both had. */
  function arrives(change: (project: Project) => void, base = present()): void {
    const theirs = structuredClone(base);
    change(theirs);
    store.incorporate(base === present() ? theirs : mergeProjects(base, present(), theirs).project, { base, theirs });
  }
  const renameFlow = (to: string) => (project: Project) => {
    if (project.flows.main) project.flows.main.name = to;
  };

  it('[UD7] are no step: undo and redo go through ours only, and theirs stay', () => {
    rename('Ours');
    arrives(renameFlow('Theirs'));
    expect(store.history.getState()).toEqual({ canUndo: true, canRedo: false });
    store.undo();
    expect([name(), flowName()]).toEqual(['Garden shop', 'Theirs']);
    arrives((project) => {
      project.settings.plan = 'standard';
    });
    store.redo();
    expect([name(), flowName(), present().settings.plan]).toEqual(['Ours', 'Theirs', 'standard']);
    store.undo();
    expect([name(), flowName(), present().settings.plan]).toEqual(['Garden shop', 'Theirs', 'standard']);
    expect(store.history.getState().canUndo).toBe(false);
  });

  it('[UD7] with steps of ours before, between and after them', () => {
    rename('One');
    arrives(renameFlow('Theirs'));
    rename('Two');
    arrives(renameFlow('Theirs again'));
    rename('Three');
    for (const expected of ['Two', 'One', 'Garden shop']) {
      store.undo();
      expect([name(), flowName()]).toEqual([expected, 'Theirs again']);
    }
    for (const expected of ['One', 'Two', 'Three']) {
      store.redo();
      expect([name(), flowName()]).toEqual([expected, 'Theirs again']);
    }
  });

  it('[UD8] are not undone where ours touched the same before', () => {
    rename('Ours');
    arrives((project) => {
      project.name = 'Theirs';
    });
    store.undo();
    expect(name()).toBe('Theirs');
  });

  it('[UD9] of another project, or very many, end the history', () => {
    rename('Ours');
    const base = present();
    store.incorporate({ ...base, id: 'another' }, { base, theirs: { ...base, id: 'another' } });
    expect(store.history.getState().canUndo).toBe(false);
    store.undo();
    expect(present().id).toBe('another');
    rename('Ours again');
    for (let n = 0; n <= 100; n++) arrives(renameFlow(`Flow ${n}`));
    expect(store.history.getState().canUndo).toBe(false);
    expect(flowName()).toBe('Flow 100');
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
