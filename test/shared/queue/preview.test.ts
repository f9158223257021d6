import { describe, expect, it } from 'vitest';
import { QueueSchema } from '../../../shared/flow/project.ts';
import { type PreviewScenario, previewQueue } from '../../../shared/queue/preview.ts';

const queueOf = (part: object = {}) =>
  QueueSchema.parse({
    name: 'Sales',
    members: [{ personId: 'ann' }, { personId: 'bob' }, { personId: 'eve' }],
    rings: 2,
    retryMs: 3000,
    ...part,
  });

/** A call a minute, two minutes and a half of talk each; phones are answered after four seconds. */
const BUSY: PreviewScenario = { calls: 5, everyMs: 60_000, talkMs: 150_000, answerAfterMs: 4000 };
const NOBODY: PreviewScenario = { calls: 1, everyMs: 60_000, talkMs: 0, answerAfterMs: null };
const preview = (part: object, scenario: PreviewScenario) => previewQueue(queueOf(part), 5000, scenario, () => 0);
const answeredBy = (part: object) => preview(part, BUSY).map(({ answer }) => answer?.personId);

describe('what a queue would do', () => {
  it('strictly in order: always the first who is free', () => {
    // At the fourth minute the first is free again.
    expect(answeredBy({ strategy: 'linear' })).toEqual(['ann', 'bob', 'eve', 'ann', 'bob']);
    expect(preview({ strategy: 'linear' }, { ...BUSY, talkMs: 10_000 }).map(({ answer }) => answer?.personId)).toEqual(
      Array.from({ length: 5 }, () => 'ann'),
    );
  });

  it('evenly: in turn, whoever had the last call longest ago', () => {
    const quick = { ...BUSY, talkMs: 10_000 };
    const by = (strategy: string) => preview({ strategy }, quick).map(({ answer }) => answer?.personId);
    expect(by('leastrecent')).toEqual(['ann', 'bob', 'eve', 'ann', 'bob']);
    expect(by('rrmemory')).toEqual(['ann', 'bob', 'eve', 'ann', 'bob']);
  });

  it('all at once: all who are free ring, at the same moment', () => {
    const calls = preview({ strategy: 'ringall' }, BUSY);
    expect(calls.map(({ rings }) => rings[0]?.people.length)).toEqual([3, 2, 1, 1, 1]);
    expect(calls.map(({ answer }) => answer?.atMs)).toEqual([4000, 64_000, 124_000, 184_000, 244_000]);
  });

  it('when nobody answers: one after the other, then the pause, then anew', () => {
    const [call] = preview({ strategy: 'linear' }, NOBODY);
    expect(call?.answer).toBeNull();
    expect(call?.rings.slice(0, 5)).toEqual([
      { atMs: 0, people: ['ann'] },
      { atMs: 10_000, people: ['bob'] },
      { atMs: 20_000, people: ['eve'] },
      { atMs: 33_000, people: ['ann'] },
      { atMs: 43_000, people: ['bob'] },
    ]);
  });

  it('stops when the longest wait is over, and after eight rings at the latest', () => {
    expect(preview({ strategy: 'linear', maxWaitMs: 25_000 }, NOBODY)[0]?.rings).toHaveLength(3);
    expect(preview({ strategy: 'linear', retryMs: 0, rings: 1 }, NOBODY)[0]?.rings).toHaveLength(8);
  });

  it('wrap-up keeps a member from the next call; callers wait their turn', () => {
    const [first, second] = preview({ members: [{ personId: 'ann' }], wrapUpMs: 30_000 }, { ...BUSY, calls: 2 });
    expect(first?.answer?.atMs).toBe(4000);
    // 4 s + 150 s of talk + 30 s of notes, then it rings.
    expect(second?.rings[0]).toEqual({ atMs: 184_000, people: ['ann'] });
  });

  it('a lower penalty goes first', () => {
    const members = [
      { personId: 'ann', penalty: 1 },
      { personId: 'bob', penalty: 0 },
    ];
    expect(
      preview({ members, strategy: 'linear' }, NOBODY)[0]
        ?.rings.map(({ people }) => people[0])
        .slice(0, 2),
    ).toEqual(['bob', 'ann']);
  });

  it('nobody rings without members', () => {
    expect(preview({ members: [] }, BUSY).every(({ rings, answer }) => rings.length === 0 && answer === null)).toBe(
      true,
    );
  });
});
