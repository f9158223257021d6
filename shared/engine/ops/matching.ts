import type { Key } from '../../flow/ids.ts';
import type { GatherOp, MatchAction } from '../program.ts';

/** What an entry is among the things that may be entered. */
export interface Match {
  /** Action of what is exactly this entry; of several, the first (rule MN9: keys come before extensions). */
  readonly exact: MatchAction | null;
  /** Whether something longer begins with this entry. */
  readonly longer: boolean;
}

export function match(op: GatherOp, entered: string): Match {
  let exact: MatchAction | null = null;
  let longer = false;
  for (const { digits, action } of op.matches) {
    if (digits === entered) exact ??= action;
    else if (!longer && digits.length > entered.length && digits.startsWith(entered)) longer = true;
  }
  return { exact, longer };
}

/** Whether a digit pressed first could lead anywhere (rule MN6, `valid-only`). */
export function canBegin(op: GatherOp, digit: Key): boolean {
  const { exact, longer } = match(op, digit);
  return exact !== null || longer;
}

/**
 * The entry with one digit more, cut where it is longer than anything that may be entered: further digits cannot
 * make it match again, and the state stays finite.
 */
export function append(op: GatherOp, entered: string, digit: Key): string {
  const longest = op.matches.reduce((length, { digits }) => Math.max(length, digits.length), 0);
  return (entered + digit).slice(0, longest + 1);
}
