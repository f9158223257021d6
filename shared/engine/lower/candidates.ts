import type { Value } from '../../flow/variables.ts';
import { sortedEntries } from '../../lib/record.ts';
import type { Mentions } from '../expression/literals.ts';

/** More values than this for one name are not kept: who explores has to end. */
const MAX_VALUES = 24;

/** VA6: the values that a program compares others with, by the name of what is compared. */
export class Candidates {
  readonly #values = new Map<string, Set<Value>>();

  add({ names, literals }: Mentions): void {
    const around = literals.flatMap(withNeighbours);
    for (const name of names) {
      const values = this.#values.get(name) ?? new Set<Value>();
      for (const value of around) if (values.size < MAX_VALUES) values.add(value);
      if (values.size > 0) this.#values.set(name, values);
    }
  }

  /** As in a program: by name, the values in one order whatever order they were found in. */
  toRecord(): Readonly<Record<string, readonly Value[]>> {
    const sorted = [...this.#values].map(([name, values]) => [name, [...values].sort(byText)] as const);
    return Object.fromEntries(sortedEntries(Object.fromEntries(sorted)));
  }
}

/** A comparison with a number may change just before it, at it, and just after it. */
function withNeighbours(value: Value): readonly Value[] {
  return typeof value === 'number' ? [value - 1, value, value + 1] : [value];
}

function byText(a: Value, b: Value): number {
  const [left, right] = [`${typeof a} ${a}`, `${typeof b} ${b}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
