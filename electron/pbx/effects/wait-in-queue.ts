import { lookup } from '../../../shared/lib/record.ts';
import type { Waiting } from '../../../shared/queue/queue.ts';
import { announcerFor } from '../announcements/announce-in-call.ts';
import type { AnsweredPerson } from '../person-ringer.ts';
import type { EffectHost, EffectOf } from './effect-host.ts';

/**
 * The caller waits in a queue with its music until someone answers, or the wait ends otherwise. `movedSinceMs`: they
 * come from another queue, where they have waited since then by the wall clock (OS8).
 */
export function waitInQueue(host: EffectHost, effect: EffectOf<'enqueue'>, movedSinceMs?: number): void {
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
  const placeMs = kept.sinceMs ?? movedSinceMs;
  const waitingSinceMs = placeMs ?? clock.wallMs();
  const earlierMs = Math.max(0, clock.wallMs() - waitingSinceMs);
  record.update({ phase: 'queued', queueId, personId: null, waitingSinceMs });
  let ended = false;
  let sound = music.builtIn;
  const waiting: Waiting<AnsweredPerson> = {
    maxWaitMs,
    offer: () => host.offer(queue.settings.name, earlierMs + clock.nowMs() - joinedAtMs),
    onUnanswered: (personId) => context.onQueueRing({ callId, personId, queueId, answered: false }),
    onAnswered: (rung, person) => {
      end(true);
      // Who picks up in place of who is rung says nothing about them.
      if (person.personId === undefined) context.onQueueRing({ callId, personId: rung, queueId, answered: true });
      const personId = person.personId ?? rung;
      const finish = () => queue.finish(rung, person.release, { queueId, callId });
      host.connect(personId, person, sound, finish, { queueId, recording: queue.settings.recording });
      host.tell({ type: 'queue-ended', enqueueId, outcome: 'answered', by: personId });
    },
    onEnded: (outcome) => {
      end(false);
      host.tell({ type: 'queue-ended', enqueueId, outcome });
    },
  };
  const announcer = announcerFor(host, queueId, queue, waiting);
  void music.load(lookup(config.music, queueId)).then((loaded) => {
    sound = loaded;
    if (ended || host.isOver) return;
    player.loop(loaded);
    announcer.start();
  });
  const end = (served: boolean): void => {
    ended = true;
    announcer.stop();
    host.setLeave(undefined);
    host.setBreakOut(undefined);
    host.setMove(undefined);
    player.stop();
    kept.end(served);
  };
  const leave = queue.join(waiting, placeMs);
  if (ended) return;
  host.noteWaited(queueId, waitingSinceMs);
  host.setLeave(() => {
    leave();
    end(false);
  });
  host.setMove((to) => {
    if (to === queueId || context.queueOf(to) === undefined) return false;
    leave();
    end(false);
    // The flow's limit is for the whole wait.
    const leftMs = Math.max(1, maxWaitMs - (clock.nowMs() - joinedAtMs));
    waitInQueue(host, { ...effect, queueId: to, maxWaitMs: leftMs }, waitingSinceMs);
    return true;
  });
  if (breakOutKey !== undefined) host.setBreakOut({ key: breakOutKey, enqueueId });
}
