/** One line of a dialplan: what is done at a priority. */
export interface Step {
  /** 1 is the first. */
  readonly priority: number;
  readonly label: string | null;
  readonly app: string;
  /** As written between the brackets. */
  readonly args: string;
  /** The line as it stands in the file. */
  readonly source: string;
}

/** An extension: what is done, in the order of its priorities. */
export interface Extension {
  readonly pattern: string;
  readonly steps: readonly Step[];
}

export interface DialplanContext {
  readonly name: string;
  readonly extensions: readonly Extension[];
  readonly includes: readonly string[];
}

export interface Dialplan {
  readonly contexts: ReadonlyMap<string, DialplanContext>;
  /** `[globals]`: values by name. */
  readonly globals: ReadonlyMap<string, string>;
  /** Files that are included and are not here; other switches (`switch`, `lswitch`). */
  readonly notRead: readonly string[];
}

interface OpenContext {
  readonly extensions: Map<string, Step[]>;
  readonly includes: string[];
}

/**
 * Reads `extensions.conf` (pbx_config.c, pbx_load_config): contexts, templates in brackets are ignored, `exten`, `same`,
 * `include`, priorities as numbers, `n`, `s` and with labels, comments to the end of a line and over several.
 */
export function parseDialplan(text: string): Dialplan {
  const contexts = new Map<string, OpenContext>();
  const globals = new Map<string, string>();
  const notRead: string[] = [];
  let context: OpenContext | null = null;
  let section = '';
  let pattern = '';
  for (const line of codeLines(text)) {
    const heading = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading.trim();
      pattern = '';
      context = section === 'general' || section === 'globals' ? null : openContext(contexts, section);
      continue;
    }
    if (line.startsWith('#')) {
      notRead.push(line);
      continue;
    }
    const [, key = '', value = ''] = /^([\w-]+)\s*=>?\s*(.*)$/.exec(line) ?? [];
    if (section === 'globals') globals.set(key, value);
    if (!context) continue;
    if (key === 'exten' || key === 'same') {
      const [first = '', rest = ''] = key === 'same' ? [pattern, value] : splitOnce(value);
      pattern = first.trim().replace(/^"(.*)"$/, '$1');
      addStep(context, pattern, rest, line);
    } else if (key === 'include') context.includes.push(splitOnce(value)[0].trim());
    else if (/switch$/.test(key)) notRead.push(line);
  }
  return { contexts: new Map([...contexts].map(([name, open]) => [name, closed(name, open)])), globals, notRead };
}

function openContext(contexts: Map<string, OpenContext>, name: string): OpenContext {
  const known = contexts.get(name) ?? { extensions: new Map(), includes: [] };
  contexts.set(name, known);
  return known;
}

function closed(name: string, { extensions, includes }: OpenContext): DialplanContext {
  const all = [...extensions].map(([pattern, steps]) => ({
    pattern,
    steps: steps.toSorted((a, b) => a.priority - b.priority),
  }));
  return { name, extensions: all, includes };
}

/** Lines without comments and white space around; empty ones are left out. */
function codeLines(text: string): string[] {
  return text
    .replace(/;--(?!-)[\s\S]*?--;/g, '')
    .split(/\r\n|[\n\r]/)
    .map((line) =>
      line
        .replace(/(^|[^\\]);.*$/, '$1')
        .replaceAll('\\;', ';')
        .trim(),
    )
    .filter((line) => line !== '');
}

function splitOnce(text: string): [string, string] {
  const comma = text.search(/[,|]/);
  return comma < 0 ? [text, ''] : [text.slice(0, comma), text.slice(comma + 1)];
}

/** `1,App(args)`, `n(label),App(args)`, `hint,…`. */
function addStep(context: OpenContext, pattern: string, rest: string, source: string): void {
  const [written, call] = splitOnce(rest);
  const [, at = '', more = '', label = null] =
    /^\s*(\d+|n|s)\s*(?:\+\s*(\d+))?\s*(?:\(\s*([^)]+?)\s*\))?\s*$/.exec(written) ?? [];
  if (at === '') return;
  const steps = context.extensions.get(pattern) ?? [];
  const last = steps.at(-1)?.priority ?? 0;
  const priority = /^\d+$/.test(at) ? Number(at) : last + (at === 'n' ? 1 : 0) + Number(more || 0);
  const [, app = call.trim(), args = ''] = /^\s*([\w-]+)\s*(?:\(([\s\S]*)\)\s*)?$/.exec(call) ?? [];
  // Written before 1.4: App,arg|arg.
  const [name, old] = /^[\w-]+$/.test(app) ? [app, null] : splitOnce(app);
  steps.push({ priority, label, app: name.trim(), args: old ?? args, source });
  context.extensions.set(pattern, steps);
}

/** Arguments of an application, split at commas outside brackets and quotes (app.c, ast_app_separate_args). */
export function argumentsOf(args: string): readonly string[] {
  const found: string[] = [];
  let [depth, quoted, current] = [0, false, ''];
  for (const character of args) {
    if (character === '"') quoted = !quoted;
    if (!quoted && '([{'.includes(character)) depth++;
    if (!quoted && ')]}'.includes(character)) depth--;
    if (character === ',' && depth <= 0 && !quoted) {
      found.push(current.trim());
      current = '';
    } else current += character;
  }
  return [...found, current.trim()];
}

/**
 * The extension of a context, or of those it includes, that an exact name or dialled digits lead to: an exact one before
 * patterns, a narrower pattern before a wider one (pbx.c, ast_extension_match).
 */
export function findExtension(
  { contexts }: Pick<Dialplan, 'contexts'>,
  contextName: string,
  dialled: string,
  seen: ReadonlySet<string> = new Set(),
): { readonly context: string; readonly extension: Extension } | undefined {
  const context = contexts.get(contextName);
  if (!context || seen.has(contextName)) return undefined;
  const matching = context.extensions
    .filter(({ pattern }) => pattern === dialled || (pattern.startsWith('_') && matches(pattern, dialled)))
    .toSorted((a, b) => width(a.pattern) - width(b.pattern));
  const [extension] = matching;
  if (extension) return { context: contextName, extension };
  for (const include of context.includes) {
    const found = findExtension({ contexts }, include, dialled, new Set([...seen, contextName]));
    if (found) return found;
  }
  return undefined;
}

/** Every extension of a context and of those that it includes, with where it stands. */
export function extensionsOf(
  { contexts }: Dialplan,
  contextName: string,
): readonly { readonly context: string; readonly extension: Extension }[] {
  const names = new Set([contextName]);
  // A set that grows is walked to its new end.
  for (const name of names) for (const include of contexts.get(name)?.includes ?? []) names.add(include);
  return [...names].flatMap((name) =>
    (contexts.get(name)?.extensions ?? []).map((extension) => ({ context: name, extension })),
  );
}

const CLASSES: Readonly<Record<string, string>> = { X: '[0-9]', Z: '[1-9]', N: '[2-9]', '.': '.+', '!': '.*' };

/** Whether a pattern (`_X.`, `_1[0-5]X`) covers what is dialled. */
export function matches(pattern: string, dialled: string): boolean {
  const parts =
    pattern
      .slice(1)
      .replace(/-(?![^[]*\])/g, '')
      .match(/\[[^\]]*\]|./g) ?? [];
  const source = parts.map(
    (part) =>
      CLASSES[part.toUpperCase()] ?? (part.startsWith('[') ? part : `\\u{${part.codePointAt(0)?.toString(16)}}`),
  );
  try {
    return new RegExp(`^${source.join('')}$`, 'u').test(dialled);
  } catch {
    return false;
  }
}

/** How much a pattern covers: exact names first, then by the classes in it. */
function width(pattern: string): number {
  if (!pattern.startsWith('_')) return 0;
  const weights = (pattern.match(/\[[^\]]*\]|./g) ?? []).map(
    (part) => ({ '.': 10_000, '!': 20_000 })[part] ?? (/[XZN[]/i.test(part) ? 10 : 1),
  );
  return weights.reduce((sum, weight) => sum + weight, 0);
}
