import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Dock } from '../../../../renderer/app/designer/dock.tsx';
import { followedCall } from '../../../../renderer/store/live-calls-store.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { simulate } from '../../../../shared/engine/simulate.ts';
import { callSummary } from '../../../support/fake-bridge.ts';
import { projectOf, renderApp, testWindow } from '../../../support/render-app.tsx';
import { sampleProject } from '../../../support/sample-project.ts';

const startedAtMs = Date.UTC(2026, 0, 5, 9);

/** The dock with its tests, after a call in which key 1 was pressed. */
function open() {
  const project = sampleProject();
  const given = testWindow(project);
  given.stores.ui.setState({ dockTab: 'tests' });
  const view = renderApp(<Dock flowId="main" />, given);
  const { trace } = simulate(lowerProject(project).program, {
    target: { kind: 'flow', flowId: 'main' },
    startedAtMs,
    actions: [{ atMs: 60_000, key: '1' }],
    world: { promptMs: 59_000, talkMs: 1000 },
  });
  const call = () =>
    act(() => {
      const summary = callSummary({ startedAtMs, endedAtMs: startedAtMs + 1, phase: 'ended' });
      given.backend.changeCall(summary);
      given.backend.traceCall(summary.callId, ...trace);
    });
  const settle = () => act(() => given.clock.advance(1000));
  return { ...view, call, settle, tests: () => Object.values(projectOf(view).tests) };
}

describe('tests of the project', () => {
  it('are saved from a call, run after each change, and say what is not as it was', async () => {
    const view = open();
    expect(screen.getByText(/No tests yet/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Save this call as a test' })).toBeDisabled();
    view.call();
    await view.user.click(screen.getByRole('button', { name: 'Save this call as a test' }));
    expect(view.tests()).toHaveLength(1);
    view.settle();
    expect(screen.getByText('1 test passes')).toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toHaveAccessibleName(/% of the outputs are covered/);

    const broken = sampleProject();
    const [, first] = Object.entries(broken.flows.main!.nodes).find(([, node]) => 'key:1' in node.connections)!;
    delete first.connections['key:1'];
    act(() => view.stores.project.replace({ ...broken, tests: projectOf(view).tests }));
    view.settle();
    expect(screen.getByText('1 of 1 tests fails')).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Tests: 1 failing' })).toBeInTheDocument();
    const row = screen.getByRole('listitem');
    expect(within(row).getByLabelText('Failed')).toBeInTheDocument();
    expect(row).toHaveTextContent(/./);
  });

  it('are made for what none goes through, show their way on the canvas, are renamed and deleted', async () => {
    const view = open();
    await view.user.click(screen.getByRole('button', { name: 'Make tests for the rest' }));
    view.settle();
    const made = view.tests().length;
    expect(made).toBeGreaterThan(5);
    expect(screen.getByText(`All ${made} tests pass`)).toBeInTheDocument();
    // Nothing more can be covered: none is added twice.
    await view.user.click(screen.getByRole('button', { name: 'Make tests for the rest' }));
    expect(view.tests()).toHaveLength(made);

    const [name] = screen.getAllByRole('textbox');
    await view.user.clear(name!);
    await view.user.type(name!, 'Night');
    expect(view.tests().map((test) => test.name)).toContain('Night');
    view.settle();
    await view.user.click(screen.getByRole('button', { name: 'Show the way of Night on the canvas' }));
    const shown = followedCall(view.stores.live.getState(), 'main');
    expect(shown?.summary.caller.name).toBe('Night');
    expect(shown?.trace.at(-1)?.type).toBe('ended');
    await view.user.click(screen.getByRole('button', { name: 'Delete the test Night' }));
    expect(view.tests()).toHaveLength(made - 1);
  });
});
