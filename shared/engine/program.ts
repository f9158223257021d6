import type { FlowId, Key, NodeId, PersonId, QueueId, ScheduleId } from '../flow/ids.ts';
import type { Mailbox } from '../flow/mailbox.ts';
import type { SpeechSource } from '../flow/speech.ts';
import { namesIn } from '../flow/template.ts';
import type { Value, Variables } from '../flow/variables.ts';
import type { CallbackOutcome, DialOutcome, ExternalTarget, HangUpCause, PromptKey } from './events.ts';
import type { OpeningHours } from './opening-hours.ts';

/** Address of an operation in `FlowProgram.ops`. */
export type OpId = string;

/**
 * Which node of the drawing an operation belongs to. Default handling belongs to none: its `flowId` is empty and its
 * `nodeId` is its operation's address, which no node can have (`default-handling.ts`).
 */
export interface Origin {
  readonly flowId: string;
  readonly nodeId: NodeId;
}

/** Output of an exit that stays within its node: from one of its operations to another (rule LW10). */
export const INNER = '';

/** Values that every call has, for texts and expressions. */
export const CALL_VALUES: readonly string[] = ['caller.number', 'caller.name', 'call.number'];

/** How to go on: an operation, or the default handling of the number called. The output's name is for the trace. */
export interface Exit {
  readonly output: string;
  readonly to: OpId | null;
}

/** Menu or digit entry; SPEC rules MN*. Times in milliseconds. */
export interface GatherOp {
  readonly op: 'gather';
  readonly origin: Origin;
  /** A menu that a jump of its flow may come back to (rule GO2). */
  readonly trail?: boolean;
  /** The question whether the call may be recorded: to leave it without an answer is a no (rule CO2). */
  readonly asksConsent?: boolean;
  readonly prompt: PromptKey;
  readonly noInputPrompt?: PromptKey;
  readonly invalidPrompt?: PromptKey;
  readonly lastChancePrompt?: PromptKey;
  readonly replayAfterError: boolean;
  readonly firstDigitTimeoutMs: number;
  readonly interDigitTimeoutMs: number;
  readonly noInputAttempts: number;
  readonly invalidAttempts: number;
  readonly totalAttempts?: number;
  readonly matchMode: 'instant' | 'first-match' | 'wait-full';
  readonly bargeIn: 'any' | 'valid-only' | 'none';
  readonly hash: 'key' | 'terminator' | 'ignored';
  /** Digits of any kind, kept in a variable, in place of `matches`; rules DG*. */
  readonly entry?: DigitEntry;
  /** What may be entered: keys first (they win ties), then extensions. */
  readonly matches: readonly { readonly digits: string; readonly action: MatchAction }[];
  readonly noInput: Exit;
  readonly invalid: Exit;
  readonly error: Exit;
  /** How the node is left when nobody answers at an extension; without them, by the default handling (MN9, XT3). */
  readonly dialExits?: Readonly<Record<Exclude<DialOutcome, 'answered'>, Exit>>;
}

/** What a case of a condition asks; rules CN*, VA*. */
export type ConditionTest =
  | { readonly kind: 'equals' | 'begins-with'; readonly value: string }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'expression'; readonly expression: string };

/** Free entry of digits. */
export interface DigitEntry {
  readonly variable: string;
  readonly minDigits: number;
  readonly maxDigits: number;
  /** An expression that must hold with the variable set; else the entry is invalid. */
  readonly valid?: string;
  readonly next: Exit;
}

export type MatchAction =
  | { readonly kind: 'go'; readonly exit: Exit }
  | { readonly kind: 'consent'; readonly given: boolean; readonly exit: Exit }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'store' }
  | { readonly kind: 'dial'; readonly personId: PersonId; readonly ringMs: number };

/** Takes a message; SPEC rules VM*. Times in milliseconds. */
export interface VoicemailOp {
  readonly op: 'voicemail';
  readonly origin: Origin;
  readonly mailbox: Mailbox;
  readonly greetingPrompt?: PromptKey;
  readonly maxMs: number;
  readonly silenceMs: number;
  readonly minMs: number;
  readonly exits: Readonly<Record<'done' | 'too-short' | 'failed', Exit>>;
}

/** Asks a web service; SPEC rules HT*. `url`, header values and `body` are texts with places for values. */
export interface RequestOp {
  readonly op: 'request';
  readonly origin: Origin;
  readonly method: RequestMethod;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body?: string;
  readonly timeoutMs: number;
  /** What is taken from the answer. */
  readonly assignments: readonly { readonly variable: string; readonly expression: string }[];
  readonly exits: Readonly<Record<RequestExit, Exit>>;
}

export type RequestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type RequestExit = 'success' | 'client-error' | 'server-error' | 'timeout' | 'network-error' | 'bad-response';

/** The operations; only these have meaning. */
export type Op =
  | { readonly op: 'answer'; readonly origin: Origin; readonly next: Exit }
  | {
      readonly op: 'play';
      readonly origin: Origin;
      readonly prompt: PromptKey;
      readonly skippable: boolean;
      readonly next: Exit;
      readonly error: Exit;
    }
  | GatherOp
  | {
      readonly op: 'dial';
      readonly origin: Origin;
      readonly people: readonly PersonId[];
      /** A number outside in place of people, who are none then (rule DL5). */
      readonly external?: ExternalTarget;
      readonly mode: 'all' | 'in-order';
      readonly ringMs: number;
      readonly noAnswer: Exit;
      readonly busy: Exit;
      readonly unavailable: Exit;
    }
  | {
      readonly op: 'enqueue';
      readonly origin: Origin;
      /** Null: there is no such queue; the call goes on as from one that nobody serves (`join-empty`). */
      readonly queueId: QueueId | null;
      readonly maxWaitMs: number;
      readonly breakOutKey?: Key;
      /** By outcome of the wait; `answered` ends in a bridge. */
      readonly exits: Readonly<Record<'timeout' | 'full' | 'join-empty' | 'leave-empty' | 'key-pressed', Exit>>;
    }
  | {
      readonly op: 'schedule';
      readonly origin: Origin;
      /** Key of `FlowProgram.schedules`; null: there is no such schedule, the call goes on by `closed`. */
      readonly scheduleId: ScheduleId | null;
      readonly open: Exit;
      readonly closed: Exit;
    }
  | {
      readonly op: 'random';
      readonly origin: Origin;
      readonly branches: readonly { readonly weight: number; readonly exit: Exit }[];
      /** For when no branch has a weight. */
      readonly otherwise: Exit;
    }
  | {
      readonly op: 'condition';
      readonly origin: Origin;
      /** The first that holds decides. */
      readonly cases: readonly { readonly test: ConditionTest; readonly exit: Exit }[];
      readonly otherwise: Exit;
    }
  | {
      readonly op: 'set';
      readonly origin: Origin;
      /** In this order; a later one sees what an earlier one set. */
      readonly assignments: readonly { readonly variable: string; readonly expression: string }[];
      readonly next: Exit;
      readonly error: Exit;
    }
  | RequestOp
  | VoicemailOp
  | {
      readonly op: 'queue-state';
      readonly origin: Origin;
      /** Null: there is no such queue; it is left by `nobody`. */
      readonly queueId: QueueId | null;
      /** With this many callers waiting or more the queue counts as `crowded`. */
      readonly crowdedAt?: number;
      readonly exits: Readonly<Record<'free' | 'busy' | 'crowded' | 'nobody', Exit>>;
    }
  | {
      readonly op: 'call';
      readonly origin: Origin;
      /** The flow that is called and where it is entered; null: there is no such flow, the call goes on by `otherwise`. */
      readonly flow: { readonly flowId: FlowId; readonly entry: OpId } | null;
      /** Set before, in this order; where one has no value, the node is left by `error`. */
      readonly parameters: readonly { readonly variable: string; readonly expression: string }[];
      readonly error: Exit;
      readonly exits: readonly { readonly result: string; readonly exit: Exit }[];
      readonly otherwise: Exit;
    }
  | { readonly op: 'return'; readonly origin: Origin; readonly result: string }
  | {
      readonly op: 'go-to';
      readonly origin: Origin;
      /** A node, the menu before the present one, or the present one. */
      readonly target:
        | { readonly kind: 'node'; readonly exit: Exit }
        | { readonly kind: 'back' }
        | { readonly kind: 'repeat' };
    }
  | { readonly op: 'language'; readonly origin: Origin; readonly language: string; readonly next: Exit }
  | {
      readonly op: 'callback';
      readonly origin: Origin;
      /** Null: there is no such queue, and nobody who could call back. */
      readonly queueId: QueueId | null;
      readonly exits: Readonly<Record<CallbackOutcome, Exit>>;
    }
  | { readonly op: 'exit'; readonly origin: Origin }
  | { readonly op: 'hang-up'; readonly origin: Origin; readonly cause: HangUpCause };

/** A whole project lowered: JSON only, so that it can be sent to another process and stored with a call. */
export interface FlowProgram {
  readonly version: 1;
  readonly projectId: string;
  /** Names the program's content, to know which version a call ran; equal programs have equal ones. */
  readonly fingerprint: string;
  readonly ops: Readonly<Record<OpId, Op>>;
  /** Where calls to a number enter (`entry` null: no flow) and how they go on when the flow is left. */
  readonly numbers: Readonly<
    Record<string, { readonly number: string; readonly entry: OpId | null; readonly defaultHandling: OpId }>
  >;
  /** Where test calls to a flow enter; their default handling is that of the first number that uses the flow. */
  readonly flows: Readonly<Record<string, { readonly entry: OpId; readonly defaultHandling: OpId }>>;
  /**
   * What each prompt says, every voice setting resolved (without a `voice`, the language's default one). A prompt key
   * of an operation that is not here cannot be played: rule EN7.
   */
  readonly prompts: Readonly<Record<PromptKey, SpeechSource>>;
  /**
   * Prompts that other languages have versions of: language → key of the version. Only for languages that a call can
   * be in; not there where there is none (rule LA2).
   */
  readonly versions?: Readonly<Record<PromptKey, Readonly<Record<string, PromptKey>>>>;
  /** The schedules that operations judge by. */
  readonly schedules: Readonly<Record<ScheduleId, OpeningHours>>;
  /** What calls remember, by name. */
  readonly variables: Variables;
  /** Name of a value (`pin`, `caller.number`) → the values that the program compares it with: rule VA6. */
  readonly candidates: Readonly<Record<string, readonly Value[]>>;
}

/** Whether a prompt has values in it, so that it can be spoken during a call only (rule VA5). */
export function isSpokenLive(source: SpeechSource): boolean {
  return source.kind === 'text' && source.text.includes('{') && namesIn(source.text).length > 0;
}
