import { describe, expect, it } from 'vitest';
import { disconnect } from '../../../renderer/store/flow-edits.ts';
import { testWindow } from '../../support/render-app.tsx';

describe('problems', () => {
  it('are there from the start, and follow the document a moment later', () => {
    const { stores, clock } = testWindow();
    expect(stores.problems.state.getState().problems).toEqual([]);
    stores.project.editFlow('main', (flow) => disconnect(flow, 'hours', 'next'));
    expect(stores.problems.state.getState().problems).toEqual([]);
    clock.advance(1000);
    expect(stores.problems.state.getState().problems).toMatchObject([
      { code: 'flow/open-output', flowId: 'main', nodeId: 'hours', output: 'next', severity: 'error' },
    ]);
    stores.project.undo();
    clock.advance(1000);
    expect(stores.problems.state.getState().problems).toEqual([]);
  });

  it('leave no timer behind', () => {
    const { stores, clock } = testWindow();
    stores.project.editFlow('main', (flow) => disconnect(flow, 'start', 'next'));
    stores.dispose();
    expect(clock.pending).toBe(0);
  });
});
