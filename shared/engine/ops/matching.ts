import type { Key } from '../../flow/ids.ts';
import type { DigitEntry, GatherOp, MatchAction } from '../program.ts';

const STORE: MatchAction = { kind: 'store' };

/** What an entry is among the things that may be entered. */
export interface Match {
  /** Action of what is exactly this entry; of several, the first (rule MN9: keys come before extensions). */
  readonly exact: MatchAction | null;
  /** Whether something longer begins with this entry. */
  readonly longer: boolean;
}

const NOTHING: Match = { exact: null, longer: false };

export function match(op: GatherOp, entered: string): Match {
  if (op.entry) return matchEntry(op.entry, entered);
  let exact: MatchAction | null = null;
  let longer = false;
  for (const { digits, action } of op.matches) {
    if (digits === entered) exact ??= action;
    else if (!longer && digits.length > entered.length && digits.startsWith(entered)) longer = true;
  }
  return { exact, longer };
}

/** DG1: any digits of the right number; `*` and `#` are none. */
function matchEntry({ minDigits, maxDigits }: DigitEntry, entered: string): Match {
  if (/[*#]/.test(entered)) return NOTHING;
  const { length } = entered;
  return { exact: length >= minDigits && length <= maxDigits ? STORE : null, longer: length < maxDigits };
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
  const longest = op.entry?.maxDigits ?? op.matches.reduce((length, { digits }) => Math.max(length, digits.length), 0);
  return (entered + digit).slice(0, longest + 1);
}
