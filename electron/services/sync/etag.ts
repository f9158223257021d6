/** What a server says about which version an answer was (RFC 9110 section 8.8). */
export interface Version {
  /** As it was sent, `W/"…"` or `"…"`. */
  readonly etag: string;
  /** May be compared strongly, so that `If-Match` works with it. */
  readonly strong: boolean;
  /** The file was written so lately that a further change could get the same tag: then "not modified" says nothing. */
  readonly fresh: boolean;
}

/** Servers whose tags are made of times count in seconds (nginx); one second more for rounding. */
export const FRESH_MS = 2000;

/** Reads the version from the headers of an answer; null when there is no tag. */
export function versionOf(headers: Readonly<Record<string, string | string[] | undefined>>): Version | null {
  const { etag, date, 'last-modified': modified, 'content-encoding': encoding } = headers;
  if (typeof etag !== 'string' || !/^(W\/)?"[^"]*"$/.test(etag)) return null;
  // The tag of a compressed answer is not that of the file (nginx makes it weak, Apache adds "-gzip").
  const strong = !etag.startsWith('W/') && (encoding === undefined || encoding === 'identity');
  const ageMs = Date.parse(String(date)) - Date.parse(String(modified));
  // By the server's own clock, so that ours may be wrong.
  return { etag, strong, fresh: Number.isFinite(ageMs) && ageMs < FRESH_MS };
}

/** Whether two tags name one version of the file, however the answers were compressed. */
export function sameVersion(one: string, other: string): boolean {
  const bare = (etag: string) => etag.replace(/^W\//, '').replace(/(-|;|--)gzip"$/, '"');
  return bare(one) === bare(other);
}
