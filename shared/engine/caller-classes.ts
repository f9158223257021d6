import { plainNumber } from './ops/condition.ts';
import type { FlowProgram } from './program.ts';

const DIGITS = '0123456789';

/**
 * CN4: callers' numbers such that any caller is treated by the program's conditions like one of them: a withheld one,
 * one that no condition names, and one for each number or beginning that they name.
 */
export function callerClasses(program: FlowProgram): readonly string[] {
  const values = new Set<string>();
  for (const op of Object.values(program.ops)) {
    if (op.op !== 'condition') continue;
    for (const { test } of op.cases) {
      if (test.kind === 'equals' || test.kind === 'begins-with') values.add(plainNumber(test.value));
    }
  }
  for (const value of program.candidates['caller.number'] ?? []) values.add(plainNumber(String(value)));
  values.delete('');
  const begunByLonger = (number: string, than: string) =>
    [...values].some((value) => value.length > than.length && number.startsWith(value));
  /** The shortest number that goes on from this one without anything that is named. */
  const goingOn = (from: string) => {
    const digit = [...DIGITS].find((one) => !begunByLonger(from + one, from));
    return digit === undefined ? [] : [from + digit];
  };
  const known = [...values].sort();
  return [...new Set(['', ...goingOn(''), ...goingOn('+'), ...known.flatMap((value) => [value, ...goingOn(value)])])];
}
