import { outcomes } from '../../engine/outcomes.ts';
import { step } from '../../engine/step.ts';
import { MAX_VISITS } from '../../engine/turn.ts';
import { components } from './components.ts';
import { type Edge, type StateExplorer, type StateGraph, traceOf } from './graph.ts';

/** Rounds after which a guard has stopped any loop that enters a node again. */
const MAX_ROUNDS = MAX_VISITS + 2;

/**
 * Goes round each loop in which the caller does nothing until a guard stops it (GD2), and goes on exploring from there
 * (EX3). Loops of which a guard's step is known already are gone round no more.
 * @returns Whether anything new was reached.
 */
export function goRoundLoops(explorer: StateExplorer, done: Set<number>): boolean {
  const before = explorer.nodes.length;
  for (const part of components(explorer, withoutInput)) {
    const first = part.reduce((least, index) => Math.min(least, index));
    if (part.some((index) => done.has(index))) continue;
    const loop = loopFrom(explorer, first, part);
    if (!loop) continue;
    for (const index of part) done.add(index);
    goRound(explorer, first, loop);
  }
  return explorer.nodes.length > before;
}

const withoutInput = ({ keys }: Edge) => keys === 0;

/** The shortest way from a state back to it that stays in its part. */
function loopFrom(graph: StateGraph, first: number, part: readonly number[]): readonly string[] | null {
  const members = new Set(part);
  const cameBy = new Map<number, { from: number; outcome: string }>();
  const queue = [first];
  for (const index of queue) {
    for (const edge of graph.nodes[index]?.edges ?? []) {
      if (!withoutInput(edge) || !members.has(edge.to)) continue;
      if (edge.to === first) {
        const way = [edge.outcome];
        for (let at = index; at !== first; ) {
          const step = cameBy.get(at);
          if (!step) break;
          way.push(step.outcome);
          at = step.from;
        }
        return way.reverse();
      }
      if (cameBy.has(edge.to)) continue;
      cameBy.set(edge.to, { from: index, outcome: edge.outcome });
      queue.push(edge.to);
    }
  }
  return null;
}

function goRound(explorer: StateExplorer, first: number, loop: readonly string[]): void {
  let state = explorer.nodes[first]?.state;
  const via: string[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const id of loop) {
      const outcome = state && outcomes(explorer.program, state).find((one) => one.id === id);
      if (!state || !outcome) return;
      const result = step(explorer.program, state, outcome.event);
      via.push(id);
      if (traceOf(result.effects).some(({ type }) => type === 'guard')) {
        explorer.add(result, first, via);
        return;
      }
      state = result.state;
    }
  }
}
