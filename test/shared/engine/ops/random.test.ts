import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import { outputsOf } from '../../../../shared/flow/catalogue.ts';
import { changesNothing, only, runCall, sketchNode, startingWith } from '../../../support/engine-driver.ts';

const branches = (...weights: readonly number[]) => weights.map((weight, index) => ({ id: `b${index}`, weight }));
const project = (...weights: readonly number[]) =>
  startingWith({ type: 'random', data: { branches: branches(...weights) } });
/** The branch that is taken when the number is drawn. */
const taken = (given: ReturnType<typeof project>, drawn: number) =>
  only(runCall(given, '', { world: { random: [drawn] } }).lines, 'outcome').at(-1);

describe('a split by chance', () => {
  test.each([
    [0, 'b0'],
    [0.2499, 'b0'],
    [0.25, 'b2'],
    [0.9999999, 'b2'],
  ])('[RN1] [RN2] %s of shares 1, 0, 3 is %s', (drawn, branch) => {
    expect(taken(project(1, 0, 3), drawn)).toBe(`outcome m branch:${branch}`);
  });

  const program = lowerProject(project(1, 1)).program;
  const target = { kind: 'number', numberId: 'line' } as const;
  const begun = start(program, { callId: 'c', caller: { number: '' }, target, startedAtMs: 0 });

  test('[RN1] asks once, and takes no other answer', () => {
    expect(begun.effects.filter(({ type }) => type === 'random')).toEqual([{ type: 'random', randomId: 'random-1' }]);
    for (const value of [-0.1, 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(changesNothing(program, begun.state, { type: 'random', randomId: 'random-1', value, atMs: 0 })).toBe(true);
    }
    const stale = { type: 'random', randomId: 'random-0', value: 0.1, atMs: 0 } as const;
    expect(changesNothing(program, begun.state, stale)).toBe(true);
  });

  test.each([
    [[0, 0], 'b0', ['flow/no-weight']],
    [[0, 7], 'b1', []],
    [[3], 'b0', []],
  ])('[RN2] with weights %j nothing is drawn', (weights, branch, codes) => {
    const given = lowerProject(project(...weights));
    const { effects } = start(given.program, begun.state.call);
    expect(effects.some(({ type }) => type === 'random')).toBe(false);
    const outcome = { type: 'outcome', nodeId: 'm', output: `branch:${branch}`, atMs: 0 };
    expect(effects).toContainEqual({ type: 'trace', entry: outcome });
    expect(given.diagnostics.map(({ code }) => code).filter((code) => code !== 'flow/open-output')).toEqual(codes);
  });

  test('[RN3] has an outcome for each branch that may be taken', () => {
    const given = lowerProject(project(1, 0, 3)).program;
    const { state } = start(given, begun.state.call);
    const all = outcomes(given, state).slice(0, -1);
    expect(all.map(({ id }) => id)).toEqual(['random:branch:b0', 'random:branch:b2']);
    for (const { id, event } of all) {
      const lines = step(given, state, event).effects.map((effect) => effect.type === 'trace' && effect.entry);
      expect(lines).toContainEqual({ type: 'outcome', nodeId: 'm', output: id.slice('random:'.length), atMs: 0 });
    }
  });

  test('the simulator draws the given numbers, then goes by its seed', () => {
    const many = project(...Array<number>(20).fill(1));
    const by = (seed?: number) => only(runCall(many, '', { world: seed ? { seed } : {} }).lines, 'outcome').join();
    expect(by()).toBe(by(1));
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => by(seed))).size).toBeGreaterThan(2);
  });

  test('over many seeds each branch gets about its share', () => {
    const given = lowerProject(project(1, 3)).program;
    let first = 0;
    for (let seed = 1; seed <= 1000; seed++) {
      if (only(runCall(given, '', { world: { seed } }).lines, 'outcome').includes('outcome m branch:b0')) first++;
    }
    expect(first).toBeGreaterThan(200);
    expect(first).toBeLessThan(300);
  });
});

describe('its outputs', () => {
  test('are captioned by name and share; what is never taken need not lead anywhere', () => {
    const data = { branches: [{ id: 'a', name: 'New', weight: 1 }, ...branches(2, 0)] };
    expect(outputsOf(sketchNode('m', { type: 'random', data }))).toEqual([
      { id: 'branch:a', kind: 'outcome', need: 'required', caption: 'New · 33.3%' },
      { id: 'branch:b0', kind: 'outcome', need: 'required', caption: '66.7%' },
      { id: 'branch:b1', kind: 'outcome', need: 'optional', caption: '0%' },
    ]);
  });
});
