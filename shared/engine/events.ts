import type { Key, NodeId, PersonId, QueueId } from '../flow/ids.ts';
import type { Mailbox } from '../flow/mailbox.ts';
import type { Value } from '../flow/variables.ts';
import type { RequestMethod } from './program.ts';

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

/** A number outside the phone system, and whose number is shown there: the caller's, or the one that was called. */
export interface ExternalTarget {
  readonly number: string;
  readonly callerId: 'caller' | 'number';
}

/** Whether someone will call back. */
export type CallbackOutcome = 'requested' | 'not-possible';

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
  /** The number that was asked for: from 0 to just before 1, each as likely as the other. */
  | { readonly type: 'random'; readonly randomId: string; readonly value: number }
  /** `by`: the person, or the number outside, who answered. `code`: why a number outside was not reached. */
  | {
      readonly type: 'dial-ended';
      readonly dialId: string;
      readonly outcome: DialOutcome;
      readonly by?: string;
      readonly code?: string;
    }
  | {
      readonly type: 'queue-ended';
      readonly enqueueId: string;
      readonly outcome: QueueOutcome;
      readonly by?: PersonId;
      /** The key of `key-pressed`. */
      readonly key?: Key;
    }
  | { readonly type: 'request-ended'; readonly requestId: string; readonly result: RequestResult }
  | { readonly type: 'queue-state'; readonly queryId: string; readonly queue: QueueSnapshot | null }
  /** A message is complete. `durationMs`: of the recording, from the end of the tone. */
  | {
      readonly type: 'recording-ended';
      readonly recordingId: string;
      readonly reason: RecordingEnd;
      readonly durationMs: number;
    }
  | { readonly type: 'callback-requested'; readonly callbackId: string; readonly outcome: CallbackOutcome }
  /** After an `answered`: the far end hung up. */
  | { readonly type: 'far-end-hung-up' }
  | { readonly type: 'caller-hung-up' }
);

/** Why a message ended. */
export type RecordingEnd = 'key' | 'silence' | 'max-length' | 'failed';

/** How a request to a web service ended. */
export type RequestResult =
  /** An answer of any status; `body` is its JSON, or its text where it is none. */
  | { readonly kind: 'response'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'timeout' }
  /** No answer, or one that cannot be taken (too large, not http). */
  | { readonly kind: 'network-error'; readonly reason: string };

/** A queue at one moment. */
export interface QueueSnapshot {
  /** Members who are here and could take a call now. */
  readonly free: number;
  /** Members who are here, talking or not. */
  readonly here: number;
  readonly waiting: number;
}

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
  | {
      readonly type: 'play';
      readonly playId: string;
      readonly prompts: readonly PromptKey[];
      /** What those of the prompts say that have places for values (VA5). */
      readonly texts?: Readonly<Record<PromptKey, string>>;
    }
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
      /** Dial this number outside instead; there are no people then. Without a way outside: `unavailable`. */
      readonly external?: ExternalTarget;
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
  /**
   * Ask a web service; answered by `request-ended`. Values are filled in, apart from `{secret.NAME}`: those are the
   * driver's, and never part of a state or trace.
   */
  | {
      readonly type: 'request';
      readonly requestId: string;
      readonly nodeId: NodeId;
      readonly method: RequestMethod;
      readonly url: string;
      readonly headers: readonly { readonly name: string; readonly value: string }[];
      readonly body?: string;
      readonly timeoutMs: number;
    }
  /** Tell how a queue stands; answered by `queue-state`, at once; null for a queue that is not there. */
  | { readonly type: 'queue-state'; readonly queryId: string; readonly queueId: QueueId }
  /**
   * Play a tone, then record the caller until `stop-recording`, silence, or the longest length; answered by
   * `recording-ended`. A message of `minMs` or more is kept, also when the caller hangs up.
   */
  | {
      readonly type: 'record';
      readonly recordingId: string;
      readonly nodeId: NodeId;
      readonly mailbox: Mailbox;
      readonly maxMs: number;
      readonly silenceMs: number;
      readonly minMs: number;
    }
  /** End a recording; answered by `recording-ended`, too, unless the caller is gone. */
  | { readonly type: 'stop-recording'; readonly recordingId: string }
  /** Tell what time it is; answered by `time`, at once. */
  | { readonly type: 'time'; readonly timeId: string }
  /** Draw a number by chance; answered by `random`, at once. */
  | { readonly type: 'random'; readonly randomId: string }
  /** The caller is to be called back by an operator of the queue; answered by `callback-requested`. */
  | {
      readonly type: 'request-callback';
      readonly callbackId: string;
      readonly number: string;
      readonly queueId: QueueId;
    }
  /** From now on the call may be recorded, or may not. */
  | { readonly type: 'recording-consent'; readonly given: boolean }
  /** Final: end the call. */
  | { readonly type: 'hang-up'; readonly cause: HangUpCause }
  | { readonly type: 'trace'; readonly entry: TraceEntry };

/** Q.850 causes by name: 16, 17, 21, and 38 for a flow that failed. */
export type HangUpCause = 'normal' | 'busy' | 'rejected' | 'failure';

/** Stands in traces for what must not be seen. */
export const HIDDEN = '•';

/** One line of the normalised trace, the same from every consumer. `atMs` counts from the start of the call. */
export type TraceEntry = { readonly atMs: number } & (
  | {
      readonly type: 'call-started';
      readonly caller: string;
      readonly target: CallInfo['target'];
    }
  | { readonly type: 'node-entered'; readonly flowId: string; readonly nodeId: string; readonly via?: string }
  | {
      readonly type: 'prompt-started';
      readonly nodeId: string;
      readonly prompts: readonly PromptKey[];
      /** As in the effect, secrets hidden. */
      readonly texts?: Readonly<Record<PromptKey, string>>;
    }
  | { readonly type: 'prompt-finished'; readonly nodeId: string }
  | { readonly type: 'prompt-interrupted'; readonly nodeId: string }
  | { readonly type: 'prompt-failed'; readonly nodeId: string; readonly reason: string }
  /** A digit that the node took into account; hidden where it is part of a secret. */
  | { readonly type: 'digit'; readonly nodeId: string; readonly digit: Key | typeof HIDDEN }
  | { readonly type: 'timer-fired'; readonly nodeId: string; readonly timer: 'first-digit' | 'inter-digit' }
  | {
      readonly type: 'dialled';
      readonly nodeId: string;
      readonly people: readonly PersonId[];
      /** The number outside that was dialled in place of people. */
      readonly number?: string;
    }
  /** Why the number outside was not reached, as whoever drives the call notes it (DL5), e.g. `trunk/premium`. */
  | { readonly type: 'outside-failed'; readonly nodeId: string; readonly number: string; readonly code: string }
  | { readonly type: 'queued'; readonly nodeId: string; readonly queueId: QueueId }
  | { readonly type: 'answered'; readonly nodeId: string; readonly by: PersonId }
  /** Values that were set; secret ones are hidden. */
  | { readonly type: 'variables'; readonly nodeId: string; readonly values: Readonly<Record<string, Value>> }
  | { readonly type: 'request-started'; readonly nodeId: string; readonly method: RequestMethod; readonly url: string }
  | {
      readonly type: 'request-ended';
      readonly nodeId: string;
      readonly result: RequestResult['kind'];
      readonly status?: number;
    }
  | { readonly type: 'queue-state'; readonly nodeId: string; readonly queue: QueueSnapshot | null }
  /** By a person, or a number outside. */
  | { readonly type: 'answered'; readonly nodeId: string; readonly by: string }
  | { readonly type: 'recording-started'; readonly nodeId: string; readonly mailbox: Mailbox }
  | {
      readonly type: 'recording-ended';
      readonly nodeId: string;
      readonly reason: RecordingEnd | 'hang-up';
      readonly durationMs: number;
    }
  /** The output by which a node was left. */
  | { readonly type: 'outcome'; readonly nodeId: string; readonly output: string }
  | { readonly type: 'recording-consent'; readonly nodeId: string; readonly given: boolean }
  /** A call back was asked for, to this number. */
  | { readonly type: 'callback'; readonly nodeId: string; readonly queueId: QueueId; readonly number: string }
  /** From here on the call is in this language. */
  | { readonly type: 'language'; readonly nodeId: string; readonly language: string }
  /** A sub-flow came back to the node that called it. */
  | { readonly type: 'returned'; readonly flowId: string; readonly nodeId: string; readonly result: string }
  | { readonly type: 'guard'; readonly nodeId: string; readonly guard: 'operations' | 'visits' | 'depth' }
  | { readonly type: 'default-handling'; readonly numberId: string | null }
  | { readonly type: 'ended'; readonly by: 'flow' | 'caller' | 'far-end'; readonly cause: HangUpCause }
);
