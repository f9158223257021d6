import type { Key, PersonId, QueueId } from '../flow/ids.ts';

/** The call as the flow sees it when it begins. */
export interface CallInfo {
  /** Unique per call, for logs and traces; never part of the meaning. */
  readonly callId: string;
  /** Who calls; an empty number is a withheld one. */
  readonly caller: { readonly number: string; readonly name?: string };
  /** Where the call enters: a number that was dialled, or a flow directly (test call). */
  readonly target:
    | { readonly kind: 'number'; readonly numberId: string }
    | { readonly kind: 'flow'; readonly flowId: string };
  /** Wall clock at the start, ms since the epoch. Schedules are judged by this plus the event's `atMs`. */
  readonly startedAtMs: number;
}

/** How an attempt to reach people ended. */
export type DialOutcome = 'answered' | 'no-answer' | 'busy' | 'unavailable';

/** How the wait in a queue ended. */
export type QueueOutcome = 'answered' | 'timeout' | 'full' | 'join-empty' | 'leave-empty' | 'key-pressed';

/**
 * What happens to a call, told to `step`. `atMs` is milliseconds since the call started and never runs backwards.
 * Every event that answers an effect carries that effect's id; one with an id that is no longer awaited is stale
 * and changes nothing (rule EN2).
 */
export type EngineEvent = { readonly atMs: number } & (
  | { readonly type: 'prompt-finished'; readonly playId: string }
  /** The prompt cannot be played; an error, never silence. */
  | { readonly type: 'prompt-failed'; readonly playId: string; readonly reason: string }
  | { readonly type: 'digit'; readonly digit: Key }
  | { readonly type: 'timer'; readonly timerId: string }
  /** The time that was asked for; `wallMs` (ms since the epoch) where it is not the call's start plus `atMs`. */
  | { readonly type: 'time'; readonly timeId: string; readonly wallMs?: number }
  | { readonly type: 'dial-ended'; readonly dialId: string; readonly outcome: DialOutcome; readonly by?: PersonId }
  | {
      readonly type: 'queue-ended';
      readonly enqueueId: string;
      readonly outcome: QueueOutcome;
      readonly by?: PersonId;
      /** The key of `key-pressed`. */
      readonly key?: Key;
    }
  /** After an `answered`: the far end hung up. */
  | { readonly type: 'far-end-hung-up' }
  | { readonly type: 'caller-hung-up' }
);

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;
/** An event that has not happened yet. */
export type EventWithoutTime = WithoutTime<EngineEvent>;

/** One prompt to play: a key of `FlowProgram.prompts`. */
export type PromptKey = string;

/**
 * What the flow wants done, as data. Drivers (simulator, embedded PBX) carry effects out in order and answer with
 * events; they add no meaning of their own.
 */
export type Effect =
  /** Answer the call (200 OK); everything before is early. */
  | { readonly type: 'answer' }
  /** Play prompts one after the other; answered by `prompt-finished` after the last or `prompt-failed`. */
  | { readonly type: 'play'; readonly playId: string; readonly prompts: readonly PromptKey[] }
  | { readonly type: 'stop-playback'; readonly playId: string }
  | { readonly type: 'start-timer'; readonly timerId: string; readonly delayMs: number }
  | { readonly type: 'stop-timer'; readonly timerId: string }
  /**
   * Ring people (`all` at once or `in-order`), `ringMs` each, with ringback to the caller. `answered` bridges them;
   * the call then ends by `far-end-hung-up` or `caller-hung-up`.
   */
  | {
      readonly type: 'dial';
      readonly dialId: string;
      readonly people: readonly PersonId[];
      readonly mode: 'all' | 'in-order';
      readonly ringMs: number;
    }
  /** Wait in a queue, music on; answered by `queue-ended`. `answered` bridges. */
  | {
      readonly type: 'enqueue';
      readonly enqueueId: string;
      readonly queueId: QueueId;
      readonly maxWaitMs: number;
      readonly breakOutKey?: Key;
    }
  /** Tell what time it is; answered by `time`, at once. */
  | { readonly type: 'time'; readonly timeId: string }
  /** Final: end the call. */
  | { readonly type: 'hang-up'; readonly cause: HangUpCause }
  | { readonly type: 'trace'; readonly entry: TraceEntry };

/** Q.850 causes by name: 16, 17, 21, and 38 for a flow that failed. */
export type HangUpCause = 'normal' | 'busy' | 'rejected' | 'failure';

/** One line of the normalised trace, the same from every consumer. `atMs` counts from the start of the call. */
export type TraceEntry = { readonly atMs: number } & (
  | {
      readonly type: 'call-started';
      readonly caller: string;
      readonly target: CallInfo['target'];
    }
  | { readonly type: 'node-entered'; readonly flowId: string; readonly nodeId: string; readonly via?: string }
  | { readonly type: 'prompt-started'; readonly nodeId: string; readonly prompts: readonly PromptKey[] }
  | { readonly type: 'prompt-finished'; readonly nodeId: string }
  | { readonly type: 'prompt-interrupted'; readonly nodeId: string }
  | { readonly type: 'prompt-failed'; readonly nodeId: string; readonly reason: string }
  /** A digit that the node took into account. */
  | { readonly type: 'digit'; readonly nodeId: string; readonly digit: Key }
  | { readonly type: 'timer-fired'; readonly nodeId: string; readonly timer: 'first-digit' | 'inter-digit' }
  | { readonly type: 'dialled'; readonly nodeId: string; readonly people: readonly PersonId[] }
  | { readonly type: 'queued'; readonly nodeId: string; readonly queueId: QueueId }
  | { readonly type: 'answered'; readonly nodeId: string; readonly by: PersonId }
  /** The output by which a node was left. */
  | { readonly type: 'outcome'; readonly nodeId: string; readonly output: string }
  | { readonly type: 'guard'; readonly nodeId: string; readonly guard: 'operations' | 'visits' }
  | { readonly type: 'default-handling'; readonly numberId: string | null }
  | { readonly type: 'ended'; readonly by: 'flow' | 'caller' | 'far-end'; readonly cause: HangUpCause }
);
