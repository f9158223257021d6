import { expect, it } from 'vitest';
import { CallJournal } from '../../../electron/services/call-journal.ts';
import type { CallSummary } from '../../../shared/bridge/pbx.ts';

const call = (callId: string, phase: CallSummary['phase'] = 'flow'): CallSummary => ({
  callId,
  caller: { number: '600', name: '' },
  dialled: '100',
  flowId: 'main',
  startedAtMs: 0,
  endedAtMs: null,
  phase,
  queueId: null,
  personId: null,
  endCause: null,
  countdown: null,
});

it('keeps the live calls and their traces', () => {
  const journal = new CallJournal();
  journal.update(call('a'));
  journal.append('a', { atMs: 0, type: 'prompt-finished', nodeId: 'n' });
  journal.append('unknown', { atMs: 0, type: 'prompt-finished', nodeId: 'n' });
  journal.update(call('a', 'queued'));
  expect(journal.active()).toEqual([call('a', 'queued')]);
  expect(journal.trace('a')).toEqual([{ atMs: 0, type: 'prompt-finished', nodeId: 'n' }]);
  expect(journal.trace('unknown')).toEqual([]);
});

it('ends what was live when the PBX is gone', () => {
  const journal = new CallJournal();
  journal.update(call('a'));
  journal.update(call('b', 'ended'));
  expect(journal.endAll(99, 'pbx-stopped')).toEqual([
    { ...call('a', 'ended'), endedAtMs: 99, endCause: 'pbx-stopped' },
  ]);
  expect(journal.active()).toEqual([]);
});

it('forgets the oldest ended calls, never a live one', () => {
  const journal = new CallJournal();
  journal.update(call('live'));
  for (let i = 0; i < 500; i++) {
    journal.update(call(`c${i}`, 'ended'));
    journal.append(`c${i}`, { atMs: i, type: 'prompt-finished', nodeId: 'n' });
  }
  expect(journal.active().map((entry) => entry.callId)).toEqual(['live']);
  expect(journal.trace('c0')).toEqual([]);
  expect(journal.trace('c499')).toHaveLength(1);
});
