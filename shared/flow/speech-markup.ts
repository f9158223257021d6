/** A part of a text that is read: words, or silence. */
export type SpeechPart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'pause'; readonly ms: number };

/** What a pause without a length lasts, and what none lasts longer than: a value in a text may say what it likes. */
const PAUSE_MS = 500;
const MOST_MS = 10_000;

/** The tag that a pause is written with. */
export const PAUSE_TAG = `<break time="${PAUSE_MS}ms"/>`;

const TAG =
  /<break(?:\s+time\s*=\s*["']([^"']*)["'])?\s*\/?>(?:\s*<\/break\s*>)?|<say-as\s+interpret-as\s*=\s*["'](digits|characters|cardinal|number)["']\s*>(.*?)<\/say-as>/gis;

/**
 * Reads the part of SSML (W3C, 1.1) that prompts need, whatever voice reads them: `<break time="500ms"/>` (or `s`) is a
 * pause, `<say-as interpret-as="digits">` reads sign by sign, `cardinal` as the voice reads numbers anyway. Everything
 * else is words.
 */
export function parseSpeech(text: string): readonly SpeechPart[] {
  const parts: SpeechPart[] = [];
  let words = '';
  const flush = () => {
    if (words.trim() !== '') parts.push({ kind: 'words', text: words.trim() });
    words = '';
  };
  let end = 0;
  for (const match of text.matchAll(TAG)) {
    const [whole, time, how, inner = ''] = match;
    words += text.slice(end, match.index);
    end = match.index + whole.length;
    if (how === undefined) {
      flush();
      const last = parts.at(-1);
      const ms = pauseMs(time) + (last?.kind === 'pause' ? last.ms : 0);
      if (last?.kind === 'pause') parts.pop();
      parts.push({ kind: 'pause', ms: Math.min(MOST_MS, ms) });
    } else {
      const isSpelt = how.toLowerCase() === 'digits' || how.toLowerCase() === 'characters';
      words += isSpelt ? ` ${[...inner.replace(/\s+/g, '')].join(' ')} ` : inner;
    }
  }
  words += text.slice(end);
  flush();
  return parts;
}

function pauseMs(time: string | undefined): number {
  const [, amount, unit] = /^\s*(\d{1,6}(?:\.\d{1,3})?)\s*(ms|s)\s*$/i.exec(time ?? '') ?? [];
  if (amount === undefined) return PAUSE_MS;
  return Math.min(MOST_MS, Number(amount) * (unit?.toLowerCase() === 's' ? 1000 : 1));
}
