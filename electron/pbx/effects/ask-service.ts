import { askWeb } from '../web-request.ts';
import type { EffectHost, EffectOf } from './effect-host.ts';

/** A caller hears music when a web service takes longer than this to answer. */
const MUSIC_AFTER_MS = 1500;

/** Asks a web service and tells the engine how it ended. Nothing is told once the call has left. */
export async function askService(host: EffectHost, effect: EffectOf<'request'>): Promise<void> {
  const { config, context, player, timers } = host;
  const { clock, logger, music } = context;
  const abort = new AbortController();
  // Nobody waits in silence for long: what takes its time is bridged with music.
  timers.set(effect.requestId, MUSIC_AFTER_MS, () => player.loop(music.builtIn));
  host.setLeave(() => abort.abort());
  const result = await askWeb(effect, { clock, logger, secrets: config.secrets }, abort.signal);
  if (abort.signal.aborted) return;
  host.setLeave(undefined);
  timers.cancel(effect.requestId);
  player.stop();
  host.tell({ type: 'request-ended', requestId: effect.requestId, result });
}
