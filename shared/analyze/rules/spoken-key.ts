import type { GatherOp } from '../../engine/program.ts';
import { KEYS, type Key } from '../../flow/ids.ts';
import { lookup } from '../../lib/record.ts';
import { exitsOf } from '../exits.ts';
import { keysAskedFor, keysNamed } from '../spoken-keys.ts';
import type { Rule, RuleContext } from './rule.ts';

/** CK3: the text says "press 3" while 3 does nothing; and a key that no text mentions. */
export const spokenKey: Rule = (context) => {
  const said = textsBefore(context);
  for (const { opId, op, at } of context.menus) {
    const keys = op.matches.flatMap(({ digits }) => (digits.length === 1 ? [digits as Key] : []));
    // Where only extensions or numbers are typed there is no key to speak of.
    if (keys.length === 0) continue;
    const texts = promptsOf(op).map((key) => lookup(context.program.prompts, key));
    const spoken = texts.flatMap((source) => (source?.kind === 'text' ? [source.text] : []));
    const wrong = new Set(spoken.flatMap((text) => [...keysAskedFor(text).keys]));
    for (const key of KEYS) {
      if (!wrong.has(key) || keys.includes(key) || (key === '#' && op.hash === 'terminator')) continue;
      const message = `The prompt asks callers to press ${key}, but ${key} does nothing here.`;
      context.report('check/spoken-key', { message, params: { key }, at });
    }
    // What a recording says is not known.
    if (texts.some((source) => source?.kind !== 'text')) continue;
    const named = new Set([...spoken, ...(said.get(opId) ?? [])].flatMap((text) => [...keysNamed(text)]));
    for (const key of keys) {
      if (named.has(key)) continue;
      const output = op.matches.some(({ digits, action }) => digits === key && action.kind === 'go') && {
        output: `key:${key}`,
      };
      const message = `Key ${key} does something here, but no prompt mentions it.`;
      context.report('check/key-not-spoken', { message, params: { key }, at: { ...at, ...output } });
    }
  }
};

function promptsOf(op: GatherOp): string[] {
  return [op.prompt, op.noInputPrompt, op.invalidPrompt, op.lastChancePrompt].filter((key) => key !== undefined);
}

/** What messages say that lead to an operation: they may name its keys. */
function textsBefore({ program, placed }: RuleContext): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  for (const { op } of placed) {
    const source = op.op === 'play' ? lookup(program.prompts, op.prompt) : undefined;
    if (source?.kind !== 'text') continue;
    for (const { to } of exitsOf(op)) {
      if (to === null) continue;
      const known = texts.get(to);
      if (known) known.push(source.text);
      else texts.set(to, [source.text]);
    }
  }
  return texts;
}
