/**
 * The pieces of RFC 3261 section 25 that several headers share: tokens, quoted strings, lists, parameters.
 * Everything here works on untrusted text in linear time and never throws.
 */

const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/** True for a `token` (RFC 3261 25.1): method names, header names, parameter names. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Splits at `separator` where it is outside quotes and angle brackets; parts are trimmed, empty ones kept. */
export function splitOutside(text: string, separator: string): string[] {
  if (!text.includes(separator)) return [text.trim()];
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let bracketed = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '<') bracketed = true;
    else if (c === '>') bracketed = false;
    else if (c === separator && !bracketed) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** Parameter name in lower case → value; a parameter without value is the empty string. */
export type Params = Map<string, string>;

/** Parses `a=1;b;c="x y"` (no leading semicolon needed). Undefined when a name is missing or no token. */
export function parseParams(text: string): Params | undefined {
  const params: Params = new Map();
  if (text.trim() === '') return params;
  for (const part of splitOutside(text, ';')) {
    const equals = part.indexOf('=');
    const name = (equals === -1 ? part : part.slice(0, equals)).trim();
    if (!isToken(name)) return undefined;
    params.set(name.toLowerCase(), equals === -1 ? '' : unquote(part.slice(equals + 1).trim()));
  }
  return params;
}

/** `;a=1;b` from parameters; values that are no token are quoted. */
export function formatParams(params: ReadonlyMap<string, string>): string {
  let text = '';
  for (const [name, value] of params) text += value === '' ? `;${name}` : `;${name}=${quoteUnlessToken(value)}`;
  return text;
}

/** Removes quotes and backslashes of a quoted-string; other text is returned as it is. */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\(.)/gs, '$1');
}

/** A quoted-string; control characters, which it may not contain, become spaces. */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return `"${text.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/(["\\])/g, '\\$1')}"`;
}

function quoteUnlessToken(value: string): string {
  // Hosts with colons and brackets (received=, maddr=) are allowed bare by gen-value.
  return isToken(value) || /^[[\]A-Za-z0-9.:]+$/.test(value) ? value : quote(value);
}
