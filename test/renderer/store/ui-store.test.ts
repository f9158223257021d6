import { describe, expect, it } from 'vitest';
import { createUiStore } from '../../../renderer/store/ui-store.ts';
import { memoryStorage } from '../../support/memory-storage.ts';

describe('ui store', () => {
  it('remembers sizes, page and role, and not what is selected', () => {
    const storage = memoryStorage();
    const before = createUiStore(storage);
    before.setState({ inspectorWidthPx: 400, role: 'operator', dockTab: 'trace' });
    before.openFlow('night');
    before.select(['a']);
    const after = createUiStore(storage).getState();
    expect(after).toMatchObject({ inspectorWidthPx: 400, role: 'operator', dockTab: 'trace', flowId: 'night' });
    expect(after.selectedNodes).toEqual([]);
  });

  it.each([
    ['not JSON', '{'],
    [
      'values of wrong kinds',
      '{"state":{"inspectorWidthPx":"wide","role":"boss","dockOpen":3,"flowId":7},"version":1}',
    ],
    ['sizes beyond reason', '{"state":{"inspectorWidthPx":-4,"dockHeightPx":99999},"version":1}'],
    ['something else', '{"state":null,"version":1}'],
  ])('begins anew when what was kept is damaged: %s', (_what, kept) => {
    const state = createUiStore(memoryStorage({ 'dialtree.ui': kept })).getState();
    expect(state).toMatchObject({ inspectorWidthPx: 340, dockHeightPx: 180, role: 'supervisor', dockOpen: true });
    expect(state.flowId).toBeNull();
  });

  it('keeps a tab for each flow that was opened, and remembers them', () => {
    const storage = memoryStorage();
    const ui = createUiStore(storage);
    ui.setState({ flowId: 'main' });
    for (const id of ['night', 'main', 'holiday', 'night']) ui.openFlow(id);
    expect(ui.getState().openFlows).toEqual(['main', 'night', 'holiday']);
    expect(createUiStore(storage).getState().openFlows).toEqual(['main', 'night', 'holiday']);
    const damaged = memoryStorage({ 'dialtree.ui': '{"state":{"openFlows":[1]},"version":1}' });
    expect(createUiStore(damaged).getState().openFlows).toEqual([]);
  });

  it('looks at the neighbour when a tab is closed, and keeps the last one', () => {
    const ui = createUiStore(memoryStorage());
    for (const id of ['main', 'night', 'holiday']) ui.openFlow(id);
    ui.closeFlow('holiday');
    expect(ui.getState()).toMatchObject({ openFlows: ['main', 'night'], flowId: 'night' });
    ui.closeFlow('main');
    expect(ui.getState()).toMatchObject({ openFlows: ['night'], flowId: 'night' });
    ui.closeFlow('night');
    ui.closeFlow('gone');
    expect(ui.getState()).toMatchObject({ openFlows: ['night'], flowId: 'night' });
  });

  it('asks anew each time a node is to be brought into view', () => {
    const ui = createUiStore(memoryStorage());
    ui.revealNode('main', 'a');
    const first = ui.getState().reveal?.seq;
    ui.revealNode('main', 'a');
    expect(ui.getState().reveal?.seq).not.toBe(first);
    expect(ui.getState()).toMatchObject({ page: 'flows', flowId: 'main', selectedNodes: ['a'] });
  });

  it('drops the selection when another flow is opened, not when the same is', () => {
    const ui = createUiStore(memoryStorage());
    ui.openFlow('main');
    ui.select(['a'], ['a:next']);
    ui.openFlow('main');
    expect(ui.getState().selectedNodes).toEqual(['a']);
    ui.openFlow('night');
    expect(ui.getState()).toMatchObject({ selectedNodes: [], selectedEdges: [] });
  });

  it('does not tell anyone of a selection that is the same', () => {
    const ui = createUiStore(memoryStorage());
    ui.select(['a']);
    let told = 0;
    ui.subscribe(() => told++);
    ui.select(['a']);
    expect(told).toBe(0);
  });
});
