/** A place in a text, as editors count: both from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

interface Level {
  /** Null in a list. */
  key: string | null;
  index: number;
  readonly isList: boolean;
}

/**
 * Where the value at `path` (member names and list indexes) begins in a text that is JSON; of a path that is not all
 * there, the last step that is. Undefined for the document itself.
 */
export function positionIn(text: string, path: readonly string[]): TextPosition | undefined {
  const levels: Level[] = [];
  let best: { depth: number; at: number } | undefined;
  for (let tokens = text.matchAll(TOKEN), next = tokens.next(), key = false; !next.done; next = tokens.next()) {
    const [token] = next.value;
    const top = levels.at(-1);
    if (token === '}' || token === ']') {
      levels.pop();
      continue;
    }
    if (token === ',') {
      if (top) top.index++;
      key = false;
      continue;
    }
    if (token === ':') {
      key = true;
      continue;
    }
    if (top && !top.isList && !key) {
      top.key = JSON.parse(token) as string;
      continue;
    }
    key = false;
    // A value begins here.
    const depth = levels.length;
    if (
      depth > (best?.depth ?? 0) &&
      depth <= path.length &&
      levels.every((level, step) => stepOf(level) === path[step])
    ) {
      best = { depth, at: next.value.index };
      if (depth === path.length) break;
    }
    if (token === '{' || token === '[') levels.push({ key: null, index: 0, isList: token === '[' });
  }
  return best && positionAt(text, best.at);
}

const stepOf = ({ isList, index, key }: Level) => (isList ? String(index) : key);

/** Of an offset in UTF-16 units. */
export function positionAt(text: string, offset: number): TextPosition {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
