import type { Value } from '../../flow/variables.ts';
import type { Exit, Op } from '../program.ts';
import type { Turn } from '../turn.ts';

/** VA3, VA4: sets its variables one after the other; all of them, or none when one has no value. */
export function exitOfSet(turn: Turn, op: Extract<Op, { op: 'set' }>): Exit {
  const values: Record<string, Value> = {};
  for (const { variable, expression } of op.assignments) {
    const type = turn.typeOfVariable(variable);
    const value = type && turn.evaluate(expression, type, values);
    if (value === undefined || value === null) return op.error;
    values[variable] = value;
  }
  if (op.assignments.length > 0) turn.setVariables(op.origin, values);
  return op.next;
}
