import { playing } from '../../engine/world.ts';
import { lookup } from '../../lib/record.ts';
import { keysAskedFor } from '../spoken-keys.ts';
import type { Rule } from './rule.ts';

/** Longer than this, callers give up before they know what to press. */
const MAX_MS = 30_000;

/** CK4: a prompt in which the first key is named too late. */
export const longBeforeChoice: Rule = ({ menus, program, report }) => {
  for (const { op, at } of menus) {
    const source = lookup(program.prompts, op.prompt);
    // Short texts are the rule; only the others need to be read.
    const { durationMs } = playing({}, program, [op.prompt]);
    if (source?.kind !== 'text' || durationMs <= MAX_MS) continue;
    const firstAt = keysAskedFor(source.text).firstAt ?? source.text.length;
    const ms = (durationMs * firstAt) / Math.max(1, source.text.length);
    if (ms <= MAX_MS) continue;
    const seconds = Math.round(ms / 1000);
    const message = `Callers listen for about ${seconds} s before the prompt names the first key.`;
    report('check/long-before-choice', { message, params: { seconds }, at });
  }
};
