import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { dialling, playing, type World, waiting } from '../../../shared/engine/world.ts';
import { says, sketchProject } from '../../support/engine-driver.ts';

const dial = (people: readonly string[], mode: 'all' | 'in-order' = 'in-order') =>
  ({ type: 'dial', dialId: 'dial-1', people, mode, ringMs: 10_000 }) as const;
const enqueue = { type: 'enqueue', enqueueId: 'queue-1', queueId: 'q', maxWaitMs: 60_000 } as const;

describe('ringing', () => {
  test('whoever is not named answers', () => {
    expect(dialling({}, dial(['constructor']))).toEqual({ outcome: 'answered', afterMs: 2000, by: 'constructor' });
  });

  test('[DL1] all at once: the attempt ends when the last one has', () => {
    const world: World = { people: { a: { outcome: 'busy', afterMs: 300 }, b: { outcome: 'unavailable' } } };
    expect(dialling(world, dial(['a', 'b'], 'all'))).toEqual({ outcome: 'busy', afterMs: 300 });
  });

  test('[DL1] one after the other: times add up', () => {
    const world: World = { people: { a: { outcome: 'busy', afterMs: 300 }, b: { outcome: 'no-answer' } } };
    expect(dialling(world, dial(['a', 'b', 'c']))).toEqual({ outcome: 'answered', afterMs: 12_300, by: 'c' });
    expect(dialling(world, dial(['a', 'b']))).toEqual({ outcome: 'no-answer', afterMs: 10_300 });
  });
});

describe('queues', () => {
  test('one that is not named is served', () => {
    expect(waiting({}, enqueue)).toEqual({ outcome: 'answered', afterMs: 5000 });
  });

  test('ends as it is told, and no later than the longest wait', () => {
    const with_ = (queue: NonNullable<World['queues']>[string]) => waiting({ queues: { q: queue } }, enqueue);
    expect(with_({ outcome: 'full' })).toEqual({ outcome: 'full', afterMs: 0 });
    expect(with_({ outcome: 'timeout', afterMs: 1 })).toEqual({ outcome: 'timeout', afterMs: 60_000 });
    expect(with_({ outcome: 'answered', afterMs: 60_000 })).toEqual({ outcome: 'timeout', afterMs: 60_000 });
    expect(with_({ outcome: 'answered', afterMs: 9, by: 'a' })).toEqual({ outcome: 'answered', afterMs: 9, by: 'a' });
  });
});

describe('prompts', () => {
  const { program } = lowerProject(sketchProject(says('one', 'three')));
  const [one, three] = ['one', 'three'].map((text) =>
    Object.keys(program.prompts).find((key) => JSON.stringify(program.prompts[key]).includes(`"${text}"`)),
  ) as [string, string];

  test('play one after the other', () => {
    expect(playing({}, program, [one, three])).toEqual({ durationMs: 8 * 70, failed: false });
    expect(playing({ promptMs: 100 }, program, [one, three])).toEqual({ durationMs: 200, failed: false });
    const world: World = { promptMs: 100, prompts: { [three]: 5 } };
    expect(playing(world, program, [one, three])).toEqual({ durationMs: 105, failed: false });
  });

  test('[EN7] fail when one of them does, after what went before', () => {
    const world: World = { promptMs: 100, prompts: { [three]: 'fails' } };
    expect(playing(world, program, [one, three, one])).toEqual({ durationMs: 100, failed: true });
  });

  test('[EN7] fail when there is nothing to play', () => {
    expect(playing({}, program, ['none'])).toEqual({ durationMs: 0, failed: true });
  });
});
