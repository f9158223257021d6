import { KEYS, type Key } from '../../flow/ids.ts';

/** A menu as it stands in an outline. */
export interface OutlineMenu {
  /** What callers hear first; empty where nothing is written. */
  text: string;
  readonly entries: OutlineEntry[];
}

/** A line that begins with a key, or that says what happens without a choice or with a wrong one. */
export interface OutlineEntry {
  readonly on: Key | 'no-input' | 'invalid';
  readonly label: string;
  /** What stands after the arrow. */
  readonly target: string | null;
  /** What is said, from behind a colon or from indented lines below. */
  text: string;
  /** The menu that its indented lines are. */
  menu: OutlineMenu | null;
  /** 1 is the first line. */
  readonly line: number;
}

/** Something in an outline that has no meaning, by line (1 is the first). */
export interface OutlineProblem {
  readonly line: number;
  readonly code: 'key-twice' | 'indent' | 'menu-unknown' | 'back-at-top' | 'too-long';
  readonly params: Readonly<Record<string, string>>;
}

/** Longest outline, in UTF-16 code units. */
export const MAX_OUTLINE_LENGTH = 100_000;

const WITHOUT_CHOICE: readonly (readonly [RegExp, 'no-input' | 'invalid'])[] = [
  [/^(?:no (?:input|choice|key)|timeout|nothing|brak wyboru|bez wyboru|nic)$/iu, 'no-input'],
  [/^(?:invalid|wrong (?:key|choice)|otherwise|błędny (?:wybór|klawisz)|zły (?:wybór|klawisz)|inaczej)$/iu, 'invalid'],
];
const ARROW = /\s*(?:->|=>|→)\s*/u;
const KEY_LINE = /^[[(]?([0-9*#])[\])]?(?:\s*[.):–—-])?(?:\s+|(?=->|=>|→))(.*)$/u;
/** How wide a tab is, in columns. */
const TAB = 4;

interface OpenMenu {
  readonly menu: OutlineMenu;
  /** The column of its entries; unknown until there is one. */
  column: number | null;
}

/**
 * Reads an indented plain text as a menu: a line for each key (`1 Sales -> queue Sales`, `2. Support`), deeper lines are
 * the menu behind a key, lines without a key are what callers hear. Lines that begin with `//` are left out.
 */
export function parseOutline(source: string): { menu: OutlineMenu; problems: readonly OutlineProblem[] } {
  const menu: OutlineMenu = { text: '', entries: [] };
  const problems: OutlineProblem[] = [];
  if (source.length > MAX_OUTLINE_LENGTH) {
    return { menu, problems: [{ line: 1, code: 'too-long', params: { max: String(MAX_OUTLINE_LENGTH) } }] };
  }
  const open: OpenMenu[] = [{ menu, column: null }];
  source.split(/\r\n|[\n\r\u2028\u2029]/u).forEach((raw, index) => {
    const { column, words } = lineOf(raw);
    if (words === '' || words.startsWith('//')) return;
    const line = index + 1;
    const entry = entryOf(words, line);
    if (entry === null) addText(open, column, words);
    else addEntry(open, column, entry, problems);
  });
  return { menu, problems };
}

function lineOf(raw: string): { column: number; words: string } {
  const indent = /^\s*/u.exec(raw)?.[0] ?? '';
  const column = [...indent].reduce((sum, space) => sum + (space === '\t' ? TAB - (sum % TAB) : 1), 0);
  // A bullet of a list is no key, even where it is an asterisk.
  const words = raw.trim().replace(/^(?:[-–—•·]\s+|[*+]\s+(?=[0-9*#][\s.):]))/u, '');
  return { column, words };
}

function entryOf(words: string, line: number): OutlineEntry | null {
  const [, key, rest = ''] = KEY_LINE.exec(words) ?? [];
  if (key !== undefined) {
    const on = KEYS.find((known) => known === key);
    return on === undefined ? null : { on, ...partsOf(rest), menu: null, line };
  }
  const { label, target, text } = partsOf(words);
  const on = WITHOUT_CHOICE.find(([word]) => word.test(label))?.[1];
  return on === undefined || (target === null && text === '') ? null : { on, label, target, text, menu: null, line };
}

/** `label -> target`, `label: what is said`, or the label alone. */
function partsOf(rest: string): { label: string; target: string | null; text: string } {
  const [before = '', ...after] = rest.split(ARROW);
  if (after.length > 0) return { label: before.trim(), target: unquoted(after.join(' ')), text: '' };
  const [, label, text] = /^([^:"„“]{1,100}):\s+(.+)$/u.exec(before) ?? [];
  if (label !== undefined && text !== undefined) return { label: label.trim(), target: null, text: unquoted(text) };
  return { label: before.replace(/:\s*$/u, '').trim(), target: null, text: '' };
}

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^["„“”](.*)["“”]$/u, '$1')
    .trim();
}

/** The menu to which a line in that column belongs; those below it are closed. */
function menuAt(open: OpenMenu[], column: number): OpenMenu {
  while (open.length > 1 && column < (open.at(-1)?.column ?? 0)) open.pop();
  return open.at(-1) as OpenMenu;
}

function addText(open: OpenMenu[], column: number, words: string): void {
  const at = menuAt(open, column);
  const last = at.menu.entries.at(-1);
  const holder = last && column > (at.column ?? 0) ? (last.menu ?? last) : at.menu;
  holder.text = [holder.text, unquoted(words)].filter((part) => part !== '').join(' ');
}

function addEntry(open: OpenMenu[], column: number, entry: OutlineEntry, problems: OutlineProblem[]): void {
  let at = menuAt(open, column);
  const last = at.menu.entries.at(-1);
  if (last && at.column !== null && column > at.column) {
    if (last.menu !== null) problems.push({ line: entry.line, code: 'indent', params: {} });
    last.menu ??= { text: last.text, entries: [] };
    last.text = '';
    at = { menu: last.menu, column };
    open.push(at);
  }
  at.column ??= column;
  if (at.menu.entries.some(({ on }) => on === entry.on)) {
    problems.push({ line: entry.line, code: 'key-twice', params: { key: entry.on } });
  }
  at.menu.entries.push(entry);
}
