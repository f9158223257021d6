import type { OpId } from '../../engine/program.ts';
import { lookup } from '../../lib/record.ts';
import { leadsTo, reachableFrom } from '../exits.ts';
import type { Rule, RuleContext } from './rule.ts';

/** S14: menus within each other on the Standard plan. */
const STANDARD_LEVELS = 2;

/** CK10: on the Standard plan a menu lies deeper than two levels, counted along the shortest way to it. */
export const tooDeep: Rule = (context) => {
  if (context.project.settings.plan !== 'standard') return;
  const levels = menuLevels(context);
  for (const { opId, node, at } of context.menus) {
    const level = levels.get(opId) ?? 0;
    if (node.type !== 'menu' || level <= STANDARD_LEVELS) continue;
    const message = `This menu is ${level} menus deep; the Standard plan has ${STANDARD_LEVELS} levels.`;
    context.report('check/too-deep', { message, params: { level, levels: STANDARD_LEVELS }, at });
  }
};

/** How many menus a call has entered at least when it comes to an operation, that one included. */
function menuLevels({ program, menus }: RuleContext): ReadonlyMap<OpId, number> {
  const isMenu = new Set(menus.filter(({ node }) => node.type === 'menu').map(({ opId }) => opId));
  const levels = new Map<OpId, number>();
  // Flows that others call are as deep as the call; those that nobody comes to begin anew.
  const dialled = Object.values(program.numbers).flatMap(({ entry }) => (entry === null ? [] : [entry]));
  const reached = reachableFrom(program, dialled);
  const others = Object.values(program.flows).flatMap(({ entry }) => (reached.has(entry) ? [] : [entry]));
  let here: OpId[] = [...dialled, ...others];
  for (let level = 0; here.length > 0; level++) {
    const deeper: OpId[] = [];
    // An array that grows is walked to its new end.
    for (const opId of here) {
      if (levels.has(opId)) continue;
      levels.set(opId, level);
      const op = lookup(program.ops, opId);
      for (const to of op ? leadsTo(program, op) : []) if (to !== null) (isMenu.has(to) ? deeper : here).push(to);
    }
    here = deeper;
  }
  return levels;
}
