import type { ConditionTest, Exit, Op } from '../program.ts';
import type { Turn } from '../turn.ts';

type ConditionOp = Extract<Op, { op: 'condition' }>;

/** CN1: the way out of the first case that holds. */
export function exitOfCondition(turn: Turn, op: ConditionOp): Exit {
  const number = plainNumber(turn.call.caller.number);
  return op.cases.find(({ test }) => holds(turn, test, number))?.exit ?? op.otherwise;
}

/** CN2: a number without what people write between its digits; `00` is `+`. */
export function plainNumber(number: string): string {
  return number.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
}

/** CN2, CN3, CN5: whether a case holds; `number` is the caller's plain one. */
function holds(turn: Turn, test: ConditionTest, number: string): boolean {
  if (test.kind === 'expression') return turn.evaluate(test.expression, 'yes-no') === true;
  if (test.kind === 'withheld') return number === '';
  const value = plainNumber(test.value);
  if (value === '') return false;
  return test.kind === 'equals' ? number === value : number.startsWith(value);
}
