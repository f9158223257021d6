import { lookup } from '../../lib/record.ts';
import { guessLanguage } from '../guess-language.ts';
import { promptKeysOf } from '../prompt-keys.ts';
import type { Rule } from './rule.ts';

/** CK8: a text that a voice of another language reads. */
export const otherLanguage: Rule = ({ placed, program, report }) => {
  const guesses = new Map<string, { text: string; voice: string } | null>();
  const judge = (key: string) => {
    const known = guesses.get(key);
    if (known !== undefined) return known;
    const source = lookup(program.prompts, key);
    if (source?.kind !== 'text') return null;
    const text = guessLanguage(source.text);
    const voice = (source.language ?? '').split('-', 1)[0] ?? '';
    const guess = text === null || voice === '' || text === voice ? null : { text, voice };
    guesses.set(key, guess);
    return guess;
  };
  for (const { op, at } of placed) {
    for (const key of promptKeysOf(op)) {
      const found = judge(key);
      if (!found) continue;
      const message = `A text here looks like "${found.text}", but is read by a voice for "${found.voice}".`;
      report('check/other-language', { message, params: { text: found.text, voice: found.voice }, at });
    }
  }
};
