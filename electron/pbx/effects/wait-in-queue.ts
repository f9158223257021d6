import { lookup } from '../../../shared/lib/record.ts';
import type { EffectHost, EffectOf } from './effect-host.ts';

/** The caller waits in a queue with its music until someone answers, or the wait ends otherwise. */
export function waitInQueue(host: EffectHost, effect: EffectOf<'enqueue'>): void {
  const { enqueueId, queueId, maxWaitMs, breakOutKey } = effect;
  const { callId, config, context, player, record } = host;
  const { callbacks, clock, music } = context;
  const queue = context.queueOf(queueId);
  if (queue === undefined) {
    host.tell({ type: 'queue-ended', enqueueId, outcome: 'join-empty' });
    return;
  }
  // QD7: who is to be called back and calls again meanwhile waits at the place that was kept.
  const kept = callbacks.comeBack(queueId, host.info.caller.number);
  const joinedAtMs = clock.nowMs();
  const earlierMs = kept.sinceMs === undefined ? 0 : Math.max(0, clock.wallMs() - kept.sinceMs);
  record.update({ phase: 'queued', queueId, personId: null });
  let ended = false;
  let sound = music.builtIn;
  void music.load(lookup(config.music, queueId)).then((loaded) => {
    sound = loaded;
    if (!ended && !host.isOver) player.loop(loaded);
  });
  const end = (served: boolean): void => {
    ended = true;
    host.setLeave(undefined);
    host.setBreakOut(undefined);
    player.stop();
    kept.end(served);
  };
  const leave = queue.join(
    {
      maxWaitMs,
      offer: () => host.offer(queue.settings.name, earlierMs + clock.nowMs() - joinedAtMs),
      onUnanswered: (personId) => context.onQueueRing({ callId, personId, queueId, answered: false }),
      onAnswered: (rung, person) => {
        end(true);
        // Who picks up in place of who is rung says nothing about them.
        if (person.personId === undefined) context.onQueueRing({ callId, personId: rung, queueId, answered: true });
        const personId = person.personId ?? rung;
        host.connect(personId, person, sound, () => queue.finish(rung, person.release, { queueId, callId }));
        host.tell({ type: 'queue-ended', enqueueId, outcome: 'answered', by: personId });
      },
      onEnded: (outcome) => {
        end(false);
        host.tell({ type: 'queue-ended', enqueueId, outcome });
      },
    },
    kept.sinceMs,
  );
  if (ended) return;
  host.noteWaited(queueId, kept.sinceMs ?? clock.wallMs());
  host.setLeave(() => {
    leave();
    end(false);
  });
  if (breakOutKey !== undefined) host.setBreakOut({ key: breakOutKey, enqueueId });
}
