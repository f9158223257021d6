import type { Key, PersonId, QueueId } from '../flow/ids.ts';
import type { SpeechSource } from '../flow/speech.ts';
import { lookup } from '../lib/record.ts';
import type { DialOutcome, Effect, EventWithoutTime, PromptKey, QueueOutcome } from './events.ts';
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

/** Everything outside the flow that a simulated call meets. JSON only; what is not named behaves as documented. */
export interface World {
  /** Prompt key → how long it plays, or that it cannot be played. Others take as long as they would about last. */
  readonly prompts?: Readonly<Record<PromptKey, number | 'fails'>>;
  /** Length of every prompt that `prompts` does not name. */
  readonly promptMs?: number;
  /** Others answer after 2 s. */
  readonly people?: Readonly<Record<PersonId, PersonBehaviour>>;
  /** In others someone answers after 5 s. */
  readonly queues?: Readonly<Record<QueueId, QueueBehaviour>>;
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
const SERVED: QueueBehaviour = { outcome: 'answered', afterMs: 5000 };

/** About 14 characters a second, an ordinary reading. */
const CHARACTER_MS = 70;

/** How long prompts play one after the other, and whether one of them fails (at its beginning). */
export function playing(world: World, program: FlowProgram, keys: readonly PromptKey[]) {
  let durationMs = 0;
  for (const key of keys) {
    const source = lookup(program.prompts, key);
    const known =
      (world.prompts && lookup(world.prompts, key)) ?? world.promptMs ?? (source ? aboutMs(source) : 'fails');
    if (known === 'fails') return { durationMs, failed: true };
    durationMs += known;
  }
  return { durationMs, failed: false };
}

function aboutMs(source: SpeechSource): number {
  if (source.kind === 'audio') return source.durationMs;
  return Math.round((source.text.length * CHARACTER_MS) / (source.speed ?? 1));
}

export interface DialResult {
  readonly outcome: DialOutcome;
  readonly afterMs: number;
  readonly by?: PersonId;
}

/** How ringing people ends (SPEC.md, DL1 and DL3). */
export function dialling(world: World, effect: Extract<Effect, { type: 'dial' }>): DialResult {
  const rung = effect.people.map((personId) => {
    const { outcome, afterMs = 0 } = (world.people && lookup(world.people, personId)) ?? ANSWERS;
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

/** Something the caller does, `atMs` after the call started. */
export type CallerAction =
  | { readonly atMs: number; readonly key: Key }
  | { readonly atMs: number; readonly hangUp: true };
