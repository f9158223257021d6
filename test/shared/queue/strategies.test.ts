import { describe, expect, test } from 'vitest';
import { type Candidate, choose } from '../../../shared/queue/strategies.ts';

function candidates(...sketches: Partial<Candidate>[]): Candidate[] {
  return sketches.map((sketch, index) => ({
    personId: 'abcdef'[index] ?? '',
    penalty: 0,
    index,
    calls: 0,
    lastCallMs: undefined,
    ...sketch,
  }));
}

const context = { lastRungIndex: -1, random: () => 0 };

test.each(['ringall', 'linear', 'rrmemory', 'leastrecent', 'fewestcalls', 'random', 'wrandom'] as const)(
  '%s chooses nobody out of nobody',
  (strategy) => expect(choose(strategy, [], context)).toEqual([]),
);

test('ringall rings everyone of the lowest penalty', () => {
  expect(choose('ringall', candidates({ penalty: 1 }, {}, {}), context)).toEqual(['b', 'c']);
});

test('linear rings the first of the list, whatever order they are given in', () => {
  expect(choose('linear', candidates({}, {}, {}).reverse(), context)).toEqual(['a']);
});

test('rrmemory rings the one after the last one, and begins again at the end', () => {
  const all = candidates({}, {}, {});
  const order = [-1, 0, 1, 2].map((lastRungIndex) => choose('rrmemory', all, { ...context, lastRungIndex })[0]);
  expect(order).toEqual(['a', 'b', 'c', 'a']);
  expect(choose('rrmemory', candidates({}, {}, {}).slice(0, 1), { ...context, lastRungIndex: 1 })).toEqual(['a']);
});

test('leastrecent rings who has waited longest for a call, first who never had one', () => {
  expect(choose('leastrecent', candidates({ lastCallMs: 5 }, { lastCallMs: 3 }, { lastCallMs: 9 }), context)).toEqual([
    'b',
  ]);
  expect(choose('leastrecent', candidates({ lastCallMs: 0 }, {}, {}), context)).toEqual(['b']);
});

test('fewestcalls rings who took the fewest', () => {
  expect(choose('fewestcalls', candidates({ calls: 3 }, { calls: 1 }, { calls: 1 }), context)).toEqual(['b']);
});

test('random reaches everyone', () => {
  const chosen = [0, 0.34, 0.99].map(
    (value) => choose('random', candidates({}, {}, {}), { ...context, random: () => value })[0],
  );
  expect(chosen).toEqual(['a', 'b', 'c']);
});

describe('penalties', () => {
  test.each(['linear', 'rrmemory', 'leastrecent', 'fewestcalls', 'random'] as const)(
    '%s: the lower one goes first',
    (strategy) => {
      expect(choose(strategy, candidates({ penalty: 2 }, { penalty: 1, calls: 9, lastCallMs: 99 }), context)).toEqual([
        'b',
      ]);
    },
  );

  test('wrandom: a penalty is a weight, n makes 1/(n+1)', () => {
    const counts = { a: 0, b: 0 };
    for (let i = 0; i < 400; i++) {
      const [chosen] = choose('wrandom', candidates({}, { penalty: 2 }), { ...context, random: () => i / 400 });
      counts[chosen as 'a' | 'b']++;
    }
    expect(counts).toEqual({ a: 300, b: 100 });
  });
});
