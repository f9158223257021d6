import { Notifications } from '@mantine/notifications';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { durationText, startOfDay } from '../../../../../renderer/app/pages/calls/call-texts.ts';
import { CallsPage } from '../../../../../renderer/app/pages/calls/calls-page.tsx';
import type { CallRecord } from '../../../../../shared/bridge/calls.ts';
import { DialtreeError } from '../../../../../shared/lib/errors.ts';
import { callRecord } from '../../../../support/fake-call-log.ts';
import { renderApp, testWindow } from '../../../../support/render-app.tsx';

const NOON_MS = new Date(2026, 0, 5, 12).getTime();

function open(calls: readonly Partial<CallRecord>[]) {
  const given = testWindow();
  given.backend.callLog.calls = calls.map((part) => ({ call: callRecord({ startedMs: NOON_MS, ...part }), trace: [] }));
  return renderApp(
    <>
      <Notifications />
      <CallsPage />
    </>,
    given,
  );
}

const rows = () => screen.getAllByRole('row').slice(1);
const settle = (view: ReturnType<typeof open>) => act(async () => view.clock.advance(2000));

afterEach(() => vi.restoreAllMocks());

describe('the page of calls', () => {
  it('lists calls with what became of them, the newest first', async () => {
    open([
      { callId: 'a', caller: { number: '', name: '' }, outcome: 'menu', answeredMs: null, talkedMs: 0 },
      { callId: 'b', startedMs: NOON_MS + 1, caller: { number: '601', name: 'Ann' }, queueId: 'gone' },
      { callId: 'c', startedMs: NOON_MS - 1, endedMs: null, outcome: null },
    ]);
    expect(await screen.findByRole('heading', { name: '3 calls' })).toBeInTheDocument();
    const texts = rows().map((row) => row.textContent);
    expect(texts[0]).toMatch(/Ann \(601\).*gone.*Answered0:151:00$/);
    expect(texts[1]).toMatch(/Withheld number.*Ended in the menu0:15–$/);
    expect(texts[2]).toContain('Now');
  });

  it('says that there are none, or none that fit', async () => {
    const view = open([]);
    expect(await screen.findByText(/No call yet/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Save as CSV' })).toBeDisabled();
    await view.user.type(screen.getByRole('searchbox'), 'x');
    await settle(view);
    expect(await screen.findByText('No call fits these filters.')).toBeInTheDocument();
  });

  it('asks the log for what the filters say, once they rest', async () => {
    const view = open([{ callId: 'a' }, { callId: 'b', caller: { number: '777', name: '' } }]);
    await screen.findByRole('heading', { name: '2 calls' });
    await view.user.type(screen.getByRole('searchbox'), ' 777');
    await view.user.selectOptions(screen.getByRole('combobox', { name: 'Outcome' }), 'Answered');
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-01-05' } });
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-01-05' } });
    await settle(view);
    expect(await screen.findByRole('heading', { name: '1 call' })).toBeInTheDocument();
    const asked = view.backend.asked.filter(({ name }) => name === 'callLog.list');
    expect(asked).toHaveLength(2);
    expect(asked[1]?.input).toMatchObject({
      filter: {
        text: '777',
        outcome: 'answered',
        fromMs: new Date(2026, 0, 5).getTime(),
        toMs: new Date(2026, 0, 6).getTime(),
      },
    });
    await view.user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await settle(view);
    expect(await screen.findByRole('heading', { name: '2 calls' })).toBeInTheDocument();
  });

  it('shows more on demand, and what is new by itself', async () => {
    const view = open(Array.from({ length: 120 }, (_, i) => ({ callId: `c${i}`, startedMs: NOON_MS - i })));
    await screen.findByRole('heading', { name: '120 calls' });
    expect(rows()).toHaveLength(50);
    await view.user.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(rows()).toHaveLength(100));
    view.backend.callLog.calls.push({ call: callRecord({ callId: 'new', startedMs: NOON_MS + 9 }), trace: [] });
    act(() => view.backend.emit('callLog.changed', {}));
    await settle(view);
    expect(await screen.findByRole('heading', { name: '121 calls' })).toBeInTheDocument();
    expect(rows()).toHaveLength(101);
    await view.user.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(rows()).toHaveLength(121));
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('tells what happened in a call, and shows a step’s node on the canvas', async () => {
    const view = open([{ callId: 'a', endCause: 'caller-hung-up' }]);
    view.backend.callLog.calls[0]?.trace.push(
      { atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'welcome' },
      { atMs: 1500, type: 'digit', nodeId: 'welcome', digit: '1' },
    );
    await view.user.click(await screen.findByRole('button', { name: /^Details of the call of \+48123456789/ }));
    const timeline = await screen.findByRole('list', { name: 'What happened' });
    expect(within(timeline).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByText('the caller')).toBeInTheDocument();
    await view.user.click(within(timeline).getByRole('button', { name: /1.50.*Key 1/ }));
    expect(view.stores.ui.getState()).toMatchObject({ page: 'flows', flowId: 'main', selectedNodes: ['welcome'] });
  });

  it('saves what the filters show as CSV, and tells what was left out', async () => {
    const view = open([{ callId: 'a' }]);
    view.backend.callLog.csv = 'started,caller\r\n1,Żaneta\r\n';
    view.backend.callLog.leftOut = 3;
    let saved: Blob | undefined;
    URL.createObjectURL = (blob) => {
      saved = blob as Blob;
      return 'blob:calls';
    };
    URL.revokeObjectURL = () => {};
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await view.user.click(await screen.findByRole('button', { name: 'Save as CSV' }));
    await waitFor(() => expect(click).toHaveBeenCalled());
    expect(saved?.type).toBe('text/csv;charset=utf-8');
    expect(saved?.size).toBe(3 + new TextEncoder().encode(view.backend.callLog.csv).length);
    expect(await screen.findByText(/3 older calls were left out/)).toBeInTheDocument();
  });

  it('tells when the log cannot be used', async () => {
    const given = testWindow();
    given.backend.failures.set(
      'callLog.list',
      new DialtreeError({ code: 'calls/not-opened', message: 'The log of calls cannot be used.' }),
    );
    renderApp(
      <>
        <Notifications />
        <CallsPage />
      </>,
      given,
    );
    expect(await screen.findByText('The log of calls cannot be used.')).toBeInTheDocument();
  });
});

it('writes lengths of time short', () => {
  expect([0, 900, 61_000, 3_725_000].map(durationText)).toEqual(['–', '0:01', '1:01', '1:02:05']);
  expect(startOfDay('no day')).toBeUndefined();
  expect(startOfDay('2026-01-31', 1)).toBe(new Date(2026, 1, 1).getTime());
});
