/** Two 32-bit lanes of a hash. */
interface Lanes {
  readonly a: number;
  readonly b: number;
}

/**
 * Short name for the content of a JSON value: 16 hex digits, the same for equal values in whatever order their members
 * were written; members that are `undefined` do not count. Members are summed up, each mixed with its name, so that
 * nothing needs to be sorted or written out. It tells versions apart; it does not protect against someone who looks
 * for collisions.
 */
export function valueHash(value: unknown): string {
  const { a, b } = lanesOf(value, new Map());
  return hex(mix(a)) + hex(mix(b ^ a));
}

function lanesOf(value: unknown, names: Map<string, Lanes>): Lanes {
  if (typeof value === 'string') return ofText(value, 0x73);
  if (typeof value !== 'object' || value === null) return ofText(String(value), 0x6c);
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  if (Array.isArray(value)) {
    for (const item of value) {
      const part = lanesOf(item, names);
      a = mix(Math.imul(a, 0x01000193) ^ part.a);
      b = mix(Math.imul(b, 0x5bd1e995) ^ part.b);
    }
    return { a, b: b ^ 0x61 };
  }
  for (const name of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member === undefined) continue;
    const part = lanesOf(member, names);
    const label = labelOf(name, names);
    // A sum does not depend on the order; what is summed up is well mixed.
    a = (a + mix(Math.imul(label.a, 0x01000193) ^ part.a)) | 0;
    b = (b + mix(Math.imul(label.b, 0x5bd1e995) ^ part.b)) | 0;
  }
  return { a: mix(a), b: mix(b) };
}

/** Names come again and again. */
function labelOf(name: string, names: Map<string, Lanes>): Lanes {
  const known = names.get(name);
  if (known) return known;
  const lanes = ofText(name, 0x6e);
  names.set(name, lanes);
  return lanes;
}

/** In the manner of FNV-1a over the UTF-16 code units; the kind of value keeps `1` and `"1"` apart. */
function ofText(text: string, kind: number): Lanes {
  let a = 0x811c9dc5 ^ kind;
  let b = 0x1b873593 ^ kind;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return { a: mix(a ^ text.length), b: mix(b ^ a) };
}

/** Spreads every bit over the whole lane. */
function mix(lane: number): number {
  let value = lane ^ (lane >>> 16);
  value = Math.imul(value, 0x45d9f3b);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return value ^ (value >>> 16);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
