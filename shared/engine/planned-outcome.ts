import { lookup } from '../lib/record.ts';
import { type Outcome, outcomes } from './outcomes.ts';
import type { FlowProgram } from './program.ts';
import type { FlowState } from './state.ts';
import { step } from './step.ts';

/** Node (`node` or `flow/node`) → outcomes or outputs, one for each time that it waits for something of the kind. */
export type NodePlan = Readonly<Record<string, readonly string[]>>;

/**
 * How a plan says that this wait ends, and counts it in `used`; null when it says nothing. A plan names an outcome of
 * the wait (`dial:busy`, or `busy`), else the output by which the node is to be left. Knows no types of nodes: waits
 * at which what it names cannot happen are passed over.
 */
export function plannedOutcome(
  program: FlowProgram,
  state: FlowState,
  plan: NodePlan,
  used: Map<string, number>,
): Outcome | null {
  const { wait } = state;
  const op = wait.kind === 'ended' ? undefined : lookup(program.ops, wait.opId);
  if (!op) return null;
  const { flowId, nodeId } = op.origin;
  const key = [`${flowId}/${nodeId}`, nodeId].find((one) => lookup(plan, one));
  const names = key === undefined ? undefined : lookup(plan, key);
  if (key === undefined || !names) return null;
  const times = used.get(key) ?? 0;
  const name = names[Math.min(times, names.length - 1)] ?? '';
  const possible = outcomes(program, state);
  const outcome =
    possible.find(({ id }) => id === name) ??
    possible.find(({ id }) => id.endsWith(`:${name}`)) ??
    possible.find(({ event }) =>
      step(program, state, event).effects.some(
        (effect) =>
          effect.type === 'trace' &&
          effect.entry.type === 'outcome' &&
          effect.entry.nodeId === nodeId &&
          effect.entry.output === name,
      ),
    );
  if (!outcome) return null;
  used.set(key, times + 1);
  return outcome;
}
