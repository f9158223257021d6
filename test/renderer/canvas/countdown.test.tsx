import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Countdown } from '../../../renderer/canvas/countdown.tsx';
import { callSummary } from '../../support/fake-bridge.ts';
import { renderApp, testWindow } from '../../support/render-app.tsx';

it('shows what is left at the node where the call waits, and nothing anywhere else or when it is over', () => {
  const given = testWindow();
  const countdown = {
    flowId: 'main',
    nodeId: 'menu',
    wait: 'digit',
    endsAtMs: given.clock.wallMs() + 5000,
    durationMs: 5000,
  } as const;
  renderApp(
    <>
      <Countdown flowId="main" nodeId="menu" />
      <Countdown flowId="main" nodeId="other" />
    </>,
    given,
  );
  expect(screen.queryByRole('timer')).toBeNull();
  act(() => given.backend.changeCall(callSummary({ countdown })));
  expect(screen.getByRole('timer', { name: 'Waits for a key' })).toHaveTextContent('5.0 s');
  act(() => given.clock.advance(1300));
  expect(screen.getByRole('timer')).toHaveTextContent('3.7 s');
  act(() => given.clock.advance(9000));
  expect(screen.getByRole('timer')).toHaveTextContent('0.0 s');
  act(() => given.backend.changeCall(callSummary({ countdown: null })));
  expect(screen.queryByRole('timer')).toBeNull();
  act(() => given.backend.changeCall(callSummary({ countdown, endedAtMs: 1, phase: 'ended' })));
  expect(screen.queryByRole('timer')).toBeNull();
});
