import { latenciesOf } from '../latency.ts';
import type { Rule } from './rule.ts';

/** CK2: a key that acts late because something longer begins with it, and an entry that never acts for that. */
export const keyWaits: Rule = ({ menus, report }) => {
  for (const { op, at } of menus) {
    // Where only single keys are pressed nothing waits for anything longer.
    if (op.matches.every(({ digits }) => digits.length === 1)) continue;
    for (const { digits, waitMs, because, shadowedBy } of latenciesOf(op)) {
      const output = `key:${digits}`;
      const hasOutput = op.matches.some(({ action }) => action.kind === 'go' && action.exit.output === output);
      if (shadowedBy !== undefined) {
        const message = `${digits} can never be entered here: ${shadowedBy} acts at once.`;
        report('check/shadowed-extension', { message, params: { digits, by: shadowedBy }, at });
      } else if (because.length > 0 && digits.length === 1) {
        const params = { key: digits, seconds: waitMs / 1000, entries: because.join(', ') };
        const message = `Key ${digits} acts after ${params.seconds} s only, because ${params.entries} may be entered here too.`;
        report('check/key-waits', { message, params, at: hasOutput ? { ...at, output } : at });
      }
    }
  }
};
