import { formatParams, type Params, parseParams } from './grammar.ts';

/** A sip, sips or ws URI taken apart (RFC 3261 19.1). `user` is unescaped. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly params: Params;
}

const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?)$/;

/** Parses a sip or sips URI; undefined for other schemes and for malformed ones (blanks, bad port, bad host). */
export function parseSipUri(text: string): SipUri | undefined {
  const match = /^(sips?):/i.exec(text);
  if (match === null || /[\s<>"]/.test(text)) return undefined;
  const scheme = match[1]?.toLowerCase() === 'sips' ? 'sips' : 'sip';
  let rest = text.slice(match[0].length);
  // The user part may contain ";", "?" and "=" but no "@"; the last one ends it (RFC 4475 3.1.1.9 and 3.1.1.3).
  const at = rest.lastIndexOf('@');
  let user = '';
  if (at !== -1) {
    const userInfo = rest.slice(0, at);
    const colon = userInfo.indexOf(':');
    user = unescapeUser(colon === -1 ? userInfo : userInfo.slice(0, colon));
    rest = rest.slice(at + 1);
  }
  const question = rest.indexOf('?');
  if (question !== -1) rest = rest.slice(0, question);
  const semicolon = rest.indexOf(';');
  const hostPort = semicolon === -1 ? rest : rest.slice(0, semicolon);
  const params = semicolon === -1 ? new Map<string, string>() : parseParams(rest.slice(semicolon + 1));
  const hostMatch = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(hostPort);
  const host = hostMatch?.[1] ?? '';
  const port = hostMatch?.[2] === undefined ? undefined : Number(hostMatch[2]);
  if (hostMatch === null || !HOST.test(host) || params === undefined) return undefined;
  if (port !== undefined && port > 65_535) return undefined;
  return { scheme, user, host: host.toLowerCase(), port, params };
}

/** Text of a URI; the user part is escaped. */
export function formatSipUri(uri: {
  scheme?: 'sip' | 'sips';
  user: string;
  host: string;
  port?: number | undefined;
  params?: ReadonlyMap<string, string>;
}): string {
  const user = uri.user === '' ? '' : `${escapeUser(uri.user)}@`;
  const port = uri.port === undefined ? '' : `:${uri.port}`;
  return `${uri.scheme ?? 'sip'}:${user}${uri.host}${port}${formatParams(uri.params ?? new Map())}`;
}

/** Percent-encodes what may not stand bare in a user part (RFC 3261 25.1, `user`). */
export function escapeUser(user: string): string {
  return encodeURIComponent(user.toWellFormed()).replace(/%(26|3D|2B|24|2C|3B|3F|2F)/g, (escaped) =>
    decodeURIComponent(escaped),
  );
}

function unescapeUser(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
