import type { OpId } from '../../engine/program.ts';
import { lookup } from '../../lib/record.ts';
import { nodeName } from '../names.ts';
import { cyclesIn } from '../op-graph.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Names told of a long loop. */
const MAX_NAMES = 6;

/** CK5: a way round that takes no key of the caller: only a guard ends it. */
export const loopWithoutInput: Rule = (context) => {
  const { placed, kinds, report } = context;
  const leadsTo = new Map(placed.map(({ opId, op }) => [opId, kinds.leadsWithoutInput(op)]));
  for (const cycle of cyclesIn(leadsTo)) {
    const [first] = cycle;
    const op = first === undefined ? undefined : lookup(context.program.ops, first);
    if (!op) continue;
    // A node may have several operations.
    const all = cycle.map((opId) => named(context, opId)).filter((name, index, list) => name !== list[index - 1]);
    const names = all.slice(0, MAX_NAMES);
    const nodes = [...names, ...(all.length > MAX_NAMES ? ['…'] : []), names[0]].join(' → ');
    const message = `Callers who press nothing go round in a circle: ${nodes}. The safety stop ends it after ten rounds.`;
    report('check/loop-without-input', { message, params: { nodes }, at: op.origin });
  }
};

function named({ project, program }: RuleContext, opId: OpId): string {
  const op = lookup(program.ops, opId);
  return op ? nodeName(project, op.origin) : opId;
}
