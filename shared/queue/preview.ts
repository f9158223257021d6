import type { PersonId } from '../flow/ids.ts';
import type { Queue as QueueSettings } from '../flow/project.ts';
import { ManualClock } from '../lib/clock.ts';
import type { Availability, People, Release } from './people.ts';
import { Queue } from './queue.ts';
import type { RingEvents, Ringing } from './ringer.ts';

/** What callers and members do in a preview. Members are all there, and free at the start. */
export interface PreviewScenario {
  readonly calls: number;
  /** One call comes so long after the other, ms. */
  readonly everyMs: number;
  /** So long is talked, ms. */
  readonly talkMs: number;
  /** So long a phone rings before it is answered, ms; null: nobody answers. */
  readonly answerAfterMs: number | null;
}

/** Members who began to ring at the same moment for a call. */
export interface PreviewRing {
  readonly atMs: number;
  readonly people: readonly PersonId[];
}

export interface PreviewCall {
  readonly arrivedMs: number;
  readonly rings: readonly PreviewRing[];
  /** Null: nobody answered in the time that was looked at. */
  readonly answer: { readonly personId: PersonId; readonly atMs: number } | null;
}

/** Nobody looks at more than the first of a wait; `retryMs` may be 0 and rings endless. */
const MOST_RINGS = 8;

/** What a queue would do with a few calls: the real queue, on a clock of its own. Times are ms from the first call. */
export function previewQueue(
  settings: QueueSettings,
  ringMs: number,
  scenario: PreviewScenario,
  random: () => number,
): readonly PreviewCall[] {
  const clock = new ManualClock();
  const startMs = clock.nowMs();
  const since = () => clock.nowMs() - startMs;
  const people = new PreviewPeople();
  const calls: { arrivedMs: number; rings: PreviewRing[]; answer: PreviewCall['answer'] }[] = [];
  let current: (typeof calls)[number] | undefined;

  const ringer = {
    ring(personId: PersonId, _offer: unknown, events: RingEvents<PersonId>): Ringing {
      note(current, since(), personId);
      people.set(personId, 'busy');
      const { answerAfterMs } = scenario;
      const cancelAnswer =
        answerAfterMs === null ? () => {} : clock.after(answerAfterMs, () => events.onAnswered(personId));
      return {
        cancel() {
          cancelAnswer();
          people.set(personId, 'free');
          queue.handleFree(personId, false);
        },
      };
    },
  };
  const queue = new Queue<PersonId>({ clock, ringer, people, random }, settings, ringMs);

  for (let index = 0; index < scenario.calls; index++) {
    const call: (typeof calls)[number] = { arrivedMs: index * scenario.everyMs, rings: [], answer: null };
    calls.push(call);
    clock.after(call.arrivedMs, () => {
      queue.join({
        maxWaitMs: settings.maxWaitMs,
        // The queue asks for what the phone shows just before it rings: so we know for whom.
        offer: () => {
          current = call;
          return { caller: { number: '', name: '' }, headers: [] };
        },
        onAnswered(personId) {
          call.answer = { personId, atMs: since() };
          people.set(personId, 'busy');
          clock.after(scenario.talkMs, () => {
            const release: Release = ({ wrapUp } = {}) => {
              people.set(personId, 'wrap-up');
              clock.after(wrapUp?.ms ?? 0, () => {
                people.set(personId, 'free');
                queue.handleFree(personId, true);
              });
            };
            queue.finish(personId, release, { queueId: '', callId: '' });
          });
        },
        onEnded() {},
      });
    });
  }
  const enough = () => calls.every(({ answer, rings }) => answer !== null || rings.length >= MOST_RINGS);
  const endMs = scenario.calls * scenario.everyMs + settings.maxWaitMs;
  const stepMs = 1000;
  for (let atMs = 0; atMs <= endMs && !enough(); atMs += stepMs) clock.advance(stepMs);
  queue.close();
  return calls.map((call) => ({ ...call, rings: call.rings.slice(0, MOST_RINGS) }));
}

function note(call: { rings: PreviewRing[] } | undefined, atMs: number, personId: PersonId): void {
  const last = call?.rings.at(-1);
  if (last?.atMs === atMs) call?.rings.splice(-1, 1, { atMs, people: [...last.people, personId] });
  else call?.rings.push({ atMs, people: [personId] });
}

class PreviewPeople implements People {
  readonly #states = new Map<PersonId, Availability>();

  set(personId: PersonId, state: Availability): void {
    this.#states.set(personId, state);
  }

  availability(personId: PersonId): Availability {
    return this.#states.get(personId) ?? 'free';
  }

  isHere(): boolean {
    return true;
  }
}
