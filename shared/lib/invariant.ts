/** Throws when a condition that only a bug can break does not hold. Not for bad input: use `DialtreeError` there. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}

/** For the `default` of a switch over a closed union: does not compile while a case is missing. */
export function unreachable(value: never, what = 'value'): never {
  throw new Error(`Invariant broken: unexpected ${what} ${JSON.stringify(value)}`);
}
