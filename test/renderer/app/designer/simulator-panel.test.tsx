import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Dock } from '../../../../renderer/app/designer/dock.tsx';
import { followedCall } from '../../../../renderer/store/live-calls-store.ts';
import { SIMULATED_CALL } from '../../../../renderer/store/simulator-store.ts';
import type { TraceEntry } from '../../../../shared/engine/events.ts';
import { renderApp, testWindow } from '../../../support/render-app.tsx';
import { sampleProject } from '../../../support/sample-project.ts';

/** The simulator below the sample's flow; the window's clock is turned by hand. */
function open() {
  const given = testWindow(sampleProject());
  given.stores.ui.setState({ dockTab: 'simulator' });
  const view = renderApp(<Dock flowId="main" />, given);
  const pass = (ms: number) => act(() => given.clock.advance(ms));
  const call = () => followedCall(given.stores.live.getState(), 'main');
  const entries = (type: TraceEntry['type']) => (call()?.trace ?? []).filter((entry) => entry.type === type);
  const press = (name: string) => view.user.click(screen.getByRole('button', { name }));
  return { ...view, pass, call, entries, press };
}

describe('the simulator', () => {
  it('makes a call that the canvas follows, and tells what is heard', async () => {
    const view = open();
    expect(screen.getByRole('button', { name: 'Press 1' })).toBeDisabled();
    await view.press('Start a call');
    expect(view.call()?.summary).toMatchObject({ callId: SIMULATED_CALL, flowId: 'main', phase: 'flow' });
    expect(screen.getByText(/^“.*press/i)).toBeInTheDocument();
    await view.press('Press 1');
    expect(view.entries('digit')).toMatchObject([{ digit: '1' }]);
    view.pass(60_000);
    expect(view.entries('answered').length + view.entries('ended').length).toBeGreaterThan(0);
    await view.press('Hang up');
    expect(view.call()?.summary.phase).toBe('ended');
    expect(screen.getByText('The call is over.')).toBeInTheDocument();
  });

  it('runs faster, stands still, and goes step by step', async () => {
    const view = open();
    const timer = () => Number.parseFloat(screen.getByRole('timer').textContent ?? '');
    await view.press('Start a call');
    view.pass(1000);
    expect(timer()).toBeCloseTo(1, 1);
    await view.user.click(screen.getByRole('radio', { name: '20×' }));
    view.pass(1000);
    expect(timer()).toBeCloseTo(21, 0);
    await view.user.click(screen.getByRole('radio', { name: 'Paused' }));
    const before = timer();
    view.pass(5000);
    expect(timer()).toBe(before);
    const lines = view.call()!.trace.length;
    await view.press('On to what happens next');
    expect(view.call()!.trace.length).toBeGreaterThan(lines);
  });

  it('goes back to before the last key', async () => {
    const view = open();
    await view.press('Start a call');
    view.pass(500);
    await view.press('Press 1');
    view.pass(3000);
    expect(view.entries('digit')).toHaveLength(1);
    await view.press('Back to before the last key');
    expect(view.entries('digit')).toHaveLength(0);
    expect(screen.getByRole('timer')).toHaveTextContent('0.5 s');
    expect(screen.getByRole('radio', { name: 'Paused' })).toBeChecked();
    await view.press('Press 2');
    expect(view.entries('digit')).toMatchObject([{ digit: '2' }]);
  });

  it('takes who calls what, when, and what everyone does', async () => {
    const view = open();
    const caller = screen.getByRole('textbox', { name: 'Calling number' });
    await view.user.clear(caller);
    await view.user.type(caller, '+48221');
    await view.user.click(screen.getByRole('combobox', { name: 'Number called' }));
    await view.user.click(screen.getByRole('option', { name: '100 Head office' }));
    await view.user.click(screen.getByRole('combobox', { name: 'People who are rung' }));
    await view.user.click(screen.getByRole('option', { name: 'are busy' }));
    fireEvent.change(screen.getByLabelText(/^When/), { target: { value: '2026-12-24T18:30' } });
    await view.press('Start a call');
    expect(view.call()?.trace[0]).toMatchObject({ caller: '+48221', target: { kind: 'number', numberId: 'head' } });
    expect(view.stores.simulator.state.getState().setup.startedAtMs).toBe(Date.UTC(2026, 11, 24, 17, 30));
    expect(caller).toBeDisabled();
  });

  it('takes keys of the keyboard', async () => {
    const view = open();
    await view.press('Start a call');
    screen.getByRole('button', { name: 'Press 5' }).focus();
    await view.user.keyboard('2');
    expect(view.entries('digit')).toMatchObject([{ digit: '2' }]);
  });
});

describe('hearing a simulated call', () => {
  it('plays what is said, for as long as it really takes', async () => {
    const played: string[] = [];
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => {});
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (this: HTMLMediaElement) {
      played.push(this.src.slice(0, 15));
      return Promise.resolve();
    });
    const view = open();
    await view.user.click(screen.getByRole('switch', { name: 'Hear it' }));
    await view.press('Start a call');
    await waitFor(() => expect(played).toEqual(['data:audio/wav;']));
    // The sound is 1.2 s long: then a key is waited for.
    view.pass(1100);
    expect(view.entries('prompt-finished')).toHaveLength(0);
    view.pass(200);
    expect(view.entries('prompt-finished')).toHaveLength(1);
    const rendered = view.backend.asked.filter(({ name }) => name === 'speech.render');
    expect(rendered.length).toBeGreaterThan(1);
    vi.restoreAllMocks();
  });
});
