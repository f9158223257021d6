import type { EffectHost, EffectOf } from './effect-host.ts';

/** CB1, QD5: the wish is on disk, and its place is kept, before the caller hears of it. */
export async function requestCallback(host: EffectHost, effect: EffectOf<'request-callback'>): Promise<void> {
  const { callbackId, number, queueId } = effect;
  const { callbacks, clock, logger, queueOf } = host.context;
  const { name = '' } = host.info.caller;
  const { language } = host;
  const queue = queueOf(queueId)?.settings.name;
  const kept =
    queue !== undefined &&
    (await callbacks.request({
      number,
      name,
      queueId,
      queue,
      waitingSinceMs: host.waitedSinceMs(queueId) ?? clock.wallMs(),
      ...(language === null ? {} : { language }),
    }));
  if (!kept) logger.log('warn', 'pbx.callback-not-kept', { callId: host.callId, queueId });
  host.tell({ type: 'callback-requested', callbackId, outcome: kept ? 'requested' : 'not-possible' });
}
