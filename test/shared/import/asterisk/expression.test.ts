import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../shared/engine/expression/expression.ts';
import { VariablesSchema } from '../../../../shared/flow/variables.ts';
import { translateExpression } from '../../../../shared/import/asterisk/expression.ts';

const types = { NAME: 'text', COUNT: 'number', CALLER: 'text' } as const;
const variables = VariablesSchema.parse({ name: { type: 'text' }, count: { type: 'number' }, caller_id: {} });
const scope = {
  variables: { name: 'Ann', count: 3, caller_id: '' },
  caller: { number: '48600', name: '' },
  call: { number: '100' },
};
function translated(source: string) {
  return translateExpression(source, (name) => {
    if (name === 'CALLERID(num)') return { cel: 'caller.number', type: 'text' };
    return name in types ? { cel: name.toLowerCase(), type: types[name as keyof typeof types] } : undefined;
  });
}
/** What the translation gives in a call. */
function value(source: string) {
  const expression = translated(source);
  return expression && evaluate(expression.cel, variables, 'call', scope, expression.type);
}

describe('an expression of a dialplan', () => {
  it.each([
    ['"${NAME}" = "Ann"', true],
    ['${NAME} = Ann', true],
    ['"${NAME}" != "Ann"', false],
    ['${COUNT} > 2', true],
    ['${COUNT} >= 4', false],
    ['${COUNT} + 1', 4],
    ['${COUNT}+1', 4],
    ['(${COUNT} - 1) * 2', 4],
    ['${COUNT} = 3', true],
    ['"${COUNT}" = "3"', true],
    ['"${CALLERID(num)}" = "48600" & "${NAME}" = "x"', false],
    ['"${CALLERID(num)}" = "48600" | "${NAME}" = "x"', true],
    ['!("${NAME}" = "x")', true],
    ['"x${NAME}" = "xAnn"', true],
    ['"${NAME}" = ""', false],
    ['"2" > "10"', false],
    ['-1 + 3', 2],
  ])('%s is %s', (source, expected) => expect(value(source)).toBe(expected));

  it.each(['${NAME} =~ ^A', '${HASH(x)} = 1', '"${NAME}" = ', '(1', '1 ? 2 : 3', '^'])(
    'has no translation of %s',
    (source) => {
      expect(translated(source)).toBeUndefined();
    },
  );
});
