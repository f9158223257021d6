import { argumentsOf, type Dialplan, type Extension, extensionsOf, type Step } from './parse-dialplan.ts';
import { isOpen } from './substitute.ts';

/** Extension names that Asterisk itself goes to (pbx.c). */
export const SPECIAL = new Set(['i', 't', 'h', 'o', 'a', 'e', 'T', 'fax', 'failed']);
/** What a caller is asked keys by. */
const ASKING = new Set(['background', 'waitexten', 'read']);

/** An extension by where it stands. */
export interface ExtensionPlace {
  readonly context: string;
  readonly extension: Extension;
}

/** Targets of an application that jumps, as written: priority or label, extension, context. */
export interface JumpTarget {
  readonly context?: string;
  readonly exten?: string;
  readonly priority: string;
}

/** `[[context,]extension,]priority`. */
export function jumpTarget(text: string): JumpTarget | undefined {
  const parts = text.split(/[,|]/).map((part) => part.trim());
  const [priority, exten, context] = parts.toReversed();
  if (priority === undefined || priority === '') return undefined;
  return { priority, ...(exten && { exten }), ...(context && { context }) };
}

/** `condition?if:else`, with the targets as written. */
export function branchesOf(args: string): { condition: string; yes: string; no: string } {
  const question = indexOutside(args, '?');
  if (question < 0) return { condition: args, yes: '', no: '' };
  const rest = args.slice(question + 1);
  const colon = indexOutside(rest, ':');
  const condition = args.slice(0, question).trim();
  return colon < 0
    ? { condition, yes: rest.trim(), no: '' }
    : { condition, yes: rest.slice(0, colon).trim(), no: rest.slice(colon + 1).trim() };
}

function indexOutside(text: string, wanted: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (depth === 0 && character === wanted) return index;
  }
  return -1;
}

function targetsOf({ app, args }: Step): string[] {
  switch (app.toLowerCase()) {
    case 'goto':
      return [args];
    case 'gotoif':
    case 'gotoiftime': {
      const { yes, no } = branchesOf(args);
      return [yes, no];
    }
    default:
      return [];
  }
}

const keyOf = ({ context, extension }: ExtensionPlace) => `${context},${extension.pattern}`;

/**
 * Where calls come in: extensions that lead to a menu and that no other one leads to. One that only jumps on stands for
 * where it jumps to, so that several numbers share a flow.
 */
export function entriesOf(dialplan: Dialplan): { readonly at: ExtensionPlace; readonly numbers: readonly string[] }[] {
  const places = [...dialplan.contexts.values()].flatMap(({ name, extensions }) =>
    /^(macro-|sub-)/.test(name) ? [] : extensions.map((extension): ExtensionPlace => ({ context: name, extension })),
  );
  const byKey = new Map(places.map((place) => [keyOf(place), place]));
  const next = new Map(places.map((place) => [keyOf(place), [...leadsTo(dialplan, place, byKey)]]));
  const menus = places.filter(({ extension }) => extension.steps.some(isAsking)).map(keyOf);
  const reaching = backwards(menus, next);
  const entered = new Set([...reaching].flatMap((key) => (next.get(key) ?? []).filter((to) => to !== key)));
  const roots = [...reaching].filter((key) => !entered.has(key) && isEntry(byKey.get(key)));
  const first = roots.length > 0 ? roots : menus.slice(0, 1);
  const flows = new Map<string, string[]>();
  for (const key of first) {
    const [only] = next.get(key) ?? [];
    const place = byKey.get(key);
    const target = place && only !== undefined && isJumpOnly(place.extension) ? only : key;
    const number = place && /^\+?[0-9]{3,20}$/.test(place.extension.pattern) ? [place.extension.pattern] : [];
    flows.set(target, [...(flows.get(target) ?? []), ...number]);
  }
  return [...flows].flatMap(([key, numbers]) => {
    const at = byKey.get(key);
    return at ? [{ at, numbers }] : [];
  });
}

const isAsking = ({ app }: Step) => ASKING.has(app.toLowerCase());
const isEntry = (place: ExtensionPlace | undefined) => place !== undefined && !SPECIAL.has(place.extension.pattern);

/** Nothing but a jump that is always taken, and what callers do not notice. */
function isJumpOnly({ steps }: Extension): boolean {
  const rest = steps.filter(({ app }) => !/^(answer|noop|verbose|wait|set|ringing|progress)$/i.test(app));
  const [first] = rest;
  return (
    first !== undefined &&
    first.app.toLowerCase() === 'goto' &&
    !isOpen(first.args) &&
    argumentsOf(first.args).length > 1
  );
}

/** Places that an extension jumps to, or that are dialled in its menu. */
function leadsTo(dialplan: Dialplan, place: ExtensionPlace, byKey: ReadonlyMap<string, ExtensionPlace>): Set<string> {
  const found = new Set<string>();
  for (const step of place.extension.steps) {
    for (const text of targetsOf(step)) {
      const target = jumpTarget(text);
      if (target?.exten) found.add(`${target.context ?? place.context},${target.exten}`);
    }
    if (isAsking(step)) {
      for (const dialled of extensionsOf(dialplan, place.context)) {
        if (dialled.extension.pattern !== 's') found.add(keyOf(dialled));
      }
    }
  }
  return new Set([...found].filter((key) => byKey.has(key)));
}

/** Everything from which one of these can be reached, themselves included. */
function backwards(targets: readonly string[], next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(targets);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [key, to] of next) if (to.some((one) => found.has(one))) found.add(key);
  }
  return found;
}
