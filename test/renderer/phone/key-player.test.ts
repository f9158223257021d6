import { beforeEach, describe, expect, it } from 'vitest';
import { KeyPlayer } from '../../../renderer/phone/key-player.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import type { TestStep } from '../../../shared/flow/project-test.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { callSummary } from '../../support/fake-bridge.ts';

const entered = (nodeId: string): TraceEntry => ({ atMs: 0, type: 'node-entered', flowId: 'main', nodeId });
const speaks = (nodeId: string): TraceEntry => ({ atMs: 0, type: 'prompt-started', nodeId, prompts: [] });
const spoke = (nodeId: string): TraceEntry => ({ atMs: 0, type: 'prompt-finished', nodeId });
const listens = (nodeId: string) => ({
  flowId: 'main',
  nodeId,
  wait: 'digit' as const,
  endsAtMs: 5000,
  durationMs: 5000,
});

let clock: ManualClock;
let done: string[];
beforeEach(() => {
  clock = new ManualClock();
  done = [];
});
function player(...steps: TestStep[]): KeyPlayer {
  return new KeyPlayer(clock, steps, { press: (key) => done.push(key), hangUp: () => done.push('x') });
}
const press = (keys: string, when: Extract<TestStep, { kind: 'press' }>['when']): TestStep => ({
  kind: 'press',
  keys: [...keys] as Extract<TestStep, { kind: 'press' }>['keys'],
  when,
});

describe('playing keys in a real call', () => {
  it('into a prompt, once it is heard at the very node', () => {
    const one = player(press('1', { kind: 'during-prompt', nodeId: 'menu', delayMs: 400 }));
    one.watch({ summary: callSummary(), trace: [entered('hello'), speaks('hello')] });
    clock.advance(5000);
    expect(done).toEqual([]);
    one.watch({ summary: callSummary(), trace: [entered('hello'), spoke('hello'), entered('menu'), speaks('menu')] });
    clock.advance(399);
    expect(done).toEqual([]);
    clock.advance(1);
    expect(done).toEqual(['1']);
  });

  it('after a prompt, however long it takes: as soon as a key is waited for', () => {
    const one = player(press('12', { kind: 'prompt-end', nodeId: 'menu', delayMs: 0 }));
    const trace = [entered('menu'), speaks('menu')];
    one.watch({ summary: callSummary(), trace });
    one.watch({ summary: callSummary(), trace: [...trace, spoke('menu')] });
    clock.advance(60_000);
    expect(done).toEqual([]);
    one.watch({ summary: callSummary({ countdown: listens('menu') }), trace: [...trace, spoke('menu')] });
    clock.advance(0);
    expect(done).toEqual(['1']);
    clock.advance(300);
    expect(done).toEqual(['1', '2']);
    clock.advance(300);
    expect(one.progress).toEqual({ done: 1, of: 1 });
  });

  it('the second time at a menu only then, and a silence is let pass', () => {
    const one = player({ kind: 'stay-silent' }, press('9', { kind: 'at-node', nodeId: 'menu', visit: 2, delayMs: 0 }), {
      kind: 'hang-up',
      when: { kind: 'after', delayMs: 1000 },
    });
    const first = [entered('menu'), spoke('menu')];
    one.watch({ summary: callSummary(), trace: first });
    const silent = [...first, { atMs: 1, type: 'timer-fired', nodeId: 'menu', timer: 'first-digit' } as const];
    one.watch({ summary: callSummary(), trace: silent });
    clock.advance(0);
    expect([done, one.progress.done]).toEqual([[], 1]);
    one.watch({ summary: callSummary(), trace: [...silent, entered('menu')] });
    clock.advance(300);
    expect(done).toEqual(['9']);
    clock.advance(1000);
    expect(done).toEqual(['9', 'x']);
  });

  it('nothing any more once it is stopped or the call is over', () => {
    const step = press('1', { kind: 'after', delayMs: 500 });
    const stopped = player(step);
    stopped.watch({ summary: callSummary(), trace: [] });
    stopped.stop();
    const over = player(step);
    over.watch({ summary: callSummary({ endedAtMs: 1 }), trace: [] });
    clock.advance(10_000);
    expect([done, over.progress]).toEqual([[], { done: 0, of: 1 }]);
    expect(clock.pending).toBe(0);
  });
});
