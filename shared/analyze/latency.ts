import type { GatherOp } from '../engine/program.ts';

/** What may be entered at a menu, and when it acts. */
export interface EntryLatency {
  readonly digits: string;
  /** How long it waits after its last digit, in ms; 0: it acts at once. */
  readonly waitMs: number;
  /** The longer entries that it waits for, as patterns: `1xx` for extensions 101, 102 and 113. */
  readonly because: readonly string[];
  /** A shorter entry that always acts first, so that this one can never be entered. */
  readonly shadowedBy?: string;
}

/** A place in the trie of entries: what goes on from here, and how long the entries are that do. */
interface Branch {
  readonly next: Map<string, Branch>;
  readonly longer: Set<number>;
  isEntry: boolean;
}

/**
 * When each entry of a menu acts (SPEC.md, LT*), in the order of the menu. Linear in the digits of all entries.
 */
export function latenciesOf(op: Pick<GatherOp, 'matches' | 'matchMode' | 'interDigitTimeoutMs'>): EntryLatency[] {
  const root = newBranch();
  for (const { digits } of op.matches) insert(root, digits);
  const seen = new Set<string>();
  return op.matches.flatMap(({ digits }): EntryLatency[] => {
    if (seen.has(digits)) return [];
    seen.add(digits);
    const { at, shorter } = find(root, digits);
    const because = [...at.longer].sort((a, b) => a - b).map((length) => digits.padEnd(length, 'x'));
    if (op.matchMode === 'first-match') {
      return [{ digits, waitMs: 0, because: [], ...(shorter !== undefined && { shadowedBy: shorter }) }];
    }
    const waits = op.matchMode === 'wait-full' || because.length > 0;
    return [{ digits, waitMs: waits ? op.interDigitTimeoutMs : 0, because }];
  });
}

function newBranch(): Branch {
  return { next: new Map(), longer: new Set(), isEntry: false };
}

function insert(root: Branch, digits: string): void {
  let at = root;
  for (const digit of digits) {
    at.longer.add(digits.length);
    const next = at.next.get(digit) ?? newBranch();
    at.next.set(digit, next);
    at = next;
  }
  at.isEntry = true;
}

/** The branch of an entry, and the shortest entry that it begins with. */
function find(root: Branch, digits: string): { at: Branch; shorter: string | undefined } {
  let at = root;
  let shorter: string | undefined;
  for (let length = 0; length < digits.length; length++) {
    if (at.isEntry && length > 0) shorter ??= digits.slice(0, length);
    at = at.next.get(digits[length] ?? '') ?? at;
  }
  return { at, shorter };
}
