import type { Row, Tables } from './tables.ts';

/** Most rows that are read of a dump; those of a phone system's settings are far fewer. */
const MOST_ROWS = 200_000;

/**
 * The rows of a MySQL dump (mysqldump's `CREATE TABLE` and `INSERT INTO … VALUES`), for the tables asked for. Columns are
 * named by the insertion itself, else by the table's definition before it.
 */
export function readSqlDump(text: string, wanted: ReadonlySet<string>): Tables {
  const tables = new Map<string, Row[]>();
  const columnsOf = new Map<string, readonly string[]>();
  const statement =
    /CREATE TABLE (?:IF NOT EXISTS )?`?(\w+)`?\s*\(([\s\S]*?)\n\s*\)|INSERT (?:IGNORE )?INTO `?(\w+)`?\s*(?:\(([^)]*)\)\s*)?VALUES\s*/gi;
  for (let match = statement.exec(text); match; match = statement.exec(text)) {
    const [, created, definition = '', table = '', named] = match;
    if (created !== undefined) {
      columnsOf.set(
        created,
        [...definition.matchAll(/^\s*`(\w+)`/gm)].map(([, column = '']) => column),
      );
      continue;
    }
    if (!wanted.has(table)) continue;
    const columns =
      named === undefined
        ? (columnsOf.get(table) ?? [])
        : named.split(',').map((column) => column.replace(/[`"\s]/g, ''));
    const { rows, end } = readRows(text, statement.lastIndex);
    statement.lastIndex = end;
    const known = tables.get(table) ?? [];
    for (const values of rows.slice(0, MOST_ROWS - known.length)) {
      known.push(Object.fromEntries(columns.map((column, index) => [column, values[index] ?? ''])));
    }
    tables.set(table, known);
  }
  return tables;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '', Z: '' };

/** `(1,'a''b',NULL),(…);` from a place in the text on. */
function readRows(text: string, start: number): { rows: string[][]; end: number } {
  const rows: string[][] = [];
  let at = start;
  let row: string[] | null = null;
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === ';' && row === null) break;
    if (character === '(' && row === null) row = [];
    else if (character === ')' && row !== null) {
      rows.push(row);
      row = null;
    } else if (character === "'" && row !== null) {
      const read = readQuoted(text, at + 1);
      row.push(read.value);
      at = read.end;
    } else if (row !== null && character !== undefined && /[\w.+-]/.test(character)) {
      const [word = ''] = /^[\w.+-]+/.exec(text.slice(at, at + 100)) ?? [];
      row.push(word.toUpperCase() === 'NULL' ? '' : word);
      at += word.length - 1;
    }
  }
  return { rows, end: at };
}

function readQuoted(text: string, start: number): { value: string; end: number } {
  let value = '';
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') {
      at++;
      value += ESCAPES[text.charAt(at)] ?? text.charAt(at);
    } else if (character === "'") {
      if (text[at + 1] !== "'") return { value, end: at };
      at++;
      value += "'";
    } else value += character;
  }
  return { value, end: text.length };
}
