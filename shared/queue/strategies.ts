import type { PersonId } from '../flow/ids.ts';
import type { Queue as QueueSettings } from '../flow/project.ts';

/** A member as the strategies see it. */
export interface Candidate {
  readonly personId: PersonId;
  readonly penalty: number;
  /** Place in the queue's list of members. */
  readonly index: number;
  /** Calls of this queue that they took. */
  readonly calls: number;
  /** When their last call of this queue ended, wall-clock ms; undefined: never. */
  readonly lastCallMs: number | undefined;
}

export interface StrategyContext {
  /** Place of the member that was rung last, −1 at first (`rrmemory`). */
  readonly lastRungIndex: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * Who to ring next out of those who can be rung now: everyone for `ringall`, one person for all others, nobody when
 * there is no candidate. Strategies by their Asterisk names; a lower penalty always goes first, but for `wrandom`,
 * where it is a weight.
 */
export function choose(
  strategy: QueueSettings['strategy'],
  candidates: readonly Candidate[],
  context: StrategyContext,
): readonly PersonId[] {
  if (candidates.length === 0) return [];
  if (strategy === 'wrandom') return [weighted(candidates, context.random)];
  const lowest = Math.min(...candidates.map((candidate) => candidate.penalty));
  const tier = candidates.filter((candidate) => candidate.penalty === lowest).sort((a, b) => a.index - b.index);
  if (strategy === 'ringall') return tier.map((candidate) => candidate.personId);
  const chosen = SINGLE[strategy](tier, context);
  return chosen === undefined ? [] : [chosen.personId];
}

type Single = (tier: readonly Candidate[], context: StrategyContext) => Candidate | undefined;

/** `tier`: candidates of one penalty in the order of the queue's list. */
const SINGLE: Readonly<Record<Exclude<QueueSettings['strategy'], 'ringall' | 'wrandom'>, Single>> = {
  linear: (tier) => tier[0],
  rrmemory: (tier, { lastRungIndex }) => tier.find((candidate) => candidate.index > lastRungIndex) ?? tier[0],
  leastrecent: (tier) => least(tier, (candidate) => candidate.lastCallMs ?? Number.NEGATIVE_INFINITY),
  fewestcalls: (tier) => least(tier, (candidate) => candidate.calls),
  random: (tier, { random }) => tier[Math.floor(random() * tier.length)],
};

/** The first of those with the least value. */
function least(tier: readonly Candidate[], value: (candidate: Candidate) => number): Candidate | undefined {
  return tier.reduce<Candidate | undefined>(
    (best, candidate) => (best === undefined || value(candidate) < value(best) ? candidate : best),
    undefined,
  );
}

/** A penalty of n makes a member 1/(n+1) as likely as one without. */
function weighted(candidates: readonly Candidate[], random: () => number): PersonId {
  const weights = candidates.map((candidate) => 1 / (candidate.penalty + 1));
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, candidate] of candidates.entries()) {
    left -= weights[index] ?? 0;
    if (left < 0) return candidate.personId;
  }
  return (candidates.at(-1) as Candidate).personId;
}
