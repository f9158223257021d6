import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import { changesNothing, only, PROMPT_MS, runCall, says, sketchProject } from '../../../support/engine-driver.ts';

const MONDAY_10_UTC = Date.UTC(2026, 0, 5, 10);
const MONDAY_17_LOCAL = Date.UTC(2026, 0, 5, 16);
const SUNDAY = Date.UTC(2026, 0, 4, 10);

const office = {
  name: 'Office',
  timeZone: 'Europe/Warsaw',
  weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
};

/** A message, then the schedule, which leads to messages "welcome" and "sorry". */
const project = (data: Readonly<Record<string, unknown>> = { scheduleId: 'office' }, change: object = {}) =>
  sketchProject(
    {
      start: { type: 'start', to: { next: 'hello' } },
      hello: { type: 'say', data: { prompt: 'hello' }, to: { next: 'm' } },
      m: { type: 'schedule', data, to: { open: 'welcome', closed: 'sorry' } },
      ...says('welcome', 'sorry'),
    },
    () => ({ schedules: { office: { ...office, ...change }, unused: office } }),
  );
const codes = (given: ReturnType<typeof project>) =>
  lowerProject(given)
    .diagnostics.filter(({ nodeId }) => nodeId === 'm')
    .map(({ code }) => code);

describe('a schedule', () => {
  test.each([
    [MONDAY_10_UTC, 'welcome', 'open'],
    [SUNDAY, 'sorry', 'closed'],
  ])('[SC5] leads by the time of the call: %s', (startedAtMs, says, output) => {
    const { lines, said } = runCall(project(), '', { startedAtMs });
    expect(said).toEqual(['hello', says]);
    expect(lines).toContain(`${PROMPT_MS} outcome m ${output}`);
  });

  test('[SC5] judges by the time at which the call gets there, not by its start', () => {
    expect(runCall(project(), '', { startedAtMs: MONDAY_17_LOCAL - PROMPT_MS - 1 }).said[1]).toBe('welcome');
    expect(runCall(project(), '', { startedAtMs: MONDAY_17_LOCAL - PROMPT_MS }).said[1]).toBe('sorry');
  });

  test('[SC5] [SC1] obeys the override', () => {
    const open = project({ scheduleId: 'office' }, { override: 'open' });
    expect(runCall(open, '', { startedAtMs: SUNDAY }).said[1]).toBe('welcome');
  });

  test.each([
    ['none chosen', {}, 'flow/no-schedule'],
    ['one that is gone', { scheduleId: 'gone' }, 'flow/unknown-schedule'],
    ['a name that every object inherits', { scheduleId: 'toString' }, 'flow/unknown-schedule'],
  ])('[SC6] %s is closed', (_what, data, code) => {
    expect(runCall(project(data), '', { startedAtMs: MONDAY_10_UTC }).said[1]).toBe('sorry');
    expect(codes(project(data))).toContain(code);
  });

  test('[SC2] an unknown time zone is closed, and reported', () => {
    const lost = project({ scheduleId: 'office' }, { timeZone: 'Nowhere/Else' });
    expect(runCall(lost, '', { startedAtMs: MONDAY_10_UTC }).said[1]).toBe('sorry');
    expect(codes(lost)).toEqual(['flow/unknown-time-zone']);
  });

  test('[LW9] only schedules that are used are in the program, without what people call them', () => {
    const { program } = lowerProject(project());
    expect(program.schedules).toEqual({ office: { ...office, name: undefined, holidays: {}, override: 'auto' } });
    const renamed = lowerProject(project({ scheduleId: 'office' }, { name: 'Other' })).program;
    expect(renamed.fingerprint).toBe(program.fingerprint);
  });
});

describe('the wait for the time', () => {
  const program = lowerProject(project()).program;
  const info = {
    callId: 'c',
    caller: { number: '' },
    target: { kind: 'number', numberId: 'line' },
    startedAtMs: SUNDAY,
  } as const;
  const begun = start(program, info).state;
  const played = outcomes(program, begun).find(({ id }) => id === 'prompt-finished');
  const judging = step(program, begun, played?.event ?? { type: 'caller-hung-up', atMs: 0 });

  test('[SC5] asks once, and takes no other answer', () => {
    expect(judging.effects.filter(({ type }) => type === 'time')).toEqual([{ type: 'time', timeId: 'time-2' }]);
    expect(changesNothing(program, judging.state, { type: 'time', timeId: 'time-1', atMs: 5 })).toBe(true);
    expect(changesNothing(program, judging.state, { type: 'digit', digit: '1', atMs: 5 })).toBe(true);
  });

  test('[SC7] has both outcomes, each with its time, and the call does not go on meanwhile', () => {
    const both = outcomes(program, judging.state);
    expect(both.map(({ id }) => id)).toEqual(['schedule:open', 'schedule:closed', 'caller-hung-up']);
    expect(both[0]?.event).toEqual({ type: 'time', timeId: 'time-2', wallMs: Date.UTC(2026, 0, 5, 8), atMs: 0 });
    expect(both[1]?.event).toEqual({ type: 'time', timeId: 'time-2', wallMs: SUNDAY, atMs: 0 });
    const taken = both.slice(0, 2).map(({ event }) => step(program, judging.state, event).state.wait);
    expect(taken).toMatchObject([{ opId: 'main/welcome' }, { opId: 'main/sorry' }]);
  });

  test('[SC7] a path is replayed by a call that starts at its time', () => {
    const open = outcomes(program, judging.state)[0]?.event;
    const wallMs = open?.type === 'time' ? (open.wallMs ?? 0) : 0;
    expect(only(runCall(program, '', { startedAtMs: wallMs }).lines, 'outcome')).toContain('outcome m open');
  });

  test('[SC7] what never changes has one outcome', () => {
    const closed = lowerProject(project({ scheduleId: 'office' }, { override: 'closed' })).program;
    const state = step(closed, start(closed, info).state, played?.event ?? { type: 'caller-hung-up', atMs: 0 }).state;
    expect(outcomes(closed, state).map(({ id }) => id)).toEqual(['schedule:closed', 'caller-hung-up']);
  });
});
