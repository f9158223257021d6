import type { Key, NodeId, PersonId, QueueId } from '../flow/ids.ts';
import type { SpeechSource } from '../flow/speech.ts';
import { contentHash } from '../lib/content-hash.ts';
import { lookup } from '../lib/record.ts';
import type {
  DialOutcome,
  Effect,
  EventWithoutTime,
  PromptKey,
  QueueOutcome,
  QueueSnapshot,
  RecordingEnd,
  RequestResult,
} from './events.ts';
import type { FlowProgram } from './program.ts';

/** What a person does when rung; `afterMs` counts from the beginning of the ring. */
export interface PersonBehaviour {
  readonly outcome: DialOutcome;
  /** For `answered` and `busy`; without it at once. `no-answer` takes the whole ring time. */
  readonly afterMs?: number;
}

/** How the wait in a queue ends. */
export interface QueueBehaviour {
  readonly outcome: Exclude<QueueOutcome, 'key-pressed'>;
  /** Without it at once; `timeout` takes the longest wait. */
  readonly afterMs?: number;
  readonly by?: PersonId;
}

/** How a web service answers. */
export interface RequestBehaviour {
  readonly result: RequestResult;
  /** Without it after 0.3 s; a timeout takes the node's whole time. */
  readonly afterMs?: number;
}

/** What a caller leaves as a message. */
export interface MessageBehaviour {
  readonly durationMs: number;
  /** Without it by silence. */
  readonly reason?: Exclude<RecordingEnd, 'key'>;
}

/** Everything outside the flow that a simulated call meets. JSON only; what is not named behaves as documented. */
export interface World {
  /** Prompt key → how long it plays, or that it cannot be played. Others take as long as they would about last. */
  readonly prompts?: Readonly<Record<PromptKey, number | 'fails'>>;
  /** Length of every prompt that `prompts` does not name. */
  readonly promptMs?: number;
  /** Others answer after 2 s. */
  readonly people?: Readonly<Record<PersonId, PersonBehaviour>>;
  /** Numbers outside; others answer after 2 s, too. */
  readonly externals?: Readonly<Record<string, PersonBehaviour>>;
  /** In others someone answers after 5 s. */
  readonly queues?: Readonly<Record<QueueId, QueueBehaviour>>;
  /** Node id → how what it asks of a web service ends. Others are answered with 200 and an empty object after 0.3 s. */
  readonly requests?: Readonly<Record<NodeId, RequestBehaviour>>;
  /** Node id → how long a message the caller leaves, and why it ends. Others are 5 s long and end by silence. */
  readonly messages?: Readonly<Record<NodeId, MessageBehaviour>>;
  /** Queue id → how it stands when a flow looks. In others one member is free. */
  readonly queueStates?: Readonly<Record<QueueId, QueueSnapshot>>;
  /** Numbers drawn by chance, from 0 to just before 1, in this order; after them by `seed`. */
  readonly random?: readonly number[];
  /** Another seed, another course of chance; without it 1. */
  readonly seed?: number;
  /**
   * Node (`node` or `flow/node`) → how what it waits for ends, before all of the above: see `planned-outcome.ts`. One
   * for each time, the last for all further ones.
   */
  readonly nodes?: Readonly<Record<string, readonly string[]>>;
  /** How long people talk before the far end hangs up; without it they talk on until the caller does. */
  readonly talkMs?: number;
  /**
   * Effect id (`dial-3`) → what answers that very effect, whatever the rest of the world would do: so can one person be
   * busy at first and answer later, and any path be replayed exactly.
   */
  readonly answers?: Readonly<Record<string, ScriptedAnswer>>;
}

/** An answer to one effect, `afterMs` after the effect. */
export interface ScriptedAnswer {
  readonly afterMs: number;
  readonly event: EventWithoutTime;
}

const ANSWERS: PersonBehaviour = { outcome: 'answered', afterMs: 2000 };
const EMPTY_ANSWER: RequestBehaviour = { result: { kind: 'response', status: 200, body: {} } };
const SERVED: QueueBehaviour = { outcome: 'answered', afterMs: 5000 };

/** About 14 characters a second, an ordinary reading. */
const CHARACTER_MS = 70;

/** How long prompts play one after the other, and whether one of them fails (at its beginning). */
export function playing(
  world: World,
  program: FlowProgram,
  keys: readonly PromptKey[],
  texts: Readonly<Record<PromptKey, string>> = {},
) {
  let durationMs = 0;
  for (const key of keys) {
    const source = lookup(program.prompts, key);
    const known =
      (world.prompts && lookup(world.prompts, key)) ??
      world.promptMs ??
      (source ? aboutMs(source, lookup(texts, key)) : 'fails');
    if (known === 'fails') return { durationMs, failed: true };
    durationMs += known;
  }
  return { durationMs, failed: false };
}

function aboutMs(source: SpeechSource, said?: string): number {
  if (source.kind === 'audio') return source.durationMs;
  return Math.round(((said ?? source.text).length * CHARACTER_MS) / (source.speed ?? 1));
}

export interface DialResult {
  readonly outcome: DialOutcome;
  readonly afterMs: number;
  /** A person, or a number outside. */
  readonly by?: string;
}

/** How ringing people, or a number outside, ends (SPEC.md, DL1, DL3 and DL5). */
export function dialling(world: World, effect: Extract<Effect, { type: 'dial' }>): DialResult {
  const { external } = effect;
  const behaviours = external ? world.externals : world.people;
  const rung = (external ? [external.number] : effect.people).map((personId) => {
    const { outcome, afterMs = 0 } = (behaviours && lookup(behaviours, personId)) ?? ANSWERS;
    const tooLate = afterMs >= effect.ringMs;
    const ends = outcome === 'no-answer' || tooLate ? ('no-answer' as const) : outcome;
    return { personId, outcome: ends, afterMs: ends === 'no-answer' ? effect.ringMs : afterMs };
  });
  if (effect.mode === 'all') {
    const answers = rung.filter(({ outcome }) => outcome === 'answered').sort((a, b) => a.afterMs - b.afterMs);
    const [first] = answers;
    if (first) return { outcome: 'answered', afterMs: first.afterMs, by: first.personId };
    return { outcome: worst(rung), afterMs: Math.max(...rung.map(({ afterMs }) => afterMs)) };
  }
  let afterMs = 0;
  for (const one of rung) {
    afterMs += one.afterMs;
    if (one.outcome === 'answered') return { outcome: 'answered', afterMs, by: one.personId };
  }
  return { outcome: worst(rung), afterMs };
}

/** DL3: of several ends without an answer, the one that came nearest to it. */
function worst(rung: readonly { readonly outcome: DialOutcome }[]): DialOutcome {
  const ends = (['no-answer', 'busy'] as const).find((end) => rung.some(({ outcome }) => outcome === end));
  return ends ?? 'unavailable';
}

export interface QueueResult {
  readonly outcome: Exclude<QueueOutcome, 'key-pressed'>;
  readonly afterMs: number;
  readonly by?: PersonId;
}

/** How a wait in a queue ends if the caller neither hangs up nor breaks out. */
export function waiting(world: World, effect: Extract<Effect, { type: 'enqueue' }>): QueueResult {
  const behaviour = (world.queues && lookup(world.queues, effect.queueId)) ?? SERVED;
  const { outcome, afterMs = 0 } = behaviour;
  if (outcome === 'timeout' || afterMs >= effect.maxWaitMs) return { outcome: 'timeout', afterMs: effect.maxWaitMs };
  return { ...behaviour, afterMs };
}

/** How a request ends; one that takes longer than its node allows is a timeout. */
export function requesting(world: World, effect: Extract<Effect, { type: 'request' }>) {
  const { result, afterMs = 300 } = (world.requests && lookup(world.requests, effect.nodeId)) ?? EMPTY_ANSWER;
  if (result.kind === 'timeout' || afterMs >= effect.timeoutMs) {
    return { result: { kind: 'timeout' } as const, afterMs: effect.timeoutMs };
  }
  return { result, afterMs };
}

/** How a message goes, if the caller neither presses the key nor hangs up. */
export function leaving(world: World, effect: Extract<Effect, { type: 'record' }>) {
  const message = (world.messages && lookup(world.messages, effect.nodeId)) ?? { durationMs: 5000 };
  const { durationMs, reason = 'silence' } = message;
  return durationMs >= effect.maxMs
    ? { durationMs: effect.maxMs, reason: 'max-length' as const }
    : { durationMs, reason };
}

/** How a queue stands when a flow looks. */
export function standing(world: World, queueId: QueueId): QueueSnapshot {
  return (world.queueStates && lookup(world.queueStates, queueId)) ?? { free: 1, here: 1, waiting: 0 };
}

/** The number that a call draws after `drawn` others. Pure: the same world gives the same ones. */
export function drawing({ random = [], seed = 1 }: World, drawn: number): number {
  return random[drawn] ?? Number.parseInt(contentHash(`${seed} ${drawn}`).slice(0, 8), 16) / 2 ** 32;
}

/** Something the caller does, `atMs` after the call started. */
export type CallerAction =
  | { readonly atMs: number; readonly key: Key }
  | { readonly atMs: number; readonly hangUp: true };
