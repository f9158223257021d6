import type { Op, OpId } from '../../engine/program.ts';
import { lookup } from '../../lib/record.ts';
import { entriesOf, exitsOf, leadsBesides } from '../exits.ts';
import { leadingTo } from '../op-graph.ts';
import type { Rule, RuleContext } from './rule.ts';

/** CK6: whatever callers press at a menu, nobody will talk to them. */
export const menuWithoutPerson: Rule = (context) => {
  const { placed, menus, kinds, report } = context;
  const handling = handlings(context);
  const edges = new Map(
    placed.map(({ opId, op }) => [
      opId,
      [
        ...exitsOf(op).flatMap(({ output, to }) => (output === 'error' ? [] : [to])),
        ...leadsBesides(context.program, op),
        ...(op.op === 'exit' ? [null] : []),
      ].flatMap((to) => (to === null ? handling(op) : [to])),
    ]),
  );
  const ends = Object.entries(context.program.ops).flatMap(([opId, op]) => (kinds.mayBridge(op) ? [opId] : []));
  const reaching = leadingTo(edges, ends);
  for (const { opId, op, node, at } of menus) {
    if (node.type !== 'menu' || reaching.has(opId) || op.matches.length === 0) continue;
    const message = 'Nobody can be reached from this menu, whatever callers press.';
    report('check/menu-without-person', { message, at });
  }
};

/** The default handlings of calls that can be in an operation's flow: of one that others call, any. */
function handlings({ program, placed }: RuleContext): (op: Op) => readonly OpId[] {
  const byFlow = new Map<string, Set<OpId>>();
  const note = (entry: OpId | null, handling: OpId) => {
    const flowId = entry === null ? undefined : lookup(program.ops, entry)?.origin.flowId;
    if (flowId === undefined) return;
    byFlow.set(flowId, (byFlow.get(flowId) ?? new Set()).add(handling));
  };
  for (const { entry, defaultHandling } of Object.values(program.numbers)) note(entry, defaultHandling);
  for (const { entry, defaultHandling } of Object.values(program.flows)) note(entry, defaultHandling);
  const all = Object.values(program.numbers).map(({ defaultHandling }) => defaultHandling);
  for (const { op } of placed) for (const entry of entriesOf(op)) for (const one of all) note(entry, one);
  return ({ origin }) => [...(byFlow.get(origin.flowId) ?? [])];
}
