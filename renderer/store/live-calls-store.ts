import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { CallCountdown, CallSummary } from '../../shared/bridge/pbx.ts';
import type { TraceEntry } from '../../shared/engine/events.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';

/** How many ended calls are kept for looking at; the oldest go first. */
const KEEP_ENDED = 20;
/** A frame and a half: nobody sees the difference, and a call's many beginnings are drawn once. */
const MOMENT_MS = 24;

export interface LiveCall {
  readonly summary: CallSummary;
  readonly trace: readonly TraceEntry[];
  /** The time of a call that has its own (a simulated one), wall-clock ms; others have the clock's. */
  readonly nowMs?: number;
}

type Calls = Readonly<Record<string, LiveCall>>;

export interface LiveCallsState {
  /** By call id, in the order in which they became known. */
  readonly calls: Calls;
  /** The call that a person picked to follow; null follows the newest of the flow. */
  readonly pickedCallId: string | null;
  /** Calls whose path was taken off the canvas. */
  readonly dismissed: readonly string[];
  /** A call that is looked at as it was after so many entries of its trace; null: as it is. */
  readonly scrubbed: { readonly callId: string; readonly entries: number } | null;
}

/** A call of the engine alone. */
export interface ShownCall {
  /** What stands in the place of the caller. */
  readonly name: string;
  readonly flowId: string;
  readonly trace: readonly TraceEntry[];
  /** Wall clock, ms since the epoch. */
  readonly startedAtMs: number;
  readonly isOver: boolean;
  /** What runs down, and the time that it is in the call, where there is such a thing. */
  readonly countdown?: CallCountdown | null;
  readonly nowMs?: number;
}

export interface LiveCallsStore extends StoreApi<LiveCallsState> {
  /** Asks for the calls under way; at the start and when the connection came back. */
  refresh(): Promise<void>;
  pick(callId: string | null): void;
  /** Shows a call that no phone makes: a test's, a simulated one. */
  show(callId: string, call: ShownCall): void;
  dismiss(callId: string): void;
  /** Goes to a moment of a call, by entries of its trace; to the last one is as it is. */
  scrub(callId: string, entries: number): void;
  dispose(): void;
}

/**
 * The calls that the embedded PBX has, with their traces as they grow. What comes within a moment is shown at once, not
 * one by one: a call that begins tells many things, and its phone is in the same window.
 */
export function createLiveCallsStore(bridge: Bridge, clock: Pick<Clock, 'after'>): LiveCallsStore {
  const store = createStore<LiveCallsState>(() => ({
    calls: {},
    pickedCallId: null,
    dismissed: [],
    scrubbed: null,
  }));

  /** What was told and is not shown yet, in its order. */
  const told: ((calls: Calls) => Calls)[] = [];
  let cancelShowing: CancelTimer | undefined;

  function show(): void {
    cancelShowing?.();
    cancelShowing = undefined;
    const changes = told.splice(0);
    store.setState(({ calls }) => ({ calls: changes.reduce((changed, change) => change(changed), calls) }));
  }

  function showSoon(change: (calls: Calls) => Calls): void {
    told.push(change);
    cancelShowing ??= clock.after(MOMENT_MS, show);
  }

  async function takeTrace(callId: string): Promise<void> {
    show();
    const before = store.getState().calls[callId]?.trace.length ?? 0;
    const trace = await bridge.call('calls.trace', { callId });
    show();
    store.setState((state) => {
      const call = state.calls[callId];
      if (!call) return state;
      // Entries that came by event while we asked may or may not be in the answer: the longer one has them all,
      // unless we began in the middle of the call; then only the answer has the beginning.
      const arrived = call.trace.slice(before);
      const missing = arrived.filter((entry) => !trace.some((other) => sameEntry(other, entry)));
      return { calls: { ...state.calls, [callId]: { ...call, trace: [...trace, ...missing] } } };
    });
  }

  const unsubscribe = [
    bridge.on('call.changed', (summary) => showSoon((calls) => withSummary(calls, summary))),
    bridge.on('call.trace', ({ callId, entry }) => showSoon((calls) => withEntry(calls, callId, entry))),
  ];

  return {
    ...store,
    async refresh() {
      const active = await bridge.call('calls.active', {});
      for (const summary of active) showSoon((calls) => withSummary(calls, summary));
      show();
      await Promise.all(active.map((summary) => takeTrace(summary.callId)));
    },
    show: (callId, { name, flowId, trace, startedAtMs, isOver, countdown = null, nowMs }) =>
      store.setState((state) => {
        const summary: CallSummary = {
          callId,
          caller: { number: '', name },
          dialled: '',
          flowId,
          startedAtMs,
          endedAtMs: isOver ? startedAtMs + (trace.at(-1)?.atMs ?? 0) : null,
          phase: isOver ? 'ended' : 'flow',
          queueId: null,
          personId: null,
          endCause: null,
          countdown,
        };
        return {
          calls: withoutOldest({ ...state.calls, [callId]: { summary, trace, ...(nowMs !== undefined && { nowMs }) } }),
          pickedCallId: callId,
          dismissed: state.dismissed.filter((id) => id !== callId),
        };
      }),
    pick: (pickedCallId) => store.setState({ pickedCallId, scrubbed: null }),
    scrub(callId, entries) {
      const length = store.getState().calls[callId]?.trace.length ?? 0;
      store.setState({ scrubbed: entries >= length ? null : { callId, entries: Math.max(1, entries) } });
    },
    dismiss: (callId) =>
      store.setState((state) => ({
        dismissed: [...state.dismissed, callId],
        pickedCallId: state.pickedCallId === callId ? null : state.pickedCallId,
      })),
    dispose: () => {
      for (const stop of unsubscribe) stop();
      cancelShowing?.();
    },
  };
}

function withSummary(calls: Calls, summary: CallSummary): Calls {
  const known = calls[summary.callId];
  const changed = { ...calls, [summary.callId]: { summary, trace: known?.trace ?? [] } };
  return known ? changed : withoutOldest(changed);
}

function withEntry(calls: Calls, callId: string, entry: TraceEntry): Calls {
  const call = calls[callId];
  // A trace without its call: the summary comes first on the wire, so this call was dropped as old.
  return call ? { ...calls, [callId]: { ...call, trace: [...call.trace, entry] } } : calls;
}

function sameEntry(one: TraceEntry, other: TraceEntry): boolean {
  return one.atMs === other.atMs && JSON.stringify(one) === JSON.stringify(other);
}

function withoutOldest(calls: Calls): Calls {
  const ended = Object.values(calls).filter((call) => call.summary.endedAtMs !== null);
  const surplus = new Set(ended.slice(0, Math.max(0, ended.length - KEEP_ENDED)).map((call) => call.summary.callId));
  return surplus.size === 0 ? calls : Object.fromEntries(Object.entries(calls).filter(([id]) => !surplus.has(id)));
}

/** Calls of a flow, newest first, without those dismissed. */
export function callsOfFlow(state: LiveCallsState, flowId: string): LiveCall[] {
  return Object.values(state.calls)
    .filter(({ summary }) => summary.flowId === flowId && !state.dismissed.includes(summary.callId))
    .sort((one, other) => other.summary.startedAtMs - one.summary.startedAtMs);
}

/** The call that the canvas of a flow shows: the picked one, else the newest. */
export function followedCall(state: LiveCallsState, flowId: string): LiveCall | undefined {
  const calls = callsOfFlow(state, flowId);
  return calls.find((call) => call.summary.callId === state.pickedCallId) ?? calls[0];
}

/** How much of a call's trace is shown: all of it, or as far as a person went back. */
export function entriesShown({ scrubbed }: LiveCallsState, { summary, trace }: LiveCall): number {
  return scrubbed?.callId === summary.callId ? Math.min(scrubbed.entries, trace.length) : trace.length;
}
