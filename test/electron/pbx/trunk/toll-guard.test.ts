import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CallHistory } from '../../../../electron/pbx/trunk/call-history.ts';
import { destinationOf } from '../../../../electron/pbx/trunk/numbers.ts';
import { TollGuard } from '../../../../electron/pbx/trunk/toll-guard.ts';
import { DEFAULT_TRUNK_LIMITS, type TrunkLimits } from '../../../../shared/bridge/trunk.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import type { Logger } from '../../../../shared/lib/logger.ts';

const HOUR_MS = 3_600_000;
let folder: string;
let clock: ManualClock;
let logged: string[];
const logger: Logger = { log: (_level, event) => logged.push(event) };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialtree-toll-'));
  clock = new ManualClock();
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const historyPath = () => join(folder, 'line', 'calls.txt');

function guard(limits: Partial<TrunkLimits> = {}): TollGuard {
  const history = new CallHistory(historyPath(), logger, clock.wallMs());
  return new TollGuard({ clock, history, limits: { ...DEFAULT_TRUNK_LIMITS, ...limits } });
}

/** `ok`, or the code of the refusal. The call is over at once unless `goesOn`. */
function ask(judge: TollGuard, number: string, goesOn = false): string {
  const admission = judge.admit(destinationOf(number, '48'));
  if (!admission.allowed) return admission.why;
  if (!goesOn) admission.done();
  return 'ok';
}

describe('[TF1] emergency calls', () => {
  test.each(['112', '999', '998', '997', '911', '+48112'])('%s goes whatever the rules say', (number) => {
    const nothing = { allowedPrefixes: [], refusedPrefixes: ['1', '9', '+'], maxCallsAtOnce: 0 };
    const judge = guard({ ...nothing, maxCallsPerHour: 0, maxCallsPerDay: 0 });
    expect(judge.admit(destinationOf(number, '48'))).toMatchObject({ allowed: true, maxMs: undefined });
    expect(judge.current).toBe(0);
  });

  test('they do not use up anything', () => {
    const judge = guard({ maxCallsPerHour: 1, maxCallsAtOnce: 1 });
    for (let i = 0; i < 5; i++) expect(ask(judge, '112', true)).toBe('ok');
    expect(ask(judge, '+48221234567')).toBe('ok');
  });
});

describe('[TF2] where calls may go', () => {
  test.each([
    ['+48221234567', 'ok'],
    ['0048221234567', 'ok'],
    ['221234567', 'ok'],
    ['+442071234567', 'not-allowed'],
    ['00442071234567', 'not-allowed'],
    ['201', 'not-allowed'],
    ['*21*221234567#', 'not-allowed'],
    ['sales', 'number-unusable'],
    ['', 'number-unusable'],
  ])('%s: %s', (number, verdict) => expect(ask(guard(), number)).toBe(verdict));

  test('“+” alone allows the world, but no short code; one without “+” allows those', () => {
    expect(ask(guard({ allowedPrefixes: ['+'] }), '+442071234567')).toBe('ok');
    expect(ask(guard({ allowedPrefixes: ['+'] }), '201')).toBe('not-allowed');
    expect(ask(guard({ allowedPrefixes: ['20'] }), '201')).toBe('ok');
    expect(ask(guard({ allowedPrefixes: [] }), '+48221234567')).toBe('not-allowed');
  });
});

test.each([
  '+48701234567',
  '701234567',
  '0048 70 123 45 67',
  '0701234567',
  '+48300123456',
  '+9791234567',
  '+19005551234',
])('[TF3] %s is premium, though its country is allowed', (number) =>
  expect(ask(guard({ allowedPrefixes: ['+'] }), number)).toBe('premium'),
);

test('[TF4] so many at once; one that is over makes room, once', () => {
  const judge = guard({ maxCallsAtOnce: 2 });
  const first = judge.admit(destinationOf('221234567', '48'));
  expect(ask(judge, '221234567', true)).toBe('ok');
  expect(ask(judge, '221234567')).toBe('too-many-at-once');
  if (first.allowed) for (let i = 0; i < 3; i++) first.done();
  expect(judge.current).toBe(1);
  expect(ask(judge, '221234567', true)).toBe('ok');
  expect(ask(judge, '221234567')).toBe('too-many-at-once');
});

test('[TF6] a call may last as long as the limit says', () => {
  expect(guard({ maxMinutesPerCall: 3 }).admit(destinationOf('221234567', '48'))).toMatchObject({ maxMs: 180_000 });
});

describe('[TF5] so many in a time', () => {
  test('an hour', () => {
    const judge = guard({ maxCallsPerHour: 2 });
    expect([1, 2, 3].map(() => ask(judge, '221234567'))).toEqual(['ok', 'ok', 'too-many-this-hour']);
    clock.advance(HOUR_MS);
    expect(ask(judge, '221234567')).toBe('ok');
  });

  test('a day', () => {
    const judge = guard({ maxCallsPerDay: 3 });
    for (let i = 0; i < 3; i++) {
      expect(ask(judge, '221234567')).toBe('ok');
      clock.advance(2 * HOUR_MS);
    }
    expect(ask(judge, '221234567')).toBe('too-many-today');
    clock.advance(18 * HOUR_MS);
    expect(ask(judge, '221234567')).toBe('ok');
  });

  test('refused calls do not count', () => {
    const judge = guard({ maxCallsPerHour: 1 });
    for (let i = 0; i < 5; i++) ask(judge, '+442071234567');
    expect(ask(judge, '221234567')).toBe('ok');
  });

  test('a restart forgets none, and keeps the file small', () => {
    for (let i = 0; i < 2; i++) expect(ask(guard({ maxCallsPerHour: 2 }), '221234567')).toBe('ok');
    expect(ask(guard({ maxCallsPerHour: 2 }), '221234567')).toBe('too-many-this-hour');
    clock.advance(25 * HOUR_MS);
    guard();
    expect(readFileSync(historyPath(), 'utf8')).toBe('');
  });

  test('a call counts on disk before its end', () => {
    ask(guard(), '221234567', true);
    expect(readFileSync(historyPath(), 'utf8')).toBe(`${clock.wallMs()}\n`);
  });

  test('a file of nonsense and of the future is no way round, nor a lock for ever', () => {
    ask(guard(), '221234567');
    writeFileSync(historyPath(), `x\n-5\n${clock.wallMs() + 900 * HOUR_MS}\n`);
    expect(ask(guard({ maxCallsPerHour: 1 }), '221234567')).toBe('too-many-this-hour');
    clock.advance(HOUR_MS);
    expect(ask(guard({ maxCallsPerHour: 1 }), '221234567')).toBe('ok');
  });

  test('without a file calls are counted all the same, and it is logged', () => {
    writeFileSync(join(folder, 'line'), 'not a folder');
    const judge = guard({ maxCallsPerHour: 1 });
    expect([1, 2].map(() => ask(judge, '221234567'))).toEqual(['ok', 'too-many-this-hour']);
    expect(logged).toContain('trunk.history-failed');
  });
});
