import { callerClasses } from '../../engine/caller-classes.ts';
import { outcomes } from '../../engine/outcomes.ts';
import type { FlowProgram } from '../../engine/program.ts';
import { type FlowState, stateKey } from '../../engine/state.ts';
import { type StepResult, start, step } from '../../engine/step.ts';
import { targetsOf } from '../explorer.ts';
import { MONDAY_MORNING_MS } from './run-call.ts';

/** Pairs of states that are compared. */
const MAX_PAIRS = 3000;

/**
 * Whether no call can tell two programs apart: the same outcomes have the same effects, whatever happens. False where
 * they differ, and where that many states were not enough to know.
 */
export function sameBehaviour(one: FlowProgram, other: FlowProgram, maxPairs = MAX_PAIRS): boolean {
  if (one.fingerprint === other.fingerprint) return true;
  const pairs: (readonly [FlowState, FlowState])[] = [];
  const known = new Set<string>();
  const isSame = (a: StepResult, b: StepResult) => {
    if (JSON.stringify(saidBy(one, a)) !== JSON.stringify(saidBy(other, b))) return false;
    const key = `${keyOf(a.state)} ${keyOf(b.state)}`;
    if (!known.has(key)) {
      known.add(key);
      pairs.push([a.state, b.state]);
    }
    return true;
  };
  const callers = new Set([...callerClasses(one), ...callerClasses(other)]);
  for (const target of targetsOf(one)) {
    for (const number of callers) {
      const call = { callId: 'compared', caller: { number }, target, startedAtMs: MONDAY_MORNING_MS };
      if (!isSame(start(one, call), start(other, call))) return false;
    }
  }
  for (const [a, b] of pairs) {
    if (pairs.length > maxPairs) return false;
    const possible = outcomes(one, a);
    const others = outcomes(other, b);
    if (JSON.stringify(possible) !== JSON.stringify(others)) return false;
    for (const { event } of possible) if (!isSame(step(one, a, event), step(other, b, event))) return false;
  }
  return true;
}

/** Effects, with what prompts say in place of how they are called. */
function saidBy(program: FlowProgram, { effects }: StepResult): unknown {
  return effects.map((effect) =>
    effect.type === 'play' ? { ...effect, prompts: effect.prompts.map((key) => program.prompts[key]) } : effect,
  );
}

function keyOf(state: FlowState): string {
  return `${state.call.caller.number} ${stateKey({ ...state, visits: {} })}`;
}
