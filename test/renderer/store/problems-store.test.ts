import { describe, expect, it, vi } from 'vitest';
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

  it('know the voices of this machine where the project names one that not every machine has', async () => {
    const { stores, backend, clock } = testWindow();
    const codes = () => stores.problems.state.getState().problems.map(({ code }) => code);
    const voicesAsked = () => backend.asked.filter(({ name }) => name === 'speech.voices').length;
    clock.advance(1000);
    expect(voicesAsked()).toBe(0);
    stores.project.edit((project) => {
      project.settings.speech = { voice: 'piper:en_US-amy-low' };
    });
    clock.advance(1000);
    await vi.waitFor(() => expect(stores.voices.getState().voices).not.toBeNull());
    clock.advance(1000);
    expect(codes()).toContain('check/missing-voice');
    backend.voices = [{ id: 'piper:en_US-amy-low', name: 'Amy (low)', language: 'en-US', engine: 'piper' }];
    backend.emit('speech.changed', {});
    await vi.waitFor(() => expect(stores.voices.getState().voices).toHaveLength(1));
    clock.advance(1000);
    expect(codes()).not.toContain('check/missing-voice');
    expect(voicesAsked()).toBe(2);
    stores.dispose();
    expect(clock.pending).toBe(0);
  });
});
