/**
 * JSON text that is the same for equal values, whatever order their members were written in. `first` names members
 * that go ahead of the others, in that order. Members that are `undefined` are left out, as in JSON.
 */
export function stableJson(value: unknown, options: { indent?: number; first?: readonly string[] } = {}): string {
  const rank = new Map((options.first ?? []).map((key, index) => [key, index]));
  return JSON.stringify(ordered(value, rank), null, options.indent ?? 0);
}

function ordered(value: unknown, rank: ReadonlyMap<string, number>): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, rank));
  if (typeof value !== 'object' || value === null) return value;
  // Without a comparator it is by code units.
  const keys = Object.keys(value).sort();
  // Sorting is stable, so equal ranks stay alphabetical.
  if (rank.size > 0) keys.sort((a, b) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size));
  const members = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    const member = ordered(members[key], rank);
    // An assignment would set the prototype.
    if (key === '__proto__') Object.defineProperty(result, key, { value: member, enumerable: true });
    else result[key] = member;
  }
  return result;
}

/**
 * The text of a document for version control: as `stableJson` with an indent of two, but what has at most
 * `oneLineMembers` members, none of which has members itself, stands on one line. Lines depend on the shape only, not
 * on lengths, so that another value in one place is one other line. The outermost value is always broken.
 */
export function stableLines(value: unknown, options: { first?: readonly string[]; oneLineMembers: number }): string {
  // By way of JSON: what it leaves out or writes as null is so here too.
  const plain: unknown = JSON.parse(stableJson(value, { first: options.first ?? [] }));
  return printLines(plain, '', options.oneLineMembers);
}

function printLines(value: unknown, pad: string, oneLineMembers: number): string {
  if (isLeaf(value)) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const members = Object.values(value as object);
  const keys = isList ? [] : Object.keys(value as object).map((key) => `${JSON.stringify(key)}: `);
  const [open, close] = isList ? '[]' : '{}';
  const inner = `${pad}  `;
  if (pad !== '' && members.length <= oneLineMembers && members.every(isLeaf)) {
    const parts = members.map((member, index) => `${keys[index] ?? ''}${JSON.stringify(member)}`);
    return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  }
  const lines = members.map(
    (member, index) => `${inner}${keys[index] ?? ''}${printLines(member, inner, oneLineMembers)}`,
  );
  return `${open}\n${lines.join(',\n')}\n${pad}${close}`;
}

/** Has no members: a text, a number, …, or an empty list or object. */
function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}
