import { describe, expect, test } from 'vitest';
import { type Countdown, countdownAfter } from '../../../shared/engine/countdown.ts';
import { SimulatedCall } from '../../../shared/engine/driver.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../shared/engine/outcomes.ts';
import { start, step } from '../../../shared/engine/step.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { menu, type NodeSketch, PROMPT_MS, says, startingWith } from '../../support/engine-driver.ts';

const CALL = {
  callId: 'c',
  caller: { number: '600100200' },
  target: { kind: 'flow', flowId: 'main' },
  startedAtMs: 0,
} as const;

function callOf(first: NodeSketch) {
  const { program } = lowerProject(startingWith(first, says('a')));
  const clock = new ManualClock();
  return { program, clock, call: new SimulatedCall(program, CALL, { promptMs: PROMPT_MS }, clock) };
}

describe('what runs down', () => {
  test('the time for the first key, from the end of the prompt; then the one between keys', () => {
    const times = { firstDigitTimeoutMs: 4000, interDigitTimeoutMs: 1500 };
    const { call, clock } = callOf(menu({ ...times, keys: ['1', '2'], directDial: { kind: 'everyone' } }));
    expect(call.countdown, 'while the prompt is heard').toBeNull();
    clock.advance(PROMPT_MS);
    expect(call.countdown).toMatchObject({
      flowId: 'main',
      nodeId: 'm',
      wait: 'digit',
      beganAtMs: PROMPT_MS,
      durationMs: 4000,
    });
    clock.advance(700);
    call.press('1');
    expect(call.countdown).toMatchObject({ wait: 'digit', beganAtMs: PROMPT_MS + 700, durationMs: 1500 });
    call.hangUp();
    expect(call.countdown).toBeNull();
  });

  test.each([
    [{ type: 'employee', data: { people: ['ann', 'bob'], rings: 2 } }, 'ringing', 20_000],
    [{ type: 'employee', data: { people: ['ann', 'bob'], rings: 2, mode: 'all' } }, 'ringing', 10_000],
    [{ type: 'queue', data: { queueId: 'team', maxWaitMs: 90_000 } }, 'queue', 90_000],
    [{ type: 'request', data: { url: 'https://example.org/', timeoutMs: 3000 } }, 'request', 3000],
  ] as const)('%j', (node, wait, durationMs) => {
    const { call } = callOf(node as NodeSketch);
    expect(call.countdown).toMatchObject({ nodeId: 'm', wait, durationMs });
  });

  test('a message that is recorded, until it is being put away', () => {
    const { call, clock } = callOf({ type: 'voicemail', data: { mailbox: { kind: 'person', personId: 'ann' } } });
    while (call.countdown === null && clock.nextDueMs !== undefined) clock.advance(clock.nextDueMs - clock.nowMs());
    expect(call.countdown).toMatchObject({ wait: 'recording' });
  });

  test('an event without meaning changes nothing of it, and whatever happens it belongs to the wait', () => {
    const { program } = lowerProject(startingWith(menu({ keys: ['1'] }, { 'key:1': 'a' }), says('a')));
    let result = start(program, CALL);
    let countdown: Countdown | null = countdownAfter(program, result, null);
    for (let steps = 0; steps < 40 && result.state.wait.kind !== 'ended'; steps++) {
      const before = countdown;
      const stale = step(program, result.state, { type: 'timer', timerId: 'gone', atMs: result.state.atMs });
      expect(countdownAfter(program, stale, before)).toBe(before);
      const event = outcomes(program, result.state)[0]?.event;
      if (!event) break;
      result = step(program, result.state, event);
      countdown = countdownAfter(program, result, countdown);
      expect(countdown !== null).toBe(result.state.wait.kind === 'menu-entry');
    }
  });
});
