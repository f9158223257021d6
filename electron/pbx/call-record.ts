import type { CallSummary, PbxEvent } from '../../shared/bridge/pbx.ts';
import type { TraceEntry } from '../../shared/engine/events.ts';

/** Tells the world about one call: its line in lists and its trace. */
export class CallRecord {
  readonly #emit: (event: PbxEvent) => void;
  #summary: CallSummary;

  constructor(
    emit: (event: PbxEvent) => void,
    begun: Pick<CallSummary, 'callId' | 'caller' | 'dialled' | 'startedAtMs'>,
  ) {
    this.#emit = emit;
    this.#summary = {
      ...begun,
      flowId: null,
      endedAtMs: null,
      phase: 'flow',
      queueId: null,
      personId: null,
      endCause: null,
      countdown: null,
    };
    this.#tell();
  }

  get summary(): CallSummary {
    return this.#summary;
  }

  /** Tells only what has changed. */
  update(change: Partial<CallSummary>): void {
    const next = { ...this.#summary, ...change };
    const keys = Object.keys(change) as (keyof CallSummary)[];
    if (keys.every((key) => this.#summary[key] === next[key])) return;
    this.#summary = next;
    this.#tell();
  }

  trace(entry: TraceEntry): void {
    this.#emit({ type: 'trace', callId: this.#summary.callId, entry });
    if (entry.type === 'node-entered' || entry.type === 'returned') this.update({ flowId: entry.flowId });
  }

  #tell(): void {
    this.#emit({ type: 'call', call: this.#summary });
  }
}
