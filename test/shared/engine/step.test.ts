import { describe, expect, test } from 'vitest';
import type { CallInfo, Effect, EngineEvent } from '../../../shared/engine/events.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import type { FlowProgram } from '../../../shared/engine/program.ts';
import { start, step } from '../../../shared/engine/step.ts';
import type { Project } from '../../../shared/flow/project.ts';
import {
  changesNothing,
  deepFreeze,
  menu,
  runCall,
  says,
  sketchProject,
  startingWith,
} from '../../support/engine-driver.ts';

const callTo = (numberId: string): CallInfo => ({
  callId: 'c1',
  caller: { number: '500' },
  target: { kind: 'number', numberId },
  startedAtMs: 0,
});

function begin(project: Project, call = callTo('line')) {
  const program = deepFreeze(lowerProject(project).program);
  return { program, ...start(program, call) };
}

/** Kinds of effects, traces by what they say. */
const kinds = (effects: readonly Effect[]) =>
  effects.map((effect) => (effect.type === 'trace' ? `trace ${effect.entry.type}` : effect.type));

const simple = startingWith(menu({ keys: ['1'] }, { 'key:1': 'a' }), says('a'));

describe('entering', () => {
  test('[EN1] [EN6] a number with a flow: answered by the start node, once', () => {
    expect(kinds(begin(simple).effects)).toEqual([
      'trace call-started',
      'trace node-entered',
      'answer',
      'trace outcome',
      'trace node-entered',
      'play',
      'trace prompt-started',
    ]);
  });

  test('[EN1] a number that does not use the voice menu', () => {
    const numbers = (handling: object) => ({
      numbers: { line: { number: '100', defaultHandling: handling, useVoiceMenu: false, flowId: 'main' } },
    });
    const person = begin(sketchProject({}, () => numbers({ kind: 'person', personId: 'ann' })));
    // [EN6] The bridge will answer it.
    expect(kinds(person.effects)).toEqual(['trace call-started', 'trace default-handling', 'dial', 'trace dialled']);
    const queue = begin(sketchProject({}, () => numbers({ kind: 'queue', queueId: 'team' })));
    expect(kinds(queue.effects).slice(2)).toEqual(['answer', 'enqueue', 'trace queued']);
    const nobody = begin(sketchProject({}, () => numbers({ kind: 'hang-up' })));
    expect(kinds(nobody.effects).slice(2)).toEqual(['trace ended', 'hang-up']);
  });

  test.each(['nowhere', 'constructor', '__proto__'])('[EN1] an unknown number, %s, ends with failure', (numberId) => {
    const { state, effects } = begin(simple, callTo(numberId));
    expect(effects.at(-1)).toEqual({ type: 'hang-up', cause: 'failure' });
    expect(state.wait).toMatchObject({ kind: 'ended', cause: 'failure' });
  });

  test('[EN1] [LW7] a flow directly', () => {
    const { trace } = runCall(simple, 'x@10', { target: { kind: 'flow', flowId: 'main' } });
    expect(trace[1]).toMatchObject({ type: 'node-entered', flowId: 'main', nodeId: 'start' });
    const unknown = runCall(simple, '', { target: { kind: 'flow', flowId: 'toString' } });
    expect(unknown.trace.at(-1)).toMatchObject({ type: 'ended', cause: 'failure' });
  });
});

describe('events out of place', () => {
  const { program, state } = begin(simple);
  const stale: readonly EngineEvent[] = [
    { type: 'prompt-finished', playId: 'play-99', atMs: 5 },
    { type: 'prompt-failed', playId: '', reason: '', atMs: 5 },
    { type: 'timer', timerId: 'timer-1', atMs: 5 },
    { type: 'dial-ended', dialId: 'dial-1', outcome: 'answered', atMs: 5 },
    { type: 'queue-ended', enqueueId: 'queue-1', outcome: 'timeout', atMs: 5 },
    { type: 'far-end-hung-up', atMs: 5 },
    { type: 'digit', digit: 'A' as '1', atMs: 5 },
    { type: 'no-such-event', atMs: 5 } as unknown as EngineEvent,
  ];

  test.each(stale)('[EN2] $type changes nothing', (event) => {
    expect(changesNothing(program, state, event)).toBe(true);
  });

  test('[EN2] a prompt that was interrupted may still end: nothing happens', () => {
    const playId = state.wait.kind === 'menu-prompt' ? state.wait.playId : '';
    const interrupted = step(program, state, { type: 'digit', digit: '7', atMs: 10 }).state;
    expect(changesNothing(program, interrupted, { type: 'prompt-finished', playId, atMs: 20 })).toBe(true);
  });

  test('[EN2] an outcome that there is not changes nothing', () => {
    const dial = begin(startingWith({ type: 'employee', data: { people: ['ann'] } }));
    const event = { type: 'dial-ended', dialId: 'dial-1', outcome: 'constructor', atMs: 1 } as unknown as EngineEvent;
    expect(changesNothing(dial.program, dial.state, event)).toBe(true);
  });

  test('[EN2] nothing happens after the end', () => {
    const { state: ended } = step(program, state, { type: 'caller-hung-up', atMs: 10 });
    for (const event of [...stale, { type: 'caller-hung-up', atMs: 20 } as const]) {
      expect(changesNothing(program, ended, event)).toBe(true);
    }
  });

  test('[EN2] a state of another program stays as it is, but for the caller hanging up', () => {
    const other = begin(sketchProject({ start: { type: 'start' } })).program;
    expect(changesNothing(other, state, { type: 'digit', digit: '1', atMs: 5 })).toBe(true);
    expect(step(other, state, { type: 'caller-hung-up', atMs: 5 }).state.wait.kind).toBe('ended');
  });
});

describe('the state', () => {
  test('[EN3] is never written to', () => {
    const { program, state } = begin(simple);
    deepFreeze(state);
    const before = JSON.stringify(state);
    const next = deepFreeze(step(program, state, { type: 'digit', digit: '7', atMs: 10 }).state);
    step(program, next, { type: 'digit', digit: '1', atMs: 20 });
    expect(JSON.stringify(state)).toBe(before);
  });

  test.each([-5, Number.NaN, Number.POSITIVE_INFINITY])('[EN3] an event at %s counts as at the last one', (atMs) => {
    const { program, state } = begin(simple);
    const later = step(program, state, { type: 'digit', digit: '7', atMs: 100 }).state;
    const { state: next, effects } = step(program, later, { type: 'digit', digit: '7', atMs });
    expect(next.atMs).toBe(100);
    expect(effects.every((effect) => effect.type !== 'trace' || effect.entry.atMs === 100)).toBe(true);
  });
});

describe('what a digit sets going', () => {
  const entry = startingWith(menu({ keys: ['1'], directDial: { kind: 'everyone' } }, { 'key:1': 'a' }), says('a'));
  const digit = (key: '1' | '0', atMs: number): EngineEvent => ({ type: 'digit', digit: key, atMs });

  test('[MN3] [MN6] the prompt stops, then one timer runs at a time', () => {
    const { program, state } = begin(entry);
    const first = step(program, state, digit('1', 10));
    const second = step(program, first.state, digit('0', 20));
    const done = step(program, second.state, digit('1', 30));
    expect([first, second, done].map(({ effects }) => effects.filter(({ type }) => type !== 'trace'))).toEqual([
      [
        { type: 'stop-playback', playId: 'play-1' },
        { type: 'start-timer', timerId: 'timer-2', delayMs: 3000 },
      ],
      [
        { type: 'stop-timer', timerId: 'timer-2' },
        { type: 'start-timer', timerId: 'timer-3', delayMs: 3000 },
      ],
      [
        { type: 'stop-timer', timerId: 'timer-3' },
        { type: 'dial', dialId: 'dial-4', people: ['ann'], mode: 'in-order', ringMs: 20_000 },
      ],
    ]);
  });
});

test('[EN6] a call that only rang is answered by the bridge', () => {
  const line = { number: '1', defaultHandling: { kind: 'person', personId: 'ann' }, useVoiceMenu: false };
  const { program, state } = begin(sketchProject({}, () => ({ numbers: { line } })));
  expect(state.answered).toBe(false);
  const bridged = step(program, state, { type: 'dial-ended', dialId: 'dial-1', outcome: 'answered', atMs: 1 });
  expect(bridged.state.answered).toBe(true);
  expect(kinds(bridged.effects)).toEqual(['trace answered']);
});

describe('the caller hangs up', () => {
  const hangUp = (project: Project, ...events: readonly EngineEvent[]) => {
    const { program, state } = begin(project);
    const before = events.reduce((at, event) => step(program, at, event).state, state);
    return step(program, before, { type: 'caller-hung-up', atMs: 50_000 }).effects;
  };

  test('[EN4] during a prompt', () => {
    expect(kinds(hangUp(simple))).toEqual(['stop-playback', 'trace prompt-interrupted', 'trace ended']);
  });

  test('[EN4] while a digit is awaited', () => {
    const finished: EngineEvent = { type: 'prompt-finished', playId: 'play-1', atMs: 10 };
    expect(kinds(hangUp(simple, finished))).toEqual(['stop-timer', 'trace ended']);
  });

  test('[EN4] while people are rung, while waiting in a queue, while talking', () => {
    const dial = startingWith({ type: 'employee', data: { people: ['ann'] } });
    const queue = startingWith({ type: 'queue', data: { queueId: 'team' } });
    const answered: EngineEvent = { type: 'dial-ended', dialId: 'dial-1', outcome: 'answered', atMs: 10 };
    for (const effects of [hangUp(dial), hangUp(queue), hangUp(dial, answered)]) {
      expect(effects).toEqual([
        { type: 'trace', entry: { atMs: 50_000, type: 'ended', by: 'caller', cause: 'normal' } },
      ]);
    }
  });
});

test.each(['normal', 'busy', 'rejected'])('[EN5] a hang-up node ends the call: %s', (cause) => {
  const { effects } = begin(startingWith({ type: 'hang-up', data: { cause } }));
  expect(effects.slice(-2)).toEqual([
    { type: 'trace', entry: { atMs: 0, type: 'ended', by: 'flow', cause } },
    { type: 'hang-up', cause },
  ]);
});

test('[EN1] a damaged program ends calls instead of throwing', () => {
  const { program } = begin(simple);
  const damaged: FlowProgram = { ...program, ops: {} };
  expect(start(damaged, callTo('line')).state.wait).toMatchObject({ kind: 'ended', cause: 'failure' });
});
