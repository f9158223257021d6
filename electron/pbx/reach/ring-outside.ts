import type { RingEvents, Ringing, RingOffer } from '../../../shared/queue/ringer.ts';
import { type EncodedAudio, LoopSource } from '../../media/encoded-audio.ts';
import type { AnsweredPerson } from '../person-ringer.ts';
import type { Trunk } from '../trunk/trunk.ts';

/** As long as the caller waits: how long the number rings is theirs to say, ms. */
const RING_MS = 120_000;

/** Rings a number outside as if it were a person's phone; without a line it cannot be had. */
export function ringOutside(
  trunk: Trunk | undefined,
  busyTone: EncodedAudio,
  number: string,
  offer: RingOffer,
  events: RingEvents<AnsweredPerson>,
): Ringing {
  if (trunk === undefined) {
    events.onFailed('unavailable');
    return { cancel: () => {} };
  }
  let far: AnsweredPerson | undefined;
  const request = { offer, showCaller: false, called: '', ringMs: RING_MS };
  const call = trunk.call(number, request, {
    onRinging: () => events.onRinging?.(),
    onAnswered: (person) => {
      far = person;
      events.onAnswered(person);
    },
    onFailed: (outcome) => events.onFailed(outcome),
    onLimit: () => far?.party.channel.play(new LoopSource(busyTone)),
  });
  return { cancel: () => call?.hangUp() };
}
