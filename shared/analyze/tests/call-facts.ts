import type { TraceEntry } from '../../engine/events.ts';
import type { FlowProgram } from '../../engine/program.ts';
import type { FlowState } from '../../engine/state.ts';
import type { Destination } from '../../flow/project-test.ts';
import { lookup } from '../../lib/record.ts';

/** A node that a call entered. */
export interface Visit {
  readonly flowId: string;
  readonly nodeId: string;
}

/** The nodes that a call entered, in order. */
export function visitsIn(trace: readonly TraceEntry[]): readonly Visit[] {
  return trace.flatMap((entry) =>
    entry.type === 'node-entered' ? [{ flowId: entry.flowId, nodeId: entry.nodeId }] : [],
  );
}

/** What was said, prompt by prompt: texts with their values, and recordings by their file's name. */
export function saidIn(program: FlowProgram, trace: readonly TraceEntry[]): readonly string[] {
  return trace.flatMap((entry) => {
    if (entry.type !== 'prompt-started') return [];
    return entry.prompts.map((key) => {
      const source = lookup(program.prompts, key);
      return (
        (entry.texts && lookup(entry.texts, key)) ?? (source?.kind === 'text' ? source.text : (source?.fileName ?? ''))
      );
    });
  });
}

/** TS6: every place that a call can be said to have got to. */
export function destinationsOf(trace: readonly TraceEntry[]): readonly Destination[] {
  const found: Destination[] = [];
  let queue: { readonly queueId: string; readonly nodeId: string } | null = null;
  let isOutside = false;
  for (const entry of trace) {
    if (entry.type === 'queued') queue = entry;
    else if (entry.type === 'outcome' && entry.nodeId === queue?.nodeId) queue = null;
    else if (entry.type === 'dialled') isOutside = entry.number !== undefined;
    else if (entry.type === 'answered') {
      found.push(isOutside && !queue ? { kind: 'external' } : { kind: 'person', personId: entry.by });
    } else if (entry.type === 'recording-started') found.push({ kind: 'voicemail' });
    else if (entry.type === 'default-handling') found.push({ kind: 'default-handling' });
    else if (entry.type === 'ended' && entry.by === 'flow') found.push({ kind: 'hang-up', cause: entry.cause });
  }
  if (queue) found.push({ kind: 'queue', queueId: queue.queueId });
  return found;
}

/** Until somebody answers, or the call ends; ms since its start. */
export function reachedMs(trace: readonly TraceEntry[]): number {
  return (trace.find(({ type }) => type === 'answered') ?? trace.at(-1))?.atMs ?? 0;
}

/** Values of variables. */
export function variablesOf(state: FlowState): Readonly<Record<string, unknown>> {
  return state.variables;
}
