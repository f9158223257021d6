import { CallerValueSchema, type ConditionCase } from '../../flow/nodes/condition.ts';
import type { StudioCondition } from './definition.ts';

/** One way out of a split: its conditions, all of which must hold. */
export interface SplitCase {
  readonly id: string;
  readonly conditions: readonly StudioCondition[];
}

/**
 * What a split asks, as a case of a condition here.
 * @param value what is compared, as an expression: a variable's name, `caller.number`…
 * @param asExpression what it is compared with, as an expression; undefined where there is no translation
 * @returns undefined when one of its conditions has no translation
 */
export function caseOf(
  { id, conditions }: SplitCase,
  value: string,
  asExpression: (text: string) => string | undefined,
): ConditionCase | undefined {
  const [only] = conditions;
  if (conditions.length === 1 && only && !only.value.includes('{{')) {
    const simple = simpleCase(id, only, value);
    if (simple) return simple;
  }
  const parts = conditions.map((condition) => expressionOf(condition, value, asExpression));
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const expression = parts.join(' && ');
  return expression.length > 1000 ? undefined : { id, kind: 'expression', expression };
}

/** Those that the form shows without an expression. */
function simpleCase(id: string, { type, value: wanted }: StudioCondition, value: string): ConditionCase | undefined {
  const isCaller = value === 'caller.number' && CallerValueSchema.safeParse(wanted).success;
  const isVariable = /^[a-z][a-z0-9_]*$/.test(value) && wanted.length <= 200;
  const compared = (comparison: 'equals' | 'differs' | 'begins-with') =>
    isVariable ? ({ id, kind: 'variable', variable: value, comparison, value: wanted } as const) : undefined;
  switch (type) {
    case 'equal_to':
      return isCaller ? { id, kind: 'equals', value: wanted } : compared('equals');
    case 'starts_with':
      return isCaller ? { id, kind: 'begins-with', value: wanted } : compared('begins-with');
    case 'not_equal_to':
      return compared('differs');
    default:
      return undefined;
  }
}

function expressionOf(
  { type, value: wanted }: StudioCondition,
  value: string,
  asExpression: (text: string) => string | undefined,
): string | undefined {
  const other = asExpression(wanted);
  const list = wanted.split(',').map((one) => asExpression(one.trim()));
  if (other === undefined || list.includes(undefined)) return undefined;
  const amount = /^-?\d+(\.\d+)?$/.test(wanted.trim()) ? Number(wanted).toString() : undefined;
  switch (type) {
    case 'equal_to':
      return `${value} == ${other}`;
    case 'not_equal_to':
      return `${value} != ${other}`;
    case 'matches_any_of':
      return `${value} in [${list.join(', ')}]`;
    case 'does_not_match_any_of':
      return `!(${value} in [${list.join(', ')}])`;
    case 'is_blank':
      return `${value} == ""`;
    case 'is_not_blank':
      return `${value} != ""`;
    case 'contains':
      return `${value}.contains(${other})`;
    case 'does_not_contain':
      return `!${value}.contains(${other})`;
    case 'starts_with':
      return `${value}.startsWith(${other})`;
    case 'does_not_start_with':
      return `!${value}.startsWith(${other})`;
    case 'less_than':
      return amount === undefined ? undefined : `double(${value}) < ${decimal(amount)}`;
    case 'greater_than':
      return amount === undefined ? undefined : `double(${value}) > ${decimal(amount)}`;
    default:
      return undefined;
  }
}

/** Numbers of one kind only are compared. */
function decimal(amount: string): string {
  return amount.includes('.') ? amount : `${amount}.0`;
}
