import type { TraceEntry } from '../../../shared/engine/events.ts';

/** What one call adds to the counts of a flow. `dropped` has no output: the caller hung up at the node. */
export interface CountStep {
  readonly flowId: string;
  readonly nodeId: string;
  readonly output: string;
  readonly kind: 'taken' | 'dropped';
}

/** The wires that a call took, each as often as it did, and the node at which its caller gave up, if they did. */
export function countSteps(trace: readonly TraceEntry[]): CountStep[] {
  const steps: CountStep[] = [];
  const flowOf = new Map<string, string>();
  let at: { flowId: string; nodeId: string } | undefined;
  let isAnswered = false;
  for (const entry of trace) {
    if (entry.type === 'node-entered' || entry.type === 'returned') {
      at = { flowId: entry.flowId, nodeId: entry.nodeId };
      flowOf.set(entry.nodeId, entry.flowId);
      isAnswered = false;
    } else if (entry.type === 'outcome') {
      const flowId = flowOf.get(entry.nodeId);
      if (flowId !== undefined) steps.push({ flowId, nodeId: entry.nodeId, output: entry.output, kind: 'taken' });
    } else if (entry.type === 'answered') {
      isAnswered = true;
    } else if (entry.type === 'ended' && entry.by === 'caller' && at !== undefined && !isAnswered) {
      // Who hangs up after a talk has got what they wanted.
      steps.push({ ...at, output: '', kind: 'dropped' });
    }
  }
  return steps;
}
