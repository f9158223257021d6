import type { ImportDraft } from '../draft.ts';

/** What stands between `{{` and `}}` (Liquid, "Objects"). */
const PLACE = /\{\{-?\s*(.*?)\s*-?\}\}/gs;

/** Where a value of a call comes from in Studio, by the beginning of its name; with what it is here. */
const CALL_VALUES: Readonly<Record<string, string>> = {
  'trigger.call.From': 'caller.number',
  'trigger.call.Caller': 'caller.number',
  'contact.channel.address': 'caller.number',
  'trigger.call.CallerName': 'caller.name',
  'trigger.call.To': 'call.number',
  'trigger.call.Called': 'call.number',
  'flow.channel.address': 'call.number',
};

/** The values that a Studio flow speaks of, as names that expressions and texts have here. */
export class StudioValues {
  readonly #draft: ImportDraft;

  constructor(draft: ImportDraft) {
    this.#draft = draft;
  }

  /** A text with places for values; undefined when it has one that is not known here. */
  template(text: string): string | undefined {
    let known = true;
    const result = text.replace(PLACE, (_whole, inside: string) => {
      const name = this.#name(inside);
      known &&= name !== undefined;
      return `{${name}}`;
    });
    return known && !/\{%/.test(text) ? result : undefined;
  }

  /** The same as an expression: `"Dear " + caller.name`. */
  expression(text: string): string | undefined {
    if (/\{%/.test(text)) return undefined;
    const parts: (string | undefined)[] = [];
    let end = 0;
    for (const match of text.matchAll(PLACE)) {
      if (match.index > end) parts.push(JSON.stringify(text.slice(end, match.index)));
      parts.push(this.#name(match[1] ?? ''));
      end = match.index + match[0].length;
    }
    if (end < text.length || parts.length === 0) parts.push(JSON.stringify(text.slice(end)));
    return parts.includes(undefined) ? undefined : parts.join(' + ');
  }

  /** What the digits are kept in that a widget collects. */
  digitsOf(widget: string): string {
    return this.#draft.variableFor(widget);
  }

  /** What a part of a web service's answer is kept in, e.g. of `parsed.customer.name`. */
  answerOf(widget: string, part: string): string {
    return this.#draft.variableFor(`${widget}_${part.replace(/^parsed\.?/, '')}`);
  }

  #name(inside: string): string | undefined {
    const call = CALL_VALUES[inside];
    if (call !== undefined) return call;
    const variable = /^flow\.variables\.([\w-]+)$/.exec(inside)?.[1];
    if (variable !== undefined) return this.#draft.variableFor(variable);
    const [, widget, part] = /^widgets\.([\w-]+)\.(.+)$/.exec(inside) ?? [];
    if (widget === undefined || part === undefined) return undefined;
    if (part === 'Digits') return this.digitsOf(widget);
    return ANSWER.test(part) ? this.answerOf(widget, part) : undefined;
  }
}

const ANSWER = /^(?:parsed(?:\.\w+|\[\d+\])*|status_code)$/;

/** The parts of a widget's answer that a flow uses anywhere: `parsed.customer.name`, `status_code`. */
export function answersUsed(flowText: string, widget: string): readonly string[] {
  const used = new Set<string>();
  for (const [, inside = ''] of flowText.matchAll(PLACE)) {
    const [, name, part = ''] = /^widgets\.([\w-]+)\.(.+)$/.exec(inside) ?? [];
    if (name === widget && ANSWER.test(part)) used.add(part);
  }
  return [...used];
}

/** Where a part of an answer is found: `response.body.customer.name`. */
export function answerPath(part: string): string {
  return part === 'status_code' ? 'response.status' : `response.body${part.slice('parsed'.length)}`;
}
