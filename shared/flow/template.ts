import type { Value } from './variables.ts';

/** How a value is put into a text: as it is, or digit by digit (`{pin:digits}` is read "1 2 3 4"). */
export const TEMPLATE_FORMATS = ['digits'] as const;
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];

/** A part of a text with places for values. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `{name}` or `{name:format}`; `name` may have a dot, e.g. `caller.number`. */
  | { readonly kind: 'value'; readonly name: string; readonly format: TemplateFormat | null };

const PLACE = /\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)(?::([a-z]+))?\}/g;

/** The parts of a text. What does not read like a place for a value is text, braces and all. */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACE)) {
    const [whole, name = '', wanted] = match;
    const format = TEMPLATE_FORMATS.find((known) => known === wanted) ?? null;
    if (wanted !== undefined && format === null) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'value', name, format });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** The names of the values that a text has places for, each once. */
export function namesIn(text: string): readonly string[] {
  return [...new Set(parseTemplate(text).flatMap((part) => (part.kind === 'value' ? [part.name] : [])))];
}

/**
 * A text with its values. `valueFor` gives undefined for a name that must stay as it is written; `escaping` makes a value
 * safe for where it goes (a URL, JSON).
 */
export function fillTemplate(
  text: string,
  valueFor: (name: string) => Value | undefined,
  escaping: (value: string) => string = (value) => value,
): string {
  return parseTemplate(text)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const value = valueFor(part.name);
      if (value === undefined) return `{${part.name}${part.format === null ? '' : `:${part.format}`}}`;
      return escaping(part.format === 'digits' ? [...String(value)].join(' ') : String(value));
    })
    .join('');
}
