import { KEYS, type Key } from '../flow/ids.ts';

/** At most so many UTF-16 code units, without half a character at the end, and without white space around. */
export function cut(text: string, length: number): string {
  return text
    .trim()
    .slice(0, length)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trim();
}

export function sameName(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();
}

/** Whether a text is one of the twelve keys. */
export function isKey(text: string): text is Key {
  return KEYS.some((key) => key === text);
}

/** A number within limits, whole. */
export function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}

/** How many rings last about so many seconds. */
export function ringsFor(seconds: number, ringMs: number): number {
  return within((seconds * 1000) / ringMs, 1, 24);
}

/** Numbers in a text that may be extensions. */
export function extensionsIn(text: string): readonly string[] {
  return [...new Set(text.match(/(?<![\d+])\d{2,8}(?!\d)/g))];
}
