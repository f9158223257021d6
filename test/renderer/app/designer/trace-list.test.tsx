import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { TraceList } from '../../../../renderer/app/designer/trace-list.tsx';
import { entriesShown, followedCall } from '../../../../renderer/store/live-calls-store.ts';
import type { TraceEntry } from '../../../../shared/engine/events.ts';
import { renderApp, testWindow } from '../../../support/render-app.tsx';

const TRACE: readonly TraceEntry[] = [
  { type: 'node-entered', flowId: 'main', nodeId: 'start', atMs: 0 },
  { type: 'node-entered', flowId: 'main', nodeId: 'welcome', via: 'next', atMs: 20 },
  { type: 'digit', nodeId: 'welcome', digit: '1', atMs: 1500 },
  { type: 'ended', by: 'caller', cause: 'normal', atMs: 4000 },
];

function open(isOver: boolean) {
  const given = testWindow();
  const view = renderApp(<TraceList flowId="main" />, given);
  const show = (trace: readonly TraceEntry[], over: boolean) =>
    act(() => given.stores.live.show('c1', { name: 'Call', flowId: 'main', trace, startedAtMs: 0, isOver: over }));
  show(TRACE, isOver);
  const shown = () => {
    const state = given.stores.live.getState();
    const call = followedCall(state, 'main');
    return call && entriesShown(state, call);
  };
  return { ...view, show, shown };
}

it('[LV10] a call that is over is looked at as it was at any moment, by the keyboard, too', async () => {
  const { user, shown } = open(true);
  expect(shown()).toBe(4);
  const slider = screen.getByRole('slider', { name: 'Moment of the call' });
  act(() => slider.focus());
  await user.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(shown()).toBe(2);
  const lines = screen.getAllByRole('listitem').map((line) => line.dataset.later === 'true');
  expect(lines).toEqual([false, false, true, true]);
  await user.keyboard('{Home}');
  expect(shown()).toBe(1);
  await user.keyboard('{End}');
  expect(shown()).toBe(4);
});

it('[LV10] a call that goes on is shown as it is', () => {
  const { show, shown } = open(false);
  expect(screen.queryByRole('slider')).toBeNull();
  show([...TRACE, { type: 'digit', nodeId: 'welcome', digit: '2', atMs: 5000 }], false);
  expect(shown()).toBe(5);
});
