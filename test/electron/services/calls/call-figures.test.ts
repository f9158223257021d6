import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { personFigures, queueFigures } from '../../../../electron/services/calls/call-figures.ts';
import { CallLog } from '../../../../electron/services/calls/call-log.ts';
import { callsOfCaller, getCall } from '../../../../electron/services/calls/call-queries.ts';
import { openTables } from '../../../../electron/services/calls/call-tables.ts';
import { CallWriter } from '../../../../electron/services/calls/call-writer.ts';
import type { CallRecord } from '../../../../shared/bridge/calls.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { callSummary } from '../../../support/fake-bridge.ts';
import { callRecord } from '../../../support/fake-call-log.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let db: DatabaseSync;
let writer: CallWriter;

beforeEach(() => {
  db = openTables(join(tempDir(), 'calls.sqlite'));
  writer = new CallWriter(db);
  onTestFinished(() => db.close());
});

function keep(...parts: Partial<CallRecord>[]): void {
  for (const part of parts) writer.keep(callRecord(part), []);
}

const MISSED = { answeredMs: null, outcome: 'missed', talkedMs: 0 } as const;

describe('figures', () => {
  it('of a person: answered, missed rings, and how long talks and wrap-ups are on average', () => {
    keep(
      { callId: 'a', startedMs: 100, personId: 'ola', talkedMs: 60_000 },
      { callId: 'b', startedMs: 200, personId: 'ola', talkedMs: 20_000 },
      { callId: 'before', startedMs: 50, personId: 'ola', talkedMs: 900_000 },
      { callId: 'other', startedMs: 200, personId: 'jan' },
      { callId: 'm', startedMs: 200, personId: 'ola', ...MISSED },
    );
    writer.wrapUp('a', 30_000);
    for (const atMs of [90, 150, 160]) writer.missed({ atMs, personId: 'ola', queueId: 'q', callId: 'm' });
    expect(personFigures(db, 'ola', 100)).toEqual({ answered: 2, missed: 2, talkMs: 40_000, wrapUpMs: 30_000 });
    expect(personFigures(db, 'eve', 100)).toEqual({ answered: 0, missed: 0, talkMs: null, wrapUpMs: null });
  });

  it('of queues: answered, abandoned, and how many soon enough by the limit of each', () => {
    keep(
      { callId: 'a', startedMs: 100, queueId: 'sales', waitedMs: 10_000 },
      { callId: 'b', startedMs: 100, queueId: 'sales', waitedMs: 10_001 },
      { callId: 'c', startedMs: 100, queueId: 'sales', ...MISSED },
      { callId: 'd', startedMs: 100, queueId: 'help', waitedMs: 50_000 },
      { callId: 'live', startedMs: 100, queueId: 'help', answeredMs: null, endedMs: null, outcome: null },
      { callId: 'before', startedMs: 99, queueId: 'sales' },
      { callId: 'none', startedMs: 100 },
    );
    expect(queueFigures(db, 100, { sales: 10_000, help: 60_000 })).toEqual([
      { queueId: 'help', answered: 1, abandoned: 0, within: 1 },
      { queueId: 'sales', answered: 2, abandoned: 1, within: 1 },
    ]);
  });

  it('know the last calls of a number, the newest first, without the one that lasts', () => {
    const caller = { number: '600', name: '' };
    for (let i = 0; i < 5; i++) keep({ callId: `c${i}`, startedMs: i, caller });
    keep({ callId: 'live', startedMs: 9, caller, endedMs: null, outcome: null }, { callId: 'x', startedMs: 8 });
    expect(callsOfCaller(db, '600', 3).map(({ callId }) => callId)).toEqual(['c4', 'c3', 'c2']);
  });
});

describe('notes', () => {
  it('are kept with the call, whatever is written of it later; nothing written is none', () => {
    keep({ callId: 'a', endedMs: null, outcome: null });
    expect(writer.note('a', { code: 'Order', note: 'Two bikes' })).toBe(true);
    keep({ callId: 'a' });
    expect(getCall(db, 'a').call.note).toEqual({ code: 'Order', note: 'Two bikes' });
    writer.note('a', { code: null, note: '' });
    expect(getCall(db, 'a').call.note).toBeNull();
    expect(writer.note('gone', { code: null, note: 'x' })).toBe(false);
  });

  it('are taken for a call that was just told of', () => {
    const log = new CallLog({ clock: new ManualClock(), logger: silentLogger });
    log.open(join(tempDir(), 'calls.sqlite'));
    onTestFinished(() => log.close());
    log.takeCall(callSummary({ callId: 'a' }));
    log.note('a', { code: 'Order', note: '' });
    log.takeWrapUp('a', 5000);
    expect(getCall(log.read(), 'a').call).toMatchObject({ note: { code: 'Order', note: '' }, wrapUpMs: 5000 });
    expect(() => log.note('b', { code: null, note: '' })).toThrow(expect.objectContaining({ code: 'calls/unknown' }));
  });
});

it('a log of version 1 gets what is new and keeps its calls', () => {
  const path = join(tempDir(), 'calls.sqlite');
  const old = new DatabaseSync(path);
  old.exec(`CREATE TABLE calls (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, started_ms INTEGER NOT NULL,
    answered_ms INTEGER, ended_ms INTEGER, caller TEXT NOT NULL, caller_name TEXT NOT NULL, dialled TEXT NOT NULL,
    flow_id TEXT, queue_id TEXT, person_id TEXT, end_cause TEXT, waited_ms INTEGER NOT NULL,
    talked_ms INTEGER NOT NULL, outcome TEXT, search TEXT NOT NULL) STRICT;
    CREATE TABLE traces (call_seq INTEGER PRIMARY KEY, entries TEXT NOT NULL) STRICT;
    INSERT INTO calls VALUES (1, 'a', 5, 6, 7, '600', '', '100', NULL, NULL, NULL, 'normal', 1, 1, 'answered', '600');
    INSERT INTO traces VALUES (1, '[]'); PRAGMA user_version = 1;`);
  old.close();
  const upgraded = openTables(path);
  onTestFinished(() => upgraded.close());
  expect(getCall(upgraded, 'a').call).toMatchObject({ callId: 'a', note: null, wrapUpMs: null });
  expect(new CallWriter(upgraded).note('a', { code: 'Order', note: '' })).toBe(true);
});
