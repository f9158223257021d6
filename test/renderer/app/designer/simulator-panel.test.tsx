import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Dock } from '../../../../renderer/app/designer/dock.tsx';
import { followedCall } from '../../../../renderer/store/live-calls-store.ts';
import { SIMULATED_CALL } from '../../../../renderer/store/simulator-store.ts';
import type { TraceEntry } from '../../../../shared/engine/events.ts';
import { ProjectSchema } from '../../../../shared/flow/project.ts';
import { sketchNode } from '../../../support/engine-driver.ts';
import { callSummary } from '../../../support/fake-bridge.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';
import { sampleProject } from '../../../support/sample-project.ts';

/** The simulator below the sample's flow; the window's clock is turned by hand. */
function open(project = sampleProject()) {
  const given = testWindow(project);
  given.stores.ui.setState({ dockTab: 'simulator' });
  const view = renderApp(<Dock flowId="main" />, given);
  const pass = (ms: number) => act(() => given.clock.advance(ms));
  const call = () => followedCall(given.stores.live.getState(), 'main');
  const entries = (type: TraceEntry['type']) => (call()?.trace ?? []).filter((entry) => entry.type === type);
  const press = (name: string) => view.user.click(screen.getByRole('button', { name }));
  return { ...view, pass, call, entries, press };
}

/** A flow that asks a web service for a name, and says it. */
function withRequest() {
  return ProjectSchema.parse({
    ...sampleProject(),
    tests: {},
    variables: { who: { type: 'text' } },
    flows: {
      main: {
        name: 'Main',
        nodes: {
          start: sketchNode('start', { type: 'start', to: { next: 'ask' } }),
          ask: {
            ...sketchNode('ask', {
              type: 'request',
              data: {
                url: 'https://crm.example/',
                assignments: [{ variable: 'who', expression: 'response.body.name' }],
              },
              to: { success: 'hello' },
            }),
            name: 'Ask the CRM',
          },
          hello: sketchNode('hello', { type: 'say', data: { prompt: 'Hello {who}' } }),
        },
      },
    },
    numbers: {},
  });
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

  it('shows what runs down at the node where the call waits, in the time of the call', async () => {
    const view = open();
    await view.press('Start a call');
    view.pass(60_000);
    const waits = view.call()!.summary.countdown;
    const now = view.call()!.nowMs!;
    const fired = view.entries('timer-fired').length;
    if (waits) expect(waits.endsAtMs).toBeGreaterThanOrEqual(now);
    expect(fired).toBeGreaterThan(0);
    if (screen.queryByRole('button', { name: 'Hang up' })) await view.press('Hang up');
    expect(view.call()!.summary.countdown).toBeNull();
  });

  it('takes the time in another zone than the project’s', async () => {
    const view = open();
    const zone = screen.getByRole('combobox', { name: 'Time zone' });
    await view.user.click(zone);
    await view.user.clear(zone);
    await view.user.type(zone, 'Tokyo');
    await view.user.click(screen.getByRole('option', { name: 'Asia/Tokyo' }));
    fireEvent.change(screen.getByLabelText(/^When/), { target: { value: '2026-12-24T18:30' } });
    expect(view.stores.simulator.state.getState().setup.startedAtMs).toBe(Date.UTC(2026, 11, 24, 9, 30));
  });

  it('takes what one person does, and how one queue stands', async () => {
    const view = open();
    await view.press('One by one…');
    const dialog = within(await screen.findByRole('dialog'));
    const [person] = Object.entries(sampleProject().people);
    const [queue] = Object.entries(sampleProject().queues);
    await view.user.click(dialog.getByRole('combobox', { name: person![1].name }));
    await view.user.click(screen.getByRole('option', { name: 'is busy' }));
    const waiting = dialog.getAllByRole('textbox', { name: 'Waiting' })[0]!;
    await view.user.clear(waiting);
    await view.user.type(waiting, '7');
    expect(view.stores.simulator.state.getState().setup.exceptions).toMatchObject({
      people: { [person![0]]: { outcome: 'busy' } },
      queueStates: { [queue![0]]: { free: 1, here: 1, waiting: 7 } },
    });
    expect(screen.getByText('One by one: 2 exceptions')).toBeInTheDocument();
    await view.press('Back to all the same');
    expect(screen.getByText('One by one…')).toBeInTheDocument();
  });

  it('takes what a web service answers, and saves the call as a test with it', async () => {
    const view = open(withRequest());
    await view.press('One by one…');
    const dialog = within(await screen.findByRole('dialog'));
    await view.user.click(dialog.getByRole('combobox', { name: /Ask the CRM$/ }));
    await view.user.click(screen.getByRole('option', { name: 'answers …' }));
    const body = dialog.getByRole('textbox', { name: 'Body (JSON)' });
    await view.user.clear(body);
    await view.user.type(body, '{{"name"');
    expect(screen.getByText('This is no JSON.')).toBeInTheDocument();
    await view.user.type(body, ': "Eve"}');
    expect(screen.queryByText('This is no JSON.')).toBeNull();
    await view.user.keyboard('{Escape}');
    await view.press('Start a call');
    view.pass(30_000);
    expect(view.entries('variables')).toMatchObject([{ values: { who: 'Eve' } }]);
    await view.press('Save as a test');
    const [saved] = Object.values(projectOf(view).tests);
    expect(saved?.world.requests?.ask?.result).toMatchObject({ kind: 'response', body: { name: 'Eve' } });
    act(() => view.clock.advance(2000));
    expect(view.stores.tests.state.getState().results).toMatchObject([{ passed: true }]);
  });

  it('makes the same call for real, with the keys at the same places', async () => {
    const view = open();
    act(() => view.session.registration.setState({ status: 'registered' }));
    await view.press('Start a call');
    view.pass(500);
    await view.press('Press 1');
    await view.press('Call it for real, with the same keys');
    await waitFor(() => expect(view.session.asked).toEqual([['call', 'flow.main', 'Main menu', '600100200']]));
    const digit = view.call()!.trace.find((entry) => entry.type === 'digit')!;
    const menu = { atMs: 0, type: 'node-entered', flowId: 'main', nodeId: digit.nodeId } as const;
    act(() => view.backend.changeCall(callSummary({ callId: 'real', dialled: 'flow.main' })));
    act(() =>
      view.backend.traceCall('real', menu, { atMs: 1, type: 'prompt-started', nodeId: menu.nodeId, prompts: [] }),
    );
    view.pass(1000);
    expect(view.session.asked.slice(1)).toEqual([['sendDigit', 'call', '1']]);
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
