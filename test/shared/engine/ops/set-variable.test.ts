import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { only, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const variables = {
  first: { initial: 'a' },
  second: {},
  count: { type: 'number', initial: 2 },
  member: { type: 'yes-no' },
  hidden: { secret: true },
};

function setting(...assignments: readonly (readonly [string, string])[]) {
  const data = { assignments: assignments.map(([variable, expression]) => ({ variable, expression })) };
  return startingWith({ type: 'set-variable', data, to: { next: 'ok', error: 'bad' } }, says('ok', 'bad'), () => ({
    variables,
  }));
}

describe('setting variables', () => {
  test('[VA1] a call begins with the initial values', () => {
    expect(runCall(setting()).state.variables).toEqual({ first: 'a', second: '', count: 2, member: false, hidden: '' });
  });

  test('[VA2] [VA3] in order, a later one seeing an earlier one', () => {
    const { state, lines, said } = runCall(
      setting(['count', 'count + 1'], ['second', '"#" + string(count) + first'], ['member', 'count == 3']),
    );
    expect(state.variables).toMatchObject({ count: 3, second: '#3a', member: true });
    expect(only(lines, 'variables')).toEqual(['variables m {"count":3,"second":"#3a","member":true}']);
    expect(said).toEqual(['ok']);
  });

  test('[VA3] a secret value is hidden in the trace', () => {
    expect(only(runCall(setting(['hidden', '"1234"'])).lines, 'variables')).toEqual(['variables m {"hidden":"•"}']);
  });

  test('[VA2] knows who calls and what was dialled', () => {
    const given = setting(['first', 'caller.number + "/" + caller.name'], ['second', 'call.number']);
    const caller = { number: '+48600', name: 'Ann' };
    expect(runCall(given, '', { caller }).state.variables).toMatchObject({ first: '+48600/Ann', second: '100' });
    const direct = runCall(given, '', { caller, target: { kind: 'flow', flowId: 'main' } });
    expect(direct.state.variables.second).toBe('');
  });

  test.each([
    ['count', '1 / 0'],
    ['count', '1.0 / 0.0'],
    ['count', 'first'],
    ['count', 'nonsense('],
    ['second', 'member'],
    ['member', '1'],
    ['gone', '1'],
  ])('[VA3] [VA4] %s set to %s: nothing is set at all', (variable, expression) => {
    const { state, said } = runCall(setting(['first', '"changed"'], [variable, expression]));
    expect(said).toEqual(['bad']);
    expect(state.variables).toMatchObject({ first: 'a', count: 2 });
  });

  test('[VA4] text does not grow without end', () => {
    const doubled = Array.from({ length: 13 }, () => ['first', 'first + first'] as const);
    expect(runCall(setting(...doubled.slice(0, 12))).state.variables.first).toHaveLength(4096);
    expect(runCall(setting(...doubled)).said).toEqual(['bad']);
  });

  test.each([
    ['count', 'first', 'flow/bad-expression'],
    ['second', 'unknown + "x"', 'flow/bad-expression'],
    ['second', 'first.matches("(a+)+$")', 'flow/bad-expression'],
    ['gone', '1', 'flow/unknown-variable'],
  ])('[VA2] %s set to %s is reported: %s', (variable, expression, code) => {
    const { diagnostics } = lowerProject(setting([variable, expression]));
    expect(diagnostics.filter((one) => one.nodeId === 'm').map((one) => one.code)).toEqual([code]);
  });

  test('[VA5] a name in a text that is not known stays, and is reported', () => {
    const given = startingWith({ type: 'say', data: { prompt: '{first} {gone} {First} {caller.name}' } }, {}, () => ({
      variables,
    }));
    const { trace } = runCall(given, '', { caller: { number: '1', name: 'Ann' } });
    expect(JSON.stringify(trace)).toContain('a {gone} {First} Ann');
    const reported = lowerProject(given).diagnostics.filter(({ code }) => code === 'flow/unknown-value');
    expect(reported.map(({ params }) => params.value)).toEqual(['gone']);
  });
});
