import type { ConditionCase } from '../../flow/nodes/condition.ts';
import type { CallInfo } from '../events.ts';
import type { Exit, Op } from '../program.ts';

type ConditionOp = Extract<Op, { op: 'condition' }>;

/** CN1: the way out of the first case that holds. */
export function exitOfCondition(op: ConditionOp, caller: CallInfo['caller']): Exit {
  const number = plainNumber(caller.number);
  return op.cases.find(({ test }) => holds(test, number))?.exit ?? op.otherwise;
}

/** CN2: a number without what people write between its digits; `00` is `+`. */
export function plainNumber(number: string): string {
  return number.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
}

/** CN2, CN3: whether a case holds for a plain number. */
export function holds(test: ConditionCase, number: string): boolean {
  if (test.kind === 'withheld') return number === '';
  const value = plainNumber(test.value);
  if (value === '') return false;
  return test.kind === 'equals' ? number === value : number.startsWith(value);
}
