import { formatParams, isToken, type Params, parseParams, quote, unquote } from './grammar.ts';

/** The value of From, To and Contact: `"Name" <uri>;params` (RFC 3261 20.10). */
export interface NameAddr {
  /** Unquoted; empty when there is none. */
  readonly displayName: string;
  /** As written, unparsed. */
  readonly uri: string;
  readonly params: Params;
}

/** Parses one name-addr or addr-spec; undefined when it is malformed. */
export function parseNameAddr(text: string): NameAddr | undefined {
  const value = text.trim();
  const open = openBracket(value);
  if (open === undefined) return undefined;
  if (open === -1) {
    // RFC 3261 20: without brackets, parameters belong to the header, and the URI may not contain "," "?" or ";".
    const semicolon = value.indexOf(';');
    const uri = (semicolon === -1 ? value : value.slice(0, semicolon)).trim();
    const params = parseParams(semicolon === -1 ? '' : value.slice(semicolon + 1));
    if (!isUri(uri) || /[,?\s]/.test(uri) || params === undefined) return undefined;
    return { displayName: '', uri, params };
  }
  const close = value.indexOf('>', open);
  if (close === -1) return undefined;
  const name = value.slice(0, open).trim();
  const uri = value.slice(open + 1, close);
  const after = value.slice(close + 1).trim();
  if (after !== '' && !after.startsWith(';')) return undefined;
  const params = parseParams(after.slice(1));
  if (!isUri(uri) || /\s/.test(uri) || params === undefined) return undefined;
  if (name.startsWith('"')) return { displayName: unquote(name), uri, params };
  // An unquoted display name is tokens and blanks only (RFC 4475 3.1.2.15). Letters beyond ASCII are let through.
  const displayName = name.replace(/\s+/g, ' ');
  if (displayName !== '' && !displayName.split(' ').every((word) => isToken(word) || /[^\p{ASCII}]/u.test(word))) {
    return undefined;
  }
  return { displayName, uri, params };
}

/** Text of a name-addr, always with angle brackets. */
export function formatNameAddr(value: {
  displayName?: string;
  uri: string;
  params?: ReadonlyMap<string, string>;
}): string {
  const name = value.displayName === undefined || value.displayName === '' ? '' : `${quote(value.displayName)} `;
  return `${name}<${value.uri}>${formatParams(value.params ?? new Map())}`;
}

/** Index of the "<" that opens the URI, -1 when there is none, undefined when a quote stays open. */
function openBracket(value: string): number | undefined {
  if (!value.startsWith('"')) return value.indexOf('<');
  for (let i = 1; i < value.length; i++) {
    if (value[i] === '\\') i++;
    else if (value[i] === '"') {
      const open = value.indexOf('<', i);
      return open === -1 || value.slice(i + 1, open).trim() !== '' ? undefined : open;
    }
  }
  return undefined;
}

function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:./.test(text);
}
