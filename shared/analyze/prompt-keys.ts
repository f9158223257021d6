import type { PromptKey } from '../engine/events.ts';
import type { Op } from '../engine/program.ts';

/** What an operation of any kind can say: its members that are called `prompt`, or end so. */
export function promptKeysOf(op: Op): readonly PromptKey[] {
  return Object.entries(op).flatMap(([member, value]) =>
    (member === 'prompt' || member.endsWith('Prompt')) && typeof value === 'string' ? [value] : [],
  );
}
