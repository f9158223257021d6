import { describe, expect, test } from 'vitest';
import { checkExpression, evaluate, parseExpression } from '../../../../shared/engine/expression/expression.ts';
import { mentionsOf, pathOf } from '../../../../shared/engine/expression/literals.ts';
import { VariablesSchema } from '../../../../shared/flow/variables.ts';

const variables = VariablesSchema.parse({ name: {}, count: { type: 'number' }, ok: { type: 'yes-no' } });
const scope = {
  variables: { name: 'Ann', count: 3, ok: true },
  caller: { number: '+48', name: '' },
  call: { number: '100' },
};
const value = (source: string, wanted: 'text' | 'number' | 'yes-no') =>
  evaluate(source, variables, 'call', scope, wanted);
const check = (source: string, wanted?: 'text' | 'number' | 'yes-no') =>
  checkExpression(source, variables, 'call', wanted);

describe('expressions', () => {
  test.each([
    ['count + 1', 4],
    ['1 + count * 2 - 1', 6],
    ['count % 2', 1],
    ['size(name)', 3],
    ['count / 2', 1.5],
    ['ok ? 1 : 0', 1],
  ])('[VA2] %s is %s', (source, expected) => {
    expect(check(source, 'number')).toBeNull();
    expect(value(source, 'number')).toBe(expected);
  });

  test.each(['count == 3', '3 == count', 'count != 4', 'count >= 3 && count < 3.5', 'name in ["Ann", "Bob"]'])(
    '[VA2] %s holds',
    (source) => {
      expect(check(source, 'yes-no')).toBeNull();
      expect(value(source, 'yes-no')).toBe(true);
    },
  );

  test('[VA4] numbers become text, text that reads as a number a number', () => {
    expect(value('count', 'text')).toBe('3');
    expect(value('"12.5"', 'number')).toBe(12.5);
    expect(value('" "', 'number')).toBeNull();
    expect(value('ok', 'text')).toBeNull();
  });

  test.each([
    ['count +', 'syntax', 7],
    ['gone == 1', 'type', 0],
    ['name + count', 'type', 0],
    ['name.matches("a")', 'not-allowed', 0],
    ['[name].exists(x, x.matches("a"))', 'not-allowed', 17],
    ['count', 'wrong-result', 0],
  ])('[VA2] %s is refused: %s', (source, reason, start) => {
    const error = check(source, 'yes-no');
    expect(error).toMatchObject({ reason, start });
    expect(error?.message).not.toContain('\n');
    expect(error?.end).toBeGreaterThanOrEqual(start);
  });

  test('[VA2] neither long nor deep ones are taken', () => {
    expect(check(`${'1+'.repeat(600)}1`)).toMatchObject({ reason: 'not-allowed' });
    expect(check(`${'('.repeat(300)}1${')'.repeat(300)}`)).toMatchObject({ reason: 'syntax' });
  });

  test('nothing of the machine can be reached', () => {
    for (const source of [
      'constructor',
      'name.constructor',
      'caller.__proto__',
      'toString()',
      'process',
      'caller["constructor"]',
    ]) {
      expect(value(source, 'text')).toBeNull();
    }
  });

  test('[VA6] names and values in an expression', () => {
    const parsed = parseExpression('caller.number == "+48" && (count > 2 || name.startsWith("A"))', variables, 'call');
    expect(mentionsOf(parsed)).toEqual({ names: ['caller.number', 'count', 'name'], literals: ['+48', 2, 'A'] });
  });

  test.each([
    ['response.body.a[1].b', ['a', 1, 'b']],
    ['response.body', []],
    ['response.status', null],
    ['response.body.a + 1', null],
    ['response.body.a[count]', null],
    ['response.body.a[99]', null],
    ['response.body.__proto__', null],
    ['nonsense(', null],
  ])('[HT4] %s reads %j', (source, path) => {
    expect(pathOf(parseExpression(source, variables, 'response'), 'response.body')).toEqual(path);
  });
});

describe('declarations', () => {
  test.each([
    [{ pin: {} }, true],
    [{ 'Pin 1': {} }, false],
    [{ caller: {} }, false],
    [{ constructor: {} }, false],
    [{ pin: { type: 'number', initial: '1' } }, false],
    [{ pin: { type: 'yes-no', initial: true } }, true],
  ])('%j: %s', (given, right) => {
    expect(VariablesSchema.safeParse(given).success).toBe(right);
  });
});
