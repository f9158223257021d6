import type { CallSummary } from '../../shared/bridge/pbx.ts';
import type { TraceEntry } from '../../shared/engine/events.ts';

/** How many ended calls are remembered with their traces. */
const REMEMBERED_CALLS = 200;

/** Calls of this run: the live ones, and the last ended ones with their traces. */
export class CallJournal {
  readonly #calls = new Map<string, { summary: CallSummary; trace: TraceEntry[] }>();

  /** Takes a call's new state. */
  update(summary: CallSummary): void {
    const known = this.#calls.get(summary.callId);
    if (known) known.summary = summary;
    else this.#calls.set(summary.callId, { summary, trace: [] });
    this.#forgetOldest();
  }

  /** Takes a trace entry of a call; one of an unknown call is dropped. */
  append(callId: string, entry: TraceEntry): void {
    this.#calls.get(callId)?.trace.push(entry);
  }

  /**
   * Ends every live call, after the PBX that carried them is gone.
   * @returns The calls that were ended so.
   */
  endAll(endedAtMs: number, endCause: string): CallSummary[] {
    const ended: CallSummary[] = [];
    for (const call of this.#calls.values()) {
      if (call.summary.phase === 'ended') continue;
      call.summary = { ...call.summary, phase: 'ended', endedAtMs, endCause };
      ended.push(call.summary);
    }
    return ended;
  }

  active(): CallSummary[] {
    return [...this.#calls.values()].map((call) => call.summary).filter((call) => call.phase !== 'ended');
  }

  trace(callId: string): readonly TraceEntry[] {
    return this.#calls.get(callId)?.trace ?? [];
  }

  #forgetOldest(): void {
    if (this.#calls.size <= REMEMBERED_CALLS) return;
    for (const [callId, call] of this.#calls) {
      if (call.summary.phase !== 'ended') continue;
      this.#calls.delete(callId);
      return;
    }
  }
}
