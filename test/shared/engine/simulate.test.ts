import { describe, expect, test } from 'vitest';
import { SimulatedCall } from '../../../shared/engine/driver.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { actions, menu, only, runCall, says, startingWith } from '../../support/engine-driver.ts';

const { program } = lowerProject(sampleProject('en'));
const target = { kind: 'number', numberId: 'main-line' } as const;

describe('a whole call at once', () => {
  test('the same script gives the same trace', () => {
    const script = { target, actions: actions('2@500 1@9000') };
    expect(simulate(program, script)).toEqual(simulate(program, script));
  });

  test('actions may come in any order', () => {
    const { trace } = simulate(program, { target, actions: actions('1@9000 2@500') });
    expect(trace).toEqual(simulate(program, { target, actions: actions('2@500 1@9000') }).trace);
  });

  test('an action at the very time of something else comes first', () => {
    const { lines } = runCall(startingWith(menu({ keys: ['1'] }, { 'key:1': 'a' }), says('a')), '1@1000');
    expect(lines).toContain('1000 prompt-interrupted m');
  });

  test('prompts take about as long as they would', () => {
    const { trace } = simulate(program, { target, actions: actions('x@60000') });
    const finished = trace.find(({ type }) => type === 'prompt-finished');
    expect(finished?.atMs).toBeGreaterThan(6000);
    expect(finished?.atMs).toBeLessThan(15_000);
  });

  test('recordings take as long as they last, slow speech longer', () => {
    const recording = { kind: 'audio', sha256: 'a'.repeat(64), fileName: 'a.mp3', durationMs: 1234 };
    const endMs = (prompt: object) => {
      const project = startingWith({ type: 'say', data: { prompt } });
      return simulate(lowerProject(project).program, { target: { kind: 'flow', flowId: 'main' } }).trace.at(-1)?.atMs;
    };
    expect(endMs(recording)).toBe(1234);
    expect(endMs({ kind: 'text', text: 'Hello there', speed: 0.5 })).toBe(11 * 140);
  });

  test('people answer and talk until the caller has had enough', () => {
    const { trace } = simulate(program, { target, actions: actions('0@500'), patienceMs: 90_000 });
    expect(trace.slice(-2)).toEqual([
      { atMs: 2500, type: 'answered', nodeId: 'operator', by: 'reception' },
      { atMs: 90_000, type: 'ended', by: 'caller', cause: 'normal' },
    ]);
  });

  test('queues are served', () => {
    const { trace } = simulate(program, { target, actions: actions('1@500'), world: { talkMs: 1000 } });
    expect(trace.at(-1)).toEqual({ atMs: 6500, type: 'ended', by: 'far-end', cause: 'normal' });
  });

  test('a queue that would be served too late is left by its time', () => {
    const { trace } = simulate(program, {
      target,
      actions: actions('1@0'),
      world: { queues: { sales: { outcome: 'answered', afterMs: 500_000 } } },
    });
    expect(
      trace.find(({ type, ...rest }) => type === 'outcome' && 'output' in rest && rest.output === 'timeout'),
    ).toEqual({
      atMs: 180_000,
      type: 'outcome',
      nodeId: 'sales',
      output: 'timeout',
    });
  });
});

describe('a call on a clock', () => {
  const begin = (world = {}) => {
    const clock = new ManualClock();
    const heard: TraceEntry[] = [];
    const info = { callId: 'c', caller: { number: '' }, target, startedAtMs: clock.wallMs() };
    clock.advance(777);
    const call = new SimulatedCall(program, info, { promptMs: 1000, ...world }, clock, (entry) => heard.push(entry));
    return { clock, call, heard };
  };

  test('tells each line as it is written, in time since the call began', () => {
    const { clock, call, heard } = begin();
    clock.advance(1000);
    expect(heard.at(-1)).toEqual({ atMs: 1000, type: 'prompt-finished', nodeId: 'main' });
    call.press('0');
    expect(heard.at(-1)).toMatchObject({ type: 'dialled', people: ['reception'] });
    expect(call.trace).toEqual(heard);
  });

  test('leaves no timer behind when it ends', () => {
    const { clock, call } = begin();
    clock.advance(1500);
    expect(clock.pending).toBe(1);
    call.hangUp();
    expect(call.hasEnded).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('leaves none behind when people were rung or talk', () => {
    const { clock, call } = begin({ talkMs: 60_000 });
    call.press('0');
    call.hangUp();
    expect(clock.pending).toBe(0);
    const talking = begin({ talkMs: 60_000 });
    talking.call.press('0');
    talking.clock.advance(3000);
    talking.call.press('5');
    expect(talking.clock.pending).toBe(1);
    talking.clock.advance(59_000);
    expect(talking.call.trace.at(-1)).toMatchObject({ type: 'ended', by: 'far-end', atMs: 62_000 });
    expect(talking.clock.pending).toBe(0);
  });

  test('a wait that a key ended is over', () => {
    const breakable = lowerProject(
      startingWith(
        { type: 'queue', data: { queueId: 'team', breakOutKey: '5' }, to: { 'key-pressed': 'a' } },
        says('a'),
      ),
    ).program;
    const clock = new ManualClock();
    const info = {
      callId: 'c',
      caller: { number: '' },
      target: { kind: 'flow', flowId: 'main' },
      startedAtMs: 0,
    } as const;
    const call = new SimulatedCall(breakable, info, {}, clock);
    call.press('4');
    expect(call.state.wait.kind).toBe('queue');
    call.press('5');
    expect(call.state.wait.kind).toBe('message');
    expect(clock.pending).toBe(1);
  });

  test('after its end keys do nothing', () => {
    const { call } = begin();
    call.hangUp();
    const lines = call.trace.length;
    call.press('1');
    call.hangUp();
    expect(call.trace).toHaveLength(lines);
  });
});

test('an answer scripted for one effect goes before whatever else the world would do', () => {
  const project = startingWith(
    { type: 'employee', data: { people: ['ann'] }, to: { busy: 'again' } },
    { again: { type: 'employee', data: { people: ['ann'] } } },
  );
  const busy = { type: 'dial-ended', dialId: 'dial-1', outcome: 'busy' } as const;
  const { lines } = runCall(project, '', { world: { answers: { 'dial-1': { afterMs: 700, event: busy } } } });
  expect(only(lines, 'outcome', 'answered')).toEqual(['outcome start next', 'outcome m busy', 'answered again ann']);
  expect(lines).toContain('700 outcome m busy');
});
