import { describe, expect, test } from 'vitest';
import type { CallInfo } from '../../../shared/engine/events.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../shared/engine/outcomes.ts';
import { type FlowState, stateKey } from '../../../shared/engine/state.ts';
import { start, step } from '../../../shared/engine/step.ts';
import { menu, type NodeSketch, says, startingWith } from '../../support/engine-driver.ts';

const callFrom = (number: string): CallInfo => ({
  callId: `call-${number}`,
  caller: { number },
  target: { kind: 'number', numberId: 'line' },
  startedAtMs: 1,
});

/** A call to a flow that begins with the node; `happen` takes outcomes by their ids. */
function begin(node: NodeSketch, others: Record<string, NodeSketch> = {}, caller = '1') {
  const { program } = lowerProject(startingWith(node, others));
  const ids = (state: FlowState) => outcomes(program, state).map(({ id }) => id);
  const happen = (state: FlowState, ...path: readonly string[]): FlowState =>
    path.reduce((at, id) => {
      const outcome = outcomes(program, at).find((one) => one.id === id);
      if (!outcome) throw new Error(`${id} cannot happen here`);
      return step(program, at, outcome.event).state;
    }, state);
  return { program, state: start(program, callFrom(caller)).state, ids, happen };
}

const played = ['prompt-finished', 'prompt-failed'];

describe('outcomes', () => {
  test('[EN9] of a message', () => {
    const plain = begin({ type: 'say', data: { prompt: 'a' } });
    expect(plain.ids(plain.state)).toEqual([...played, 'caller-hung-up']);
    const skippable = begin({ type: 'say', data: { prompt: 'a', skippable: true } });
    expect(skippable.ids(skippable.state)).toEqual([...played, 'digit:other', 'caller-hung-up']);
  });

  test('[EN9] of a menu: keys that lead on, one for all others', () => {
    const { state, ids, happen } = begin(menu({ keys: ['1', '5'] }));
    const digits = ['digit:1', 'digit:other', 'digit:5'];
    expect(ids(state)).toEqual([...played, ...digits, 'caller-hung-up']);
    expect(ids(happen(state, 'prompt-finished'))).toEqual(['timeout', ...digits, 'caller-hung-up']);
  });

  test('[EN9] digits that do nothing are not among them', () => {
    const none = begin(menu({ keys: ['1'], bargeIn: 'none' }));
    expect(none.ids(none.state)).toEqual([...played, 'caller-hung-up']);
    const valid = begin(menu({ keys: ['1'], bargeIn: 'valid-only', hash: 'ignored' }));
    expect(valid.ids(valid.state)).toEqual([...played, 'digit:1', 'caller-hung-up']);
  });

  test('[EN9] within an entry', () => {
    const { state, ids, happen } = begin(menu({ directDial: { kind: 'everyone' }, hash: 'terminator' }));
    expect(ids(happen(state, 'prompt-finished', 'digit:1'))).toEqual([
      'timeout',
      'digit:other',
      'digit:0',
      'digit:#',
      'caller-hung-up',
    ]);
  });

  test('[EN9] of a timer, of ringing and of waiting come when they are due', () => {
    const dial = begin({ type: 'employee', data: { people: ['ann', 'bob'], rings: 2 } });
    const due = (id: string, { program, state }: typeof dial) =>
      outcomes(program, state).find((outcome) => outcome.id === id)?.event.atMs;
    expect(due('dial:no-answer', dial)).toBe(20_000);
    expect(dial.ids(dial.state)).toEqual([
      'dial:answered',
      'dial:no-answer',
      'dial:busy',
      'dial:unavailable',
      'caller-hung-up',
    ]);
    const queue = begin({ type: 'queue', data: { queueId: 'team', breakOutKey: '1' } });
    expect(due('queue:timeout', queue)).toBe(60_000);
    expect(queue.ids(queue.state)).toContain('queue:key-pressed');
    const entry = begin(menu({ firstDigitTimeoutMs: 700 }));
    expect(due('timeout', { ...entry, state: entry.happen(entry.state, 'prompt-finished') })).toBe(700);
  });

  test('[EN9] of a conversation, and of a call that is over', () => {
    const { state, ids, happen } = begin({ type: 'employee', data: { people: ['ann'] } });
    const talking = happen(state, 'dial:answered');
    expect(ids(talking)).toEqual(['far-end-hung-up', 'caller-hung-up']);
    expect(ids(happen(talking, 'far-end-hung-up'))).toEqual([]);
  });
});

describe('state keys', () => {
  test('[EN9] do not tell callers, times and ids apart', () => {
    const one = begin(menu({ keys: ['1'] }), {}, '1');
    const other = begin(menu({ keys: ['1'] }), {}, '2');
    expect(stateKey(one.state)).toBe(stateKey(other.state));
    const repeating = begin(menu({ repeatKeys: ['9'] }));
    const again = repeating.happen(repeating.state, 'prompt-finished', 'digit:9');
    const andAgain = repeating.happen(again, 'prompt-finished', 'digit:9');
    expect(andAgain).not.toEqual(again);
    expect(stateKey(andAgain)).toBe(stateKey(again));
  });

  test('[EN9] tell apart what behaves differently', () => {
    const { state, happen } = begin(
      menu({ keys: ['1'], directDial: { kind: 'everyone' } }, { 'key:1': 'a' }),
      says('a'),
    );
    const states = [
      state,
      happen(state, 'prompt-finished'),
      happen(state, 'prompt-finished', 'digit:1'),
      happen(state, 'prompt-finished', 'digit:1', 'digit:0'),
      happen(state, 'prompt-finished', 'timeout'),
      happen(state, 'prompt-finished', 'digit:other'),
      happen(state, 'digit:1', 'timeout'),
      happen(state, 'caller-hung-up'),
    ];
    expect(new Set(states.map(stateKey)).size).toBe(states.length);
  });

  test('[EN9] a menu with everything has finitely many, all found by its outcomes', () => {
    const { program, state } = begin(
      menu({
        keys: ['1'],
        repeatKeys: ['9'],
        matchMode: 'wait-full',
        hash: 'terminator',
        directDial: { kind: 'everyone' },
      }),
    );
    const seen = new Set([stateKey(state)]);
    const open = [state];
    for (let at = open.pop(); at; at = open.pop()) {
      for (const { event } of outcomes(program, at)) {
        const next = step(program, at, event).state;
        if (seen.has(stateKey(next))) continue;
        seen.add(stateKey(next));
        open.push(next);
      }
    }
    expect(seen.size).toBeGreaterThan(50);
    expect(seen.size).toBeLessThan(20_000);
  });
});
