import { splitOutside } from './grammar.ts';

/** Compact forms (RFC 3261 7.3.3 and the registry of SIP header fields). */
const COMPACT: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  n: 'identity-info',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

/** Names that are not just capitalised words. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'mime-version': 'MIME-Version',
  'www-authenticate': 'WWW-Authenticate',
  rseq: 'RSeq',
  rack: 'RAck',
  'min-se': 'Min-SE',
};

function spell(key: string): string {
  return SPELLINGS[key] ?? key.replace(/(^|-)([a-z])/g, (word) => word.toUpperCase());
}

/** Header fields in their order. Names are matched in any case and by their compact form. */
export class SipHeaders {
  readonly #fields: { key: string; value: string }[] = [];

  static keyOf(name: string): string {
    const key = name.toLowerCase();
    return COMPACT[key] ?? key;
  }

  /** The first field of that name, as it was written. */
  get(name: string): string | undefined {
    const key = SipHeaders.keyOf(name);
    return this.#fields.find((field) => field.key === key)?.value;
  }

  getAll(name: string): string[] {
    const key = SipHeaders.keyOf(name);
    return this.#fields.filter((field) => field.key === key).map((field) => field.value);
  }

  /** All values of a header that is a comma-separated list (RFC 3261 7.3.1), over all its fields. */
  list(name: string): string[] {
    return this.getAll(name)
      .flatMap((value) => splitOutside(value, ','))
      .filter((value) => value !== '');
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  append(name: string, value: string): this {
    this.#fields.push({ key: SipHeaders.keyOf(name), value });
    return this;
  }

  /** Replaces every field of that name by one, at the place of the first. */
  set(name: string, value: string): this {
    const key = SipHeaders.keyOf(name);
    const first = this.#fields.findIndex((field) => field.key === key);
    if (first === -1) return this.append(name, value);
    this.delete(name);
    this.#fields.splice(first, 0, { key, value });
    return this;
  }

  delete(name: string): this {
    const key = SipHeaders.keyOf(name);
    for (let i = this.#fields.length - 1; i >= 0; i--) if (this.#fields[i]?.key === key) this.#fields.splice(i, 1);
    return this;
  }

  /** `[name as spelt in the RFCs, value]` in order. */
  *entries(): Generator<readonly [string, string]> {
    for (const { key, value } of this.#fields) yield [spell(key), value];
  }
}
