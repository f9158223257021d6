import type { FlowProgram, OpId } from '../../engine/program.ts';
import { lookup } from '../../lib/record.ts';
import { valueHash } from '../../lib/value-hash.ts';
import { leadsTo } from '../exits.ts';
import type { Target } from '../explorer.ts';
import { leadingTo } from '../op-graph.ts';

/**
 * Says where two programs cannot differ any more: at an operation that is the same in both, and from which none that
 * differs can be reached in either. Linear in the programs; what it leaves out of a comparison is most of it, for
 * versions differ in few places.
 */
export class Unchanged {
  readonly #before: FlowProgram;
  readonly #after: FlowProgram;
  /** Operations from which a changed one can be reached; null where that cannot be told. */
  readonly #leadingToChange: ReadonlySet<OpId> | null;

  constructor(before: FlowProgram, after: FlowProgram) {
    this.#before = before;
    this.#after = after;
    const isSame = (of: (program: FlowProgram) => unknown) => valueHash(of(before)) === valueHash(of(after));
    // What every operation may go by.
    const alike = isSame(({ schedules, variables, candidates }) => [schedules, variables, candidates]);
    this.#leadingToChange = alike ? leadingToChange(before, after) : null;
  }

  /** Whether calls to a target that wait here, in the same state in both, go on alike whatever happens. */
  isSettled(target: Target, opId: OpId): boolean {
    if (!this.#leadingToChange || this.#leadingToChange.has(opId)) return false;
    const handling = handlingOf(this.#before, target);
    return (
      handling !== undefined && handling === handlingOf(this.#after, target) && !this.#leadingToChange.has(handling)
    );
  }
}

function leadingToChange(before: FlowProgram, after: FlowProgram): ReadonlySet<OpId> {
  const edges = new Map<OpId, readonly (OpId | null)[]>();
  const changed: OpId[] = [];
  for (const opId of new Set([...Object.keys(before.ops), ...Object.keys(after.ops)])) {
    const [old, now] = [lookup(before.ops, opId), lookup(after.ops, opId)];
    edges.set(opId, [...(old ? leadsTo(before, old) : []), ...(now ? leadsTo(after, now) : [])]);
    if (!old || !now || valueHash(old) !== valueHash(now)) changed.push(opId);
  }
  return leadingTo(edges, changed);
}

function handlingOf(program: FlowProgram, target: Target): OpId | undefined {
  const entered =
    target.kind === 'number' ? lookup(program.numbers, target.numberId) : lookup(program.flows, target.flowId);
  return entered?.defaultHandling;
}
