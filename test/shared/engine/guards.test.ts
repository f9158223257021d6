import { describe, expect, test } from 'vitest';
import { menu, only, runCall, sketchProject, startingWith } from '../../support/engine-driver.ts';

const loop = { type: 'say', data: { prompt: 'again' }, to: { next: 'm' } } as const;

const withHandling = (handling: object, change: object = {}) =>
  sketchProject({ start: { type: 'start', to: { next: 'm' } }, m: loop }, (base) => ({
    numbers: {
      line: { ...(base.numbers as { line: object }).line, defaultHandling: handling },
    },
    ...change,
  }));

describe('visits', () => {
  test('[GD2] [GD3] the eleventh without input does not happen', () => {
    const { lines, said } = runCall(startingWith(loop));
    expect(said).toHaveLength(10);
    expect(lines.slice(-4)).toEqual([
      '10000 outcome m next',
      '10000 guard m visits',
      '10000 default-handling line',
      '10000 ended flow normal',
    ]);
  });

  test('[GD2] input begins the count anew', () => {
    const skippable = startingWith({ ...loop, data: { ...loop.data, skippable: true } });
    expect(runCall(skippable, '1@500').said).toHaveLength(1 + 10);
  });

  test('[GD2] a digit that is forgotten is no input', () => {
    expect(runCall(startingWith(loop), '1@500').said).toHaveLength(10);
  });

  test('[GD2] a loop without any waiting ends too', () => {
    const { lines } = runCall(sketchProject({ m: { type: 'start', to: { next: 'm' } } }));
    expect(only(lines, 'node-entered')).toHaveLength(10);
    expect(lines.slice(-3)).toEqual(['0 guard m visits', '0 default-handling line', '0 ended flow normal']);
  });
});

test('[GD1] keys that lead round in circles are bounded by operations', () => {
  const circle = startingWith(menu({ keys: ['1'] }, { 'key:1': 'm' }));
  const keys = Array.from({ length: 1100 }, (_, n) => `1@${n + 1}`).join(' ');
  const { lines } = runCall(circle, keys);
  expect(only(lines, 'node-entered')).toHaveLength(1000);
  expect(lines.slice(-3)).toEqual(['999 guard m operations', '999 default-handling line', '999 ended flow normal']);
});

test('[GD1] errors count as well', () => {
  const project = startingWith(menu({ keys: ['1'], repeatKeys: ['9'] }, { invalid: 'm' }));
  // One repeat and two invalid entries are three operations; the third invalid one enters the menu again.
  const keys = Array.from({ length: 1100 }, (_, n) => `${n % 2 ? 9 : 7}@${n + 1}`).join(' ');
  const { trace } = runCall(project, keys);
  expect(trace.find(({ type }) => type === 'guard')).toMatchObject({ guard: 'operations', atMs: 999 });
});

describe('default handling', () => {
  test('[GD3] after a guard it has guards of its own, at zero', () => {
    const { lines } = runCall(withHandling({ kind: 'person', personId: 'bob' }), '', { world: { talkMs: 100 } });
    expect(lines.slice(-4)).toEqual([
      '10000 default-handling line',
      '10000 dialled default:line ["bob"]',
      '12000 answered default:line bob',
      '12100 ended far-end normal',
    ]);
  });

  test('[GD3] takes over at an exit node and at an exit that leads nowhere', () => {
    const exit = runCall(startingWith({ type: 'exit' })).lines;
    expect(exit.slice(-3)).toEqual(['0 node-entered m next', '0 default-handling line', '0 ended flow normal']);
    const open = runCall(sketchProject({ start: { type: 'start' } })).lines;
    expect(open.slice(-3)).toEqual(['0 outcome start next', '0 default-handling line', '0 ended flow normal']);
  });

  test.each([
    ['nobody answers', { kind: 'person', personId: 'bob' }],
    ['someone who is gone', { kind: 'person', personId: 'gone' }],
    ['a queue that is gone', { kind: 'queue', queueId: 'gone' }],
    ['a queue that gives up', { kind: 'queue', queueId: 'team' }],
  ])('[GD4] %s: ends with failure', (_what, handling) => {
    const { trace } = runCall(withHandling(handling), '', {
      world: { people: { bob: { outcome: 'busy' } }, queues: { team: { outcome: 'timeout' } } },
    });
    expect(trace.filter(({ type }) => type === 'default-handling')).toHaveLength(1);
    expect(trace.at(-1)).toMatchObject({ type: 'ended', by: 'flow', cause: 'failure' });
  });

  test('[LW7] [TR4] of a flow without a number: hang up, without a number in the trace', () => {
    const project = sketchProject({ start: { type: 'start' } }, () => ({ numbers: {} }));
    const { trace } = runCall(project, '', { target: { kind: 'flow', flowId: 'main' } });
    expect(trace.slice(-2)).toEqual([
      { atMs: 0, type: 'default-handling', numberId: null },
      { atMs: 0, type: 'ended', by: 'flow', cause: 'normal' },
    ]);
  });
});
