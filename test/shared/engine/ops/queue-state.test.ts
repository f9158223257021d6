import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import { type NodeSketch, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const WAYS = ['free', 'busy', 'crowded', 'nobody'];
const looking = (data: NodeSketch['data'] = {}) =>
  startingWith(
    { type: 'queue-state', data: { queueId: 'team', ...data }, to: Object.fromEntries(WAYS.map((way) => [way, way])) },
    says(...WAYS),
  );
const standing = (free: number, here: number, waiting: number) => ({
  world: { queueStates: { team: { free, here, waiting } } },
});

describe('looking at a queue', () => {
  test.each([
    [[1, 2, 0], 'free'],
    [[0, 2, 0], 'busy'],
    [[0, 0, 0], 'nobody'],
    [[0, 0, 9], 'nobody'],
    [[1, 2, 3], 'crowded'],
    [[1, 2, 2], 'free'],
  ] as const)('[QS2] free, here, waiting %j: %s', ([free, here, waiting], way) => {
    expect(runCall(looking({ crowdedAt: 3 }), '', standing(free, here, waiting)).said).toEqual([way]);
  });

  test('[QS2] without a limit it is never crowded', () => {
    expect(runCall(looking(), '', standing(0, 1, 99)).said).toEqual(['busy']);
  });

  test('[QS1] a queue that is not there, or not chosen, has nobody', () => {
    for (const queueId of ['gone', undefined]) {
      expect(runCall(looking({ queueId })).said).toEqual(['nobody']);
      const { diagnostics } = lowerProject(looking({ queueId, crowdedAt: 1 }));
      expect(diagnostics.filter(({ nodeId }) => nodeId === 'm')).toHaveLength(1);
    }
  });

  test('[QS3] each way can happen', () => {
    for (const crowdedAt of [undefined, 2]) {
      const { program } = lowerProject(looking({ crowdedAt }));
      const call = {
        callId: 'c',
        caller: { number: '' },
        target: { kind: 'flow', flowId: 'main' },
        startedAtMs: 0,
      } as const;
      const { state } = start(program, call);
      const left = outcomes(program, state)
        .filter(({ id }) => id.startsWith('queue:'))
        .map(({ id, event }) => {
          const outcome = step(program, state, event).effects.find(
            (one) => one.type === 'trace' && one.entry.type === 'outcome',
          );
          return [
            id.slice('queue:'.length),
            outcome?.type === 'trace' && 'output' in outcome.entry && outcome.entry.output,
          ];
        });
      expect(left.map(([id]) => id)).toEqual(['free', 'busy', 'nobody', ...(crowdedAt ? ['crowded'] : [])]);
      for (const [id, output] of left) expect(output).toBe(id);
    }
  });
});
