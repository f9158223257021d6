import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CallLog, WRITE_AFTER_MS } from '../../../../electron/services/calls/call-log.ts';
import type { TraceEntry } from '../../../../shared/engine/events.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { callSummary } from '../../../support/fake-bridge.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let path: string;
let clock: ManualClock;
let logged: string[];
let changes: number;

beforeEach(() => {
  path = join(tempDir(), 'data', 'calls.sqlite');
  clock = new ManualClock();
  logged = [];
  changes = 0;
});

function openLog(keepDays?: number): CallLog {
  const log = new CallLog({
    clock,
    logger: { log: (_level, event) => logged.push(event) },
    onChanged: () => changes++,
    ...(keepDays === undefined ? {} : { keepDays }),
  });
  log.open(path);
  onTestFinished(() => log.close());
  return log;
}

/** What another process reads in the file. */
function rows(sql: string): unknown[] {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    db.close();
  }
}

const entered = (nodeId: string, flowId = 'main'): TraceEntry => ({ atMs: 0, type: 'node-entered', flowId, nodeId });
const left = (nodeId: string, output: string): TraceEntry => ({ atMs: 0, type: 'outcome', nodeId, output });
const hungUp: TraceEntry = { atMs: 9, type: 'ended', by: 'caller', cause: 'normal' };

describe('a call', () => {
  it('is written with its times, its people and its trace, at most half a second later', () => {
    const log = openLog();
    const startedAtMs = clock.wallMs();
    const call = callSummary({ callId: 'a', startedAtMs, flowId: null });
    log.takeCall(call);
    log.takeTrace('a', entered('hello'));
    log.takeCall({ ...call, flowId: 'main' });
    expect(rows('SELECT * FROM calls')).toEqual([]);
    clock.advance(WRITE_AFTER_MS);
    expect(rows('SELECT id, flow_id, ended_ms FROM calls')).toEqual([{ id: 'a', flow_id: 'main', ended_ms: null }]);

    clock.advance(1500);
    log.takeCall({ ...call, flowId: 'sub', phase: 'queued', queueId: 'sales' });
    clock.advance(3000);
    log.takeCall({ ...call, flowId: 'sub', phase: 'ringing', queueId: 'sales', personId: 'ola' });
    clock.advance(1000);
    log.takeCall({ ...call, flowId: 'sub', phase: 'talking', queueId: null, personId: 'ola' });
    clock.advance(60_000);
    log.takeTrace('a', hungUp);
    log.takeCall({ ...call, phase: 'ended', endedAtMs: clock.wallMs(), endCause: 'caller-hung-up' });
    log.takeTrace('unknown', hungUp);
    log.close();

    expect(rows('SELECT * FROM calls')).toEqual([
      {
        seq: 1,
        id: 'a',
        started_ms: startedAtMs,
        answered_ms: startedAtMs + 6000,
        ended_ms: startedAtMs + 66_000,
        caller: '+48123456789',
        caller_name: '',
        dialled: '100',
        flow_id: 'main',
        queue_id: 'sales',
        person_id: 'ola',
        end_cause: 'caller-hung-up',
        waited_ms: 4000,
        talked_ms: 60_000,
        outcome: 'answered',
        search: '+48123456789\n\n100',
        code: null,
        note: null,
        wrap_up_ms: null,
      },
    ]);
    expect(rows('SELECT entries FROM traces')).toEqual([{ entries: JSON.stringify([entered('hello'), hungUp]) }]);
    expect(changes).toBeGreaterThan(0);
    expect(clock.pending).toBe(0);
  });

  it('says what became of it', () => {
    const log = openLog();
    const ended = { phase: 'ended', endedAtMs: clock.wallMs(), startedAtMs: clock.wallMs() } as const;
    log.takeCall(callSummary({ callId: 'menu', ...ended, endCause: 'normal' }));
    log.takeCall(callSummary({ callId: 'missed', ...ended, queueId: 'sales', endCause: 'caller-hung-up' }));
    log.takeCall(callSummary({ callId: 'cut', ...ended, endCause: 'pbx-stopped' }));
    log.close();
    expect(rows('SELECT id, outcome FROM calls ORDER BY seq')).toEqual([
      { id: 'menu', outcome: 'menu' },
      { id: 'missed', outcome: 'missed' },
      { id: 'cut', outcome: 'interrupted' },
    ]);
  });

  it('is live until it ends, and its trace is there before and after', () => {
    const log = openLog();
    log.takeCall(callSummary({ callId: 'a' }));
    log.takeTrace('a', entered('hello'));
    expect(log.active()).toEqual([callSummary({ callId: 'a' })]);
    expect(log.trace('a')).toEqual([entered('hello')]);
    const ended = callSummary({ callId: 'a', phase: 'ended', endedAtMs: clock.wallMs(), endCause: 'pbx-stopped' });
    expect(log.endAll(clock.wallMs(), 'pbx-stopped')).toEqual([ended]);
    log.flush();
    expect(log.active()).toEqual([]);
    expect(log.trace('a')).toEqual([entered('hello')]);
    expect(log.trace('unknown')).toEqual([]);
  });
});

describe('counts', () => {
  it('grow once with every ended call', () => {
    const log = openLog();
    for (const callId of ['a', 'b']) {
      const call = callSummary({ callId, startedAtMs: clock.wallMs() });
      log.takeCall(call);
      for (const entry of [entered('hello'), left('hello', 'next'), entered('menu')]) log.takeTrace(callId, entry);
      clock.advance(WRITE_AFTER_MS);
      log.takeTrace(callId, hungUp);
      log.takeCall({ ...call, phase: 'ended', endedAtMs: clock.wallMs(), endCause: 'caller-hung-up' });
      clock.advance(WRITE_AFTER_MS);
    }
    const day = '2026-01-05';
    expect(rows('SELECT * FROM counts')).toEqual([
      { flow_id: 'main', day, node_id: 'hello', output: 'next', kind: 'taken', count: 2 },
      { flow_id: 'main', day, node_id: 'menu', output: '', kind: 'dropped', count: 2 },
    ]);
  });
});

describe('the next start', () => {
  it('ends what was left unfinished as interrupted', () => {
    const log = openLog();
    const startedAtMs = clock.wallMs();
    log.takeCall(callSummary({ callId: 'a', startedAtMs }));
    log.takeTrace('a', entered('hello'));
    log.takeTrace('a', { ...left('hello', 'next'), atMs: 700 });
    log.close();

    openLog().close();
    expect(rows('SELECT end_cause, ended_ms, outcome FROM calls')).toEqual([
      { end_cause: 'interrupted', ended_ms: startedAtMs + 700, outcome: 'interrupted' },
    ]);
    expect(rows('SELECT count FROM counts')).toEqual([{ count: 1 }]);
    expect(logged).toContain('calls.interrupted');
  });

  it('removes what is older than is kept', () => {
    const log = openLog();
    const dayMs = 86_400_000;
    for (const days of [1, 29, 31]) {
      const startedAtMs = clock.wallMs() - days * dayMs;
      const ended = { phase: 'ended', endedAtMs: startedAtMs + 5, endCause: 'normal' } as const;
      log.takeCall(callSummary({ callId: `${days}`, startedAtMs }));
      log.takeTrace(`${days}`, entered('hello'));
      log.takeTrace(`${days}`, left('hello', 'next'));
      log.takeCall(callSummary({ callId: `${days}`, startedAtMs, ...ended }));
    }
    log.close();
    openLog(30).close();
    expect(rows('SELECT id FROM calls')).toEqual([{ id: '1' }, { id: '29' }]);
    expect(rows('SELECT count(*) AS n FROM traces')).toEqual([{ n: 2 }]);
    expect(rows('SELECT count(*) AS n FROM counts')).toEqual([{ n: 2 }]);
  });
});

describe('a database that cannot be used', () => {
  it('is set aside when it is damaged, and a new one begun', () => {
    openLog().close();
    writeFileSync(path, 'this is no database, and never was one'.repeat(200));
    const log = openLog();
    log.takeCall(callSummary());
    log.close();
    expect(rows('SELECT id FROM calls')).toEqual([{ id: 'call-1' }]);
    expect(logged).toEqual(['calls.damaged']);
    expect(readdirSync(join(path, '..')).filter((name) => name.includes('damaged-'))).toHaveLength(1);
  });

  it('is left alone when a newer version wrote it; live calls are known all the same', () => {
    openLog().close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    const log = new CallLog({ clock, logger: { log: () => {} } });
    expect(() => log.open(path)).toThrow(expect.objectContaining({ code: 'calls/newer-version' }));
    log.takeCall(callSummary());
    expect(log.active()).toHaveLength(1);
    expect(() => log.read()).toThrow(expect.objectContaining({ code: 'calls/not-opened' }));
    log.close();
    expect(rows('SELECT id FROM calls')).toEqual([]);
  });

  it('is told where the folder cannot be made', () => {
    const file = join(tempDir(), 'file');
    writeFileSync(file, '');
    const log = new CallLog({ clock, logger: { log: () => {} } });
    expect(() => log.open(join(file, 'calls.sqlite'))).toThrow(expect.objectContaining({ code: 'calls/not-opened' }));
  });
});
