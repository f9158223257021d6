import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { start } from '../../../../shared/engine/step.ts';
import type { QueueBehaviour } from '../../../../shared/engine/world.ts';
import { only, runCall, says, sketchProject, startingWith } from '../../../support/engine-driver.ts';

const exits = { timeout: 'late', full: 'full', 'join-empty': 'empty', 'leave-empty': 'left', 'key-pressed': 'key' };
const project = (data: object = {}) =>
  startingWith(
    { type: 'queue', data: { queueId: 'team', ...data }, to: exits },
    says('late', 'full', 'empty', 'left', 'key'),
  );
const call = (data: object, team: QueueBehaviour, keys = '') =>
  runCall(project(data), keys, { world: { queues: { team }, talkMs: 500 } }).lines.slice(4);

describe('waiting', () => {
  test('[QU1] at most as long as the queue says', () => {
    expect(call({}, { outcome: 'timeout' }).slice(0, 3)).toEqual([
      '0 queued m team',
      '60000 outcome m timeout',
      '60000 node-entered late timeout',
    ]);
  });

  test('[QU1] or as the node says', () => {
    expect(call({ maxWaitMs: 7000 }, { outcome: 'timeout' })[1]).toBe('7000 outcome m timeout');
  });

  test('[QU1] the effect carries what holds', () => {
    const { program } = lowerProject(project({ breakOutKey: '5' }));
    const call = { callId: 'c', caller: { number: '' }, target: { kind: 'flow', flowId: 'main' }, startedAtMs: 0 };
    const { effects } = start(program, call as Parameters<typeof start>[1]);
    expect(effects.find(({ type }) => type === 'enqueue')).toEqual({
      type: 'enqueue',
      enqueueId: 'queue-1',
      queueId: 'team',
      maxWaitMs: 60_000,
      breakOutKey: '5',
    });
  });
});

describe('its end', () => {
  test('[QU2] answered: bridged until someone hangs up', () => {
    expect(call({}, { outcome: 'answered', afterMs: 3000, by: 'ann' }).slice(1)).toEqual([
      '3000 answered m ann',
      '3500 ended far-end normal',
    ]);
  });

  test.each([
    ['full', 'full'],
    ['join-empty', 'empty'],
    ['leave-empty', 'left'],
  ] as const)('[QU2] %s: by the output of that name', (outcome, node) => {
    expect(only(call({}, { outcome }), 'node-entered')).toEqual([`node-entered ${node} ${outcome}`]);
  });

  test('[QU2] the break-out key leaves, other keys are forgotten', () => {
    const lines = call({ breakOutKey: '5' }, { outcome: 'timeout' }, '1@1000 5@2000');
    expect(lines.slice(1, 4)).toEqual([
      '2000 digit m 5',
      '2000 outcome m key-pressed',
      '2000 node-entered key key-pressed',
    ]);
  });

  test('[QU1] [QU2] the break-out key of the queue itself holds where the node has none', () => {
    const withKey = sketchProject(
      { start: { type: 'start', to: { next: 'm' } }, m: { type: 'queue', data: { queueId: 'team' } } },
      () => ({ queues: { team: { name: 'Team', members: [{ personId: 'ann' }], breakOutKey: '*' } } }),
    );
    const { lines } = runCall(withKey, '*@1000', { world: { queues: { team: { outcome: 'timeout' } } } });
    expect(lines.slice(-3)).toEqual([
      '1000 outcome m key-pressed',
      '1000 default-handling line',
      '1000 ended flow normal',
    ]);
  });

  test('[QU2] [GD2] a key that breaks out is input: whoever presses it again and again may', () => {
    const loop = startingWith({
      type: 'queue',
      data: { queueId: 'team', breakOutKey: '5' },
      to: { 'key-pressed': 'm' },
    });
    const keys = Array.from({ length: 30 }, (_, n) => `5@${n + 1}`).join(' ');
    const { lines } = runCall(loop, keys, { world: { queues: { team: { outcome: 'timeout' } } } });
    expect(only(lines, 'queued')).toHaveLength(31);
    expect(only(lines, 'guard')).toEqual([]);
  });
});

test.each([{ queueId: 'gone' }, { queueId: undefined }])('[QU3] no such queue: %j is left by join-empty', (data) => {
  const lines = call(data, { outcome: 'answered' });
  expect(lines[0]).toBe('0 outcome m join-empty');
  expect(only(lines, 'queued')).toEqual([]);
});
