import type { Value } from '../../flow/variables.ts';
import type { Exit, Op, Origin } from '../program.ts';
import type { Turn } from '../turn.ts';

/** VA3, VA4: the way out of setting variables. */
export function exitOfSet(turn: Turn, op: Extract<Op, { op: 'set' }>): Exit {
  return assign(turn, op.origin, op.assignments) ? op.next : op.error;
}

/** Sets variables one after the other; all of them, or none (false) when one has no value. */
export function assign(
  turn: Turn,
  origin: Origin,
  assignments: readonly { readonly variable: string; readonly expression: string }[],
): boolean {
  const values: Record<string, Value> = {};
  for (const { variable, expression } of assignments) {
    const type = turn.typeOfVariable(variable);
    const value = type && turn.evaluate(expression, type, values);
    if (value === undefined || value === null) return false;
    values[variable] = value;
  }
  if (assignments.length > 0) turn.setVariables(origin, values);
  return true;
}
