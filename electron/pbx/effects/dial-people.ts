import { Dial } from '../dial.ts';
import type { EffectHost, EffectOf } from './effect-host.ts';

/** Rings people for the caller, who hears ringback meanwhile. */
export function dialPeople(host: EffectHost, { dialId, people, external, mode, ringMs }: EffectOf<'dial'>): void {
  const { caller, context, player, record } = host;
  const { clock, logger, music, ringback, ringer } = context;
  if (external !== undefined) {
    // There is no trunk that leads outside yet: DL5.
    logger.log('warn', 'pbx.no-trunk', { callId: host.callId, number: external.number });
    host.tell({ type: 'dial-ended', dialId, outcome: 'unavailable' });
    return;
  }
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
      onAnswered: (personId, person) => {
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
