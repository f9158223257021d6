import { describe, expect, test } from 'vitest';
import { witnessOf } from '../../../../shared/analyze/explore/witness.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import type { FlowProgram } from '../../../../shared/engine/program.ts';
import { simulate } from '../../../../shared/engine/simulate.ts';
import {
  line,
  menu,
  type NodeSketch,
  only,
  says,
  sketchProject,
  startingWith,
} from '../../../support/engine-driver.ts';

// A Monday.
const STARTED_AT_MS = Date.UTC(2026, 0, 5, 9);
const CALL = {
  callId: 'c',
  caller: { number: '600' },
  target: { kind: 'number', numberId: 'line' },
  startedAtMs: STARTED_AT_MS,
} as const;

const programOf = (first: NodeSketch, others: Record<string, NodeSketch> = {}) =>
  lowerProject(startingWith(first, others)).program;

/** The script of a path, and what its call does. */
function shown(program: FlowProgram, ...outcomes: readonly string[]) {
  const witness = witnessOf(program, { call: CALL, outcomes });
  const { trace } = witness ? simulate(program, witness.script) : { trace: [] };
  return { script: witness?.script, lines: trace.map((entry) => line(program, entry)) };
}

describe('a script', () => {
  test('[EX4] has the keys at times that a caller can press them', () => {
    const program = programOf(menu({ keys: ['1'], prompt: 'Hello there, press one.' }, { 'key:1': 'sub' }), {
      sub: menu({ keys: ['2'], prompt: 'And now?' }, { 'key:2': 'a' }),
      ...says('a'),
    });
    const { script, lines } = shown(program, 'digit:1', 'prompt-finished', 'digit:2');
    expect(script).toMatchObject({ caller: { number: '600' }, startedAtMs: STARTED_AT_MS, target: CALL.target });
    expect(script?.actions).toEqual([
      { atMs: 200, key: '1' },
      // The second prompt is heard to its end: 8 characters.
      { atMs: 200 + 560 + 200, key: '2' },
    ]);
    expect(only(lines, 'node-entered')).toEqual([
      'node-entered start',
      'node-entered m next',
      'node-entered sub key:1',
      'node-entered a key:2',
    ]);
  });

  test('[EX4] waits as long as timers run', () => {
    const program = programOf(menu({ keys: ['1'], noInputAttempts: 1 }, { 'no-input': 'a' }), says('a'));
    const { lines } = shown(program, 'prompt-finished', 'timeout');
    expect(lines).toContain('5280 outcome m no-input');
  });

  test('[EX4] lets one person be busy first and answer later', () => {
    const ring = { type: 'employee', data: { people: ['ann'] } } as const;
    const program = programOf({ ...ring, to: { busy: 'again' } }, { again: ring });
    const { lines } = shown(program, 'dial:busy', 'dial:answered', 'far-end-hung-up');
    expect(only(lines, 'outcome', 'answered', 'ended')).toEqual([
      'outcome start next',
      'outcome m busy',
      'answered again ann',
      'ended far-end normal',
    ]);
  });

  test('[EX4] holds up what would be quicker than the caller', () => {
    const silence = { kind: 'audio', sha256: 'a'.repeat(64), fileName: 'a.mp3', durationMs: 0 };
    const program = programOf(menu({ keys: ['1'], prompt: silence }, { 'key:1': 'a' }), says('a'));
    const { lines } = shown(program, 'digit:1');
    expect(only(lines, 'prompt-interrupted')).toEqual(['prompt-interrupted m']);
  });

  test('[EX4] breaks out of a queue by its key, and hangs up', () => {
    const queue = { type: 'queue', data: { queueId: 'team', breakOutKey: '4' }, to: { 'key-pressed': 'a' } } as const;
    const program = programOf(queue, says('a'));
    const { script, lines } = shown(program, 'queue:key-pressed', 'caller-hung-up');
    expect(script?.actions).toEqual([
      { atMs: 200, key: '4' },
      { atMs: 400, hangUp: true },
    ]);
    expect(lines.at(-1)).toBe('400 ended caller normal');
  });

  test('[EX4] lets a prompt fail that would not', () => {
    const program = programOf(menu({ keys: ['1'] }));
    expect(only(shown(program, 'prompt-failed').lines, 'prompt-failed', 'default-handling')).toEqual([
      'prompt-failed m unknown',
      'default-handling line',
    ]);
  });

  test('[EX4] there is none for what cannot happen', () => {
    expect(shown(programOf(menu({ keys: ['1'] })), 'digit:1', 'digit:1').script).toBeUndefined();
    expect(shown(programOf(menu({ keys: ['1'] })), 'nonsense').script).toBeUndefined();
  });
});

describe('the time of the call', () => {
  const office = { name: 'Office', timeZone: 'UTC', weekly: [{ day: 1, from: '09:00', to: '17:00' }] };
  const late = { name: 'Late', timeZone: 'UTC', weekly: [{ day: 1, from: '16:59', to: '18:00' }] };
  const never = { ...office, weekly: [] };
  /** Asks two schedules, with a message of five seconds between. */
  const program = (first: object, second: object) =>
    lowerProject(
      sketchProject(
        {
          start: { type: 'start', to: { next: 'one' } },
          one: { type: 'schedule', data: { scheduleId: 'first' }, to: { open: 'say', closed: 'say' } },
          say: {
            type: 'say',
            data: { prompt: { kind: 'audio', sha256: 'b'.repeat(64), fileName: 'b.mp3', durationMs: 5000 } },
            to: { next: 'two' },
          },
          two: { type: 'schedule', data: { scheduleId: 'second' } },
        },
        () => ({ schedules: { first, second } }),
      ),
    ).program;
  const startOf = (of: FlowProgram, first: string, second: string) => {
    const { script } = shown(of, `schedule:${first}`, 'prompt-finished', `schedule:${second}`);
    return script && new Date(script.startedAtMs ?? 0).toISOString();
  };

  test('[EX4] is the earliest at which every schedule is as needed', () => {
    expect(startOf(program(office, office), 'open', 'open')).toBe('2026-01-05T09:00:00.000Z');
    expect(startOf(program(office, late), 'open', 'open')).toBe('2026-01-05T16:58:55.000Z');
    expect(startOf(program(office, late), 'closed', 'closed')).toBe('2026-01-05T17:59:55.000Z');
  });

  test('[EX4] may be just before one closes, where a call hears it open and then closed', () => {
    expect(startOf(program(office, office), 'open', 'closed')).toBe('2026-01-05T16:59:55.000Z');
    expect(startOf(program(office, office), 'closed', 'open')).toBe('2026-01-12T08:59:55.000Z');
  });

  test('[EX4] is not found where there is none', () => {
    expect(startOf(program(office, never), 'open', 'open')).toBeUndefined();
    expect(startOf(program(office, { ...office, override: 'closed' }), 'open', 'open')).toBeUndefined();
  });
});
