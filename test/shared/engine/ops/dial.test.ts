import { describe, expect, test } from 'vitest';
import type { PersonBehaviour } from '../../../../shared/engine/world.ts';
import { only, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const exits = { 'no-answer': 'none', busy: 'busy', unavailable: 'away' };
const project = (data: object) =>
  startingWith(
    { type: 'employee', data: { people: ['ann', 'bob'], ...data }, to: exits },
    says('none', 'busy', 'away'),
  );

const call = (data: object, people: Record<string, PersonBehaviour>, keys = '') =>
  runCall(project(data), keys, { world: { people, talkMs: 10_000 } }).lines.slice(4);

const busy = { outcome: 'busy' } as const;
const away = { outcome: 'unavailable' } as const;
const silent = { outcome: 'no-answer' } as const;
const answers = (afterMs: number) => ({ outcome: 'answered', afterMs }) as const;

describe('one after the other', () => {
  test('[DL1] the next one rings when the ring time of the first is over', () => {
    expect(call({ rings: 2 }, { ann: silent, bob: answers(3000) }, 'x@20000').slice(0, 2)).toEqual([
      '0 dialled m ["ann","bob"]',
      '13000 answered m bob',
    ]);
  });

  test('[DL1] who is busy is passed over', () => {
    expect(call({}, { ann: busy, bob: answers(3000) })[1]).toBe('3000 answered m bob');
  });

  test('[DL1] an answer after the ring time is none', () => {
    expect(call({ rings: 1 }, { ann: answers(6000), bob: answers(1000) })[1]).toBe('6000 answered m bob');
  });
});

describe('all at once', () => {
  test('[DL1] the first who answers has the call', () => {
    expect(call({ mode: 'all' }, { ann: answers(4000), bob: answers(3000) })[1]).toBe('3000 answered m bob');
  });

  test('[DL3] nobody: the ring time passes once', () => {
    expect(call({ mode: 'all', rings: 2 }, { ann: silent, bob: busy })[1]).toBe('10000 outcome m no-answer');
  });
});

describe('the end of the call', () => {
  test('[DL2] the far end hangs up', () => {
    const { trace } = runCall(project({}), '', { world: { people: { ann: answers(1000) }, talkMs: 500 } });
    expect(trace.at(-1)).toEqual({ atMs: 1500, type: 'ended', by: 'far-end', cause: 'normal' });
  });

  test('[DL2] the caller hangs up', () => {
    expect(call({}, { ann: answers(1000) }, 'x@4000').at(-1)).toBe('4000 ended caller normal');
  });

  test('[DL2] keys pressed while talking are none of the flow', () => {
    expect(only(call({}, { ann: answers(1000) }, '1@2000 #@3000'), 'digit', 'outcome')).toEqual([]);
  });
});

describe('nobody answers', () => {
  test.each([
    [busy, away, 'busy'],
    [away, away, 'unavailable'],
    [away, silent, 'no-answer'],
    [silent, busy, 'no-answer'],
  ])('[DL3] %j and %j: %s', (ann, bob, output) => {
    expect(only(call({}, { ann, bob }), 'outcome')[0]).toBe(`outcome m ${output}`);
  });

  test('[DL3] the outputs lead where they are drawn', () => {
    expect(only(call({}, { ann: busy, bob: busy }), 'node-entered')).toEqual(['node-entered busy busy']);
  });

  test('[LW2] an open output leads to the default handling', () => {
    const open = startingWith({ type: 'employee', data: { people: ['ann'] } });
    const { lines } = runCall(open, '', { world: { people: { ann: busy } } });
    expect(lines.slice(-3)).toEqual(['0 outcome m busy', '0 default-handling line', '0 ended flow normal']);
  });
});

test.each([[[]], [['nobody']]])('[DL4] with %j to ring: unavailable at once, nothing is dialled', (people) => {
  const lines = call({ people }, {});
  expect(lines[0]).toBe('0 outcome m unavailable');
  expect(only(lines, 'dialled')).toEqual([]);
});
