import { Dial } from '../dial.ts';
import type { EffectHost, EffectOf } from './effect-host.ts';

/** Rings people for the caller, who hears ringback meanwhile. */
export function dialPeople(host: EffectHost, { dialId, people, mode, ringMs }: EffectOf<'dial'>): void {
  const { caller, context, player, record } = host;
  const { clock, music, ringback, ringer } = context;
  record.update({ phase: 'ringing', queueId: null, personId: null });
  // Before the call is answered the caller's own phone makes the ringback.
  if (host.isAnswered) player.loop(ringback);
  else caller.session.ring();
  const dial = new Dial(
    ringer,
    clock,
    { people, mode, ringMs, offer: host.offer(null, 0) },
    {
      onRinging: (personId) => record.update({ personId }),
      onAnswered: (rung, person) => {
        const personId = person.personId ?? rung;
        host.setLeave(undefined);
        host.connect(personId, person, music.builtIn, () => person.release());
        host.tell({ type: 'dial-ended', dialId, outcome: 'answered', by: personId });
      },
      onFailed: (outcome) => {
        host.setLeave(undefined);
        player.stop();
        host.tell({ type: 'dial-ended', dialId, outcome });
      },
    },
  );
  host.setLeave(() => dial.cancel());
  dial.start();
}
