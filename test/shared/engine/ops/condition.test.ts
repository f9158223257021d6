import { describe, expect, test } from 'vitest';
import { callerClasses } from '../../../../shared/engine/caller-classes.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import type { Op } from '../../../../shared/engine/program.ts';
import { NodeSchema } from '../../../../shared/flow/catalogue.ts';
import { only, runCall, startingWith } from '../../../support/engine-driver.ts';

type Case =
  | { kind: 'equals' | 'begins-with'; value: string }
  | { kind: 'withheld' }
  | { kind: 'variable'; variable?: string; comparison: string; value: string }
  | { kind: 'expression'; expression: string };
const project = (...cases: readonly Case[]) =>
  startingWith({ type: 'condition', data: { cases: cases.map((one, index) => ({ id: `c${index}`, ...one })) } });
/** The output by which a caller leaves. */
const left = (given: ReturnType<typeof project>, number: string) =>
  only(runCall(given, '', { caller: { number } }).lines, 'outcome')
    .at(-1)
    ?.replace('outcome m ', '');

const equals = (value: string): Case => ({ kind: 'equals', value });
const begins = (value: string): Case => ({ kind: 'begins-with', value });

describe('a condition', () => {
  test('[CN1] the first case that holds decides', () => {
    const ordered = project(begins('+4860'), begins('+48'), equals('+48600'));
    expect(left(ordered, '+48600')).toBe('case:c0');
    expect(left(ordered, '+4822')).toBe('case:c1');
    expect(left(ordered, '+491')).toBe('otherwise');
    expect(left(project(), '+491')).toBe('otherwise');
  });

  test.each([
    ['+48123456789', true],
    ['0048123456789', true],
    ['+48 (12) 345-67.89', true],
    ['123456789', false],
    ['+481234567890', false],
    ['+4812345678', false],
  ])('[CN2] %s equals +48123456789: %s', (number, holds) => {
    expect(left(project(equals('+48123456789')), number)).toBe(holds ? 'case:c0' : 'otherwise');
  });

  test('[CN2] what is compared with may be written with 00 too', () => {
    expect(left(project(begins('0048')), '+48600')).toBe('case:c0');
  });

  test('[CN2] a case without a number never holds, and is reported', () => {
    const empty = project(begins(''), equals(''));
    expect(left(empty, '600')).toBe('otherwise');
    expect(left(empty, '')).toBe('otherwise');
    const { diagnostics } = lowerProject(empty);
    expect(diagnostics.filter(({ code }) => code === 'flow/empty-case').map(({ output }) => output)).toEqual([
      'case:c0',
      'case:c1',
    ]);
  });

  test('[CN3] a withheld number', () => {
    const withheld = project({ kind: 'withheld' });
    expect(left(withheld, '')).toBe('case:c0');
    expect(left(withheld, '600')).toBe('otherwise');
  });

  test('two cases never share an output', () => {
    const twice = [
      { id: 'a', kind: 'withheld' },
      { id: 'a', kind: 'equals', value: '1' },
    ];
    const node = { type: 'condition', name: '', position: { x: 0, y: 0 }, connections: {}, data: { cases: twice } };
    expect(NodeSchema.safeParse(node).success).toBe(false);
  });
});

describe('a condition about what is remembered', () => {
  const remembering = (...cases: readonly Case[]) =>
    startingWith(
      { type: 'condition', data: { cases: cases.map((one, index) => ({ id: `c${index}`, ...one })) } },
      {},
      () => ({
        variables: {
          tier: { initial: 'gold' },
          balance: { type: 'number', initial: 12.5 },
          member: { type: 'yes-no', initial: true },
        },
      }),
    );
  const compare = (variable: string, comparison: string, value: string): Case => ({
    kind: 'variable',
    variable,
    comparison,
    value,
  });

  test.each([
    ['tier', 'equals', 'gold', true],
    ['tier', 'equals', 'go"ld\\', false],
    ['tier', 'differs', 'silver', true],
    ['tier', 'begins-with', 'go', true],
    ['tier', 'at-least', 'gole', false],
    ['balance', 'equals', '12.5', true],
    ['balance', 'at-least', '12', true],
    ['balance', 'at-most', '-3', false],
    ['balance', 'begins-with', '12', true],
    ['member', 'equals', 'true', true],
    ['member', 'differs', 'true', false],
  ])('[CN6] %s %s %s: %s', (variable, comparison, value, holds) => {
    const given = remembering(compare(variable, comparison, value));
    expect(left(given, '600')).toBe(holds ? 'case:c0' : 'otherwise');
    expect(lowerProject(given).diagnostics.map(({ code }) => code)).not.toContain('flow/bad-expression');
  });

  test.each([
    [compare('balance', 'equals', 'a lot'), 'flow/empty-case'],
    [compare('gone', 'equals', '1'), 'flow/unknown-variable'],
    [compare('member', 'at-least', 'maybe'), 'flow/bad-expression'],
    [{ kind: 'variable', comparison: 'equals', value: '1' } as Case, 'flow/no-variable'],
    [{ kind: 'expression', expression: 'tier' } as Case, 'flow/bad-expression'],
    [{ kind: 'expression', expression: '' } as Case, 'flow/bad-expression'],
  ])('[CN6] %j never holds, and is reported as %s', (one, code) => {
    const given = remembering(one);
    expect(left(given, '600')).toBe('otherwise');
    expect(lowerProject(given).diagnostics).toContainEqual(expect.objectContaining({ code, output: 'case:c0' }));
  });

  test('[CN5] an expression speaks of variables and of the call', () => {
    const rich = 'member && balance * 2 > 20 && caller.number.startsWith("+48") && call.number == "100"';
    expect(left(remembering({ kind: 'expression', expression: rich }), '+48600')).toBe('case:c0');
    expect(left(remembering({ kind: 'expression', expression: rich }), '+49600')).toBe('otherwise');
  });

  test('[CN5] one that has no value does not hold', () => {
    expect(left(remembering({ kind: 'expression', expression: '1 / 0 == 1' }), '600')).toBe('otherwise');
  });

  test('[CN4] [VA6] callers that expressions name are classes too', () => {
    const given = remembering({ kind: 'expression', expression: 'caller.number == "+48600"' });
    expect(callerClasses(lowerProject(given).program)).toContain('+48600');
  });
});

describe('classes of callers', () => {
  test('[CN4] without conditions: withheld, national, international', () => {
    expect(callerClasses(lowerProject(project()).program)).toEqual(['', '0', '+0']);
  });

  test('[CN4] every way that a number can take is taken by one of them', () => {
    const { program } = lowerProject(
      project(equals('+48600'), begins('+486'), begins('+48'), equals('0'), begins('6'), { kind: 'withheld' }),
    );
    const op = program.ops['main/m'] as Extract<Op, { op: 'condition' }>;
    const exits = callerClasses(program).map((number) =>
      only(runCall(program, '', { caller: { number } }).lines, 'outcome')
        .at(-1)
        ?.replace('outcome m ', ''),
    );
    const outputs = [...op.cases.map(({ exit }) => exit.output), 'otherwise'];
    expect([...new Set(exits)].sort()).toEqual(outputs.sort());
  });
});
