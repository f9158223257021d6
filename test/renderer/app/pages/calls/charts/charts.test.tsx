import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CallsPage } from '../../../../../../renderer/app/pages/calls/calls-page.tsx';
import type { CallRecord } from '../../../../../../shared/bridge/calls.ts';
import { callRecord } from '../../../../../support/fake-call-log.ts';
import { renderApp, testWindow } from '../../../../../support/render-app.tsx';

const HOUR_MS = 3_600_000;
const MISSED = { answeredMs: null, outcome: 'missed', talkedMs: 0 } as const;

async function open(callsOf: (nowMs: number, queueId: string) => readonly Partial<CallRecord>[]) {
  const given = testWindow();
  const [queueId = ''] = Object.keys(given.backend.state.project.queues);
  const nowMs = given.clock.wallMs();
  given.backend.callLog.calls = callsOf(nowMs, queueId).map((part, at) => ({
    call: callRecord({ callId: `c${at}`, queueId, ...part }),
    trace: [],
  }));
  const view = renderApp(<CallsPage />, given);
  await view.user.click(screen.getByText('Charts'));
  return { ...view, queueId };
}

const tile = async (name: string) => {
  const term = await screen.findAllByText(name, { selector: 'dt' });
  return term[0]?.parentElement?.textContent;
};

describe('charts of queues', () => {
  it('tell how the calls of a while went, beside the while before, and change with what is new', async () => {
    const view = await open((nowMs) => [
      { startedMs: nowMs, waitedMs: 5000, talkedMs: 90_000 },
      { startedMs: nowMs, waitedMs: 35_000, talkedMs: 30_000 },
      { startedMs: nowMs, ...MISSED },
      { startedMs: nowMs - 8 * 24 * HOUR_MS, waitedMs: 10_000 },
      { startedMs: nowMs, queueId: null },
    ]);
    expect(await tile('Waited for someone')).toBe('Waited for someone3before: 1');
    expect(await tile('Gave up')).toBe('Gave up1 (33%)before: 0');
    expect(await tile('Answered soon enough')).toBe('Answered soon enough33%before: 100%');
    expect(await tile('Average wait')).toBe('Average wait0:20before: 0:10');
    expect(await tile('Average talk')).toBe('Average talk1:00before: 1:00');
    const { callLog } = view.backend;
    callLog.calls.push({
      call: callRecord({ callId: 'new', startedMs: view.clock.wallMs(), queueId: view.queueId }),
      trace: [],
    });
    view.backend.emit('callLog.changed', {});
    await act(async () => view.clock.advance(5000));
    expect(await tile('Waited for someone')).toBe('Waited for someone4before: 1');
  });

  it('can be read as a table, by queue, and by the hours of the week', async () => {
    const { user } = await open((nowMs) => [{ startedMs: nowMs }, { startedMs: nowMs, queueId: 'gone', ...MISSED }]);
    await tile('Answered');
    await user.click(screen.getByText('As a table'));
    const days = within(screen.getByRole('table', { name: 'As a table' })).getAllByRole('row');
    expect(days).toHaveLength(1 + 7);
    expect(days.at(-1)?.textContent).toMatch(/211 \(50%\)50%0:151:00$/);
    const hours = screen.getByRole('table', { name: 'Busy hours' });
    expect(within(hours).getAllByText('0.2')).toHaveLength(1);
    const queues = screen.getByRole('table', { name: 'By queue' });
    await user.click(within(queues).getByRole('button', { name: 'gone' }));
    expect(await tile('Gave up')).toBe('Gave up1 (100%)before: 0');
    expect(screen.queryByRole('table', { name: 'By queue' })).toBeNull();
  });

  it('say where nothing was', async () => {
    const { user } = await open(() => []);
    expect(await screen.findByText('In this time nobody waited for someone.')).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: '12 months' }));
    expect(await tile('Average wait')).toBe('Average wait–before: –');
  });
});
