import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import { changesNothing, only, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const project = (data: Readonly<Record<string, unknown>> = { queueId: 'team' }) =>
  startingWith({ type: 'callback', data, to: { requested: 'yes', 'not-possible': 'no' } }, says('yes', 'no'));
const caller = { number: '+48600100200' };
const target = { kind: 'number', numberId: 'line' } as const;
const { program } = lowerProject(project());
const begun = start(program, { callId: 'c', caller, target, startedAtMs: 0 });

describe('a call back', () => {
  test('[CB1] is asked for the caller’s number, for the operators of the queue', () => {
    const wanted = { type: 'request-callback', callbackId: 'callback-1', number: caller.number, queueId: 'team' };
    expect(begun.effects.filter(({ type }) => type === 'request-callback')).toEqual([wanted]);
    const { said, lines } = runCall(project(), '', { caller });
    expect(said).toEqual(['yes']);
    expect(only(lines, 'callback')).toEqual([`callback m team ${caller.number}`]);
  });

  test('[CB1] has both answers, and takes no other', () => {
    const both = outcomes(program, begun.state).slice(0, -1);
    expect(both.map(({ id }) => id)).toEqual(['callback:requested', 'callback:not-possible']);
    const waits = both.map(({ event }) => step(program, begun.state, event).state.wait);
    expect(waits).toMatchObject([{ opId: 'main/yes' }, { opId: 'main/no' }]);
    const other = { type: 'callback-requested', callbackId: 'callback-1', outcome: 'toString', atMs: 0 };
    expect(changesNothing(program, begun.state, other as never)).toBe(true);
    const stale = { type: 'callback-requested', callbackId: 'callback-0', outcome: 'requested', atMs: 0 } as const;
    expect(changesNothing(program, begun.state, stale)).toBe(true);
  });

  test('[CB2] needs a number to call', () => {
    const { said, lines } = runCall(project(), '', { caller: { number: '' } });
    expect(said).toEqual(['no']);
    expect(only(lines, 'callback')).toEqual([]);
  });

  test.each([
    ['none chosen', {}, 'flow/no-queue'],
    ['one that is gone', { queueId: 'toString' }, 'flow/unknown-queue'],
  ])('[CB2] needs a queue: %s', (_what, data, code) => {
    expect(runCall(project(data), '', { caller }).said).toEqual(['no']);
    expect(lowerProject(project(data)).diagnostics.map((one) => one.code)).toContain(code);
  });
});
