import type { ConditionCase } from '../../flow/nodes/condition.ts';
import { lookup } from '../../lib/record.ts';
import type { ConditionTest } from '../program.ts';
import type { NodeScope } from './scope.ts';
import type { Lower } from './table.ts';

type VariableCase = Extract<ConditionCase, { kind: 'variable' }>;

/** CN6: never holds; what a case means that is not finished. */
const NEVER: ConditionTest = { kind: 'expression', expression: 'false' };

/** Asks case by case; comparisons of variables become expressions. */
export const lowerCondition: Lower<'condition'> = ({ data }, scope) => ({
  op: 'condition',
  origin: scope.origin,
  cases: data.cases.map((one) => ({ test: testOf(one, scope), exit: scope.exit(`case:${one.id}`) })),
  otherwise: scope.exit('otherwise'),
});

function testOf(one: ConditionCase, scope: NodeScope): ConditionTest {
  const output = `case:${one.id}`;
  switch (one.kind) {
    case 'withheld':
      return { kind: one.kind };
    case 'equals':
    case 'begins-with':
      if (one.value === '')
        scope.report('flow/empty-case', 'A case has no number: it never holds.', { output }, output);
      return { kind: one.kind, value: one.value };
    case 'expression':
      return { kind: one.kind, expression: scope.expression(one.expression, 'yes-no', output, 'call', output) };
    case 'variable': {
      const expression = comparison(one, scope, output);
      if (expression === null) return NEVER;
      return { kind: 'expression', expression: scope.expression(expression, 'yes-no', output, 'call', output) };
    }
  }
}

/** CN6: a comparison as an expression, by the variable's type; null when there is nothing to compare. */
function comparison({ variable, comparison, value }: VariableCase, scope: NodeScope, output: string): string | null {
  if (variable === undefined) {
    scope.report('flow/no-variable', 'A case names no variable: it never holds.', { output }, output);
    return null;
  }
  const type = lookup(scope.shared.project.variables, variable)?.type;
  if (type === undefined) {
    const message = `There is no variable "${variable}" in the project any more: the case never holds.`;
    scope.report('flow/unknown-variable', message, { variable, output }, output);
    return null;
  }
  const literal = type === 'text' ? JSON.stringify(value) : value.trim();
  if (literal === '' || (type === 'number' && !/^-?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(literal))) {
    scope.report('flow/empty-case', 'A case has no number: it never holds.', { output }, output);
    return null;
  }
  switch (comparison) {
    case 'equals':
      return `${variable} == ${literal}`;
    case 'differs':
      return `${variable} != ${literal}`;
    case 'begins-with':
      return `${type === 'text' ? variable : `string(${variable})`}.startsWith(${JSON.stringify(value)})`;
    case 'at-least':
      return `${variable} >= ${literal}`;
    case 'at-most':
      return `${variable} <= ${literal}`;
  }
}
