import type { TrunkFailure } from '../../../shared/bridge/trunk.ts';
import { LoopSource } from '../../media/encoded-audio.ts';
import type { DialFailure } from '../dial.ts';
import type { AnsweredPerson } from '../person-ringer.ts';
import type { EffectHost, EffectOf } from './effect-host.ts';

/** Calls a number outside for the caller, who hears ringback meanwhile (DL5; trunk/SPEC.md, TO*). */
export function dialOutside(host: EffectHost, { dialId, external, ringMs }: EffectOf<'dial'>): void {
  const { caller, context, player, record } = host;
  if (external === undefined) return;
  const { number, callerId } = external;
  const fail = (outcome: DialFailure, why: TrunkFailure): void => {
    context.logger.log('warn', 'pbx.outside-failed', { callId: host.callId, number, code: `trunk/${why}` });
    host.setLeave(undefined);
    player.stop();
    host.tell({ type: 'dial-ended', dialId, outcome, code: `trunk/${why}` });
  };
  const trunk = context.trunk();
  if (trunk === undefined) {
    fail('unavailable', 'none');
    return;
  }
  let far: AnsweredPerson | undefined;
  const request = {
    offer: host.offer(null, 0),
    showCaller: callerId === 'caller',
    called: record.summary.dialled,
    ringMs,
  };
  const call = trunk.call(number, request, {
    onRinging: () => {},
    onAnswered: (person) => {
      far = person;
      host.setLeave(undefined);
      host.connect(number, person, context.music.builtIn, () => person.release());
      host.tell({ type: 'dial-ended', dialId, outcome: 'answered', by: number });
    },
    onFailed: fail,
    onLimit: () => {
      for (const party of [caller, far?.party]) party?.channel.play(new LoopSource(context.busyTone));
    },
  });
  if (call === undefined) return;
  host.setLeave(() => call.hangUp());
  record.update({ phase: 'ringing', queueId: null, personId: null });
  // Before the call is answered the caller's own phone makes the ringback.
  if (host.isAnswered) player.loop(context.ringback);
  else caller.session.ring();
}
