import type { PbxConfig } from '../../../shared/bridge/pbx.ts';
import type { CallInfo, Effect, EngineEvent } from '../../../shared/engine/events.ts';
import type { Key, PersonId, QueueId } from '../../../shared/flow/ids.ts';
import type { RecordingMode } from '../../../shared/flow/recording.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import type { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { Queue } from '../../../shared/queue/queue.ts';
import type { Ringer, RingOffer } from '../../../shared/queue/ringer.ts';
import type { EncodedAudio } from '../../media/encoded-audio.ts';
import type { PromptStore } from '../../media/prompt-store.ts';
import type { IncomingSession } from '../../sip/session/incoming.ts';
import type { AnnouncementSounds } from '../announcements/announcement-sounds.ts';
import type { CallRecord } from '../call-record.ts';
import type { CallbackDesk } from '../callbacks/callback-desk.ts';
import type { Music } from '../music.ts';
import type { Party } from '../party.ts';
import type { AnsweredPerson } from '../person-ringer.ts';
import type { PromptPlayer } from '../prompt-player.ts';
import type { Speaker } from '../speaker.ts';
import type { Trunk } from '../trunk/trunk.ts';

/** A member's phone rang for a call in a queue, to its end or to its answer. */
export interface QueueRing {
  readonly callId: string;
  readonly personId: PersonId;
  readonly queueId: QueueId;
  readonly answered: boolean;
}

/** What a call in a flow needs of the PBX it lives in. */
export interface FlowCallContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly prompts: PromptStore;
  readonly music: Music;
  readonly ringback: EncodedAudio;
  readonly busyTone: EncodedAudio;
  readonly beep: EncodedAudio;
  /** Work that goes on after the call; the PBX does not stop before it is done. */
  readonly track: (work: Promise<unknown>) => void;
  /** Tells that a recording of a conversation is complete. */
  readonly onRecording: (callId: string, id: string) => void;
  /** Tells that a message was left. */
  readonly onMessage: (id: string) => void;
  /** A member was rung for a queue and answered, or did not. */
  readonly onQueueRing: (ring: QueueRing) => void;
  readonly ringer: Ringer<AnsweredPerson>;
  /** The outside line as it is now; undefined when there is none. */
  readonly trunk: () => Pick<Trunk, 'call'> | undefined;
  readonly speaker: Pick<Speaker, 'speak'>;
  /** Speaks what callers are told while they wait. */
  readonly announcements: Pick<AnnouncementSounds, 'speak'>;
  /** The queue of that id as it is now; undefined when there is none any more. */
  readonly queueOf: (queueId: QueueId) => Queue<AnsweredPerson> | undefined;
  readonly callbacks: Pick<CallbackDesk, 'request' | 'comeBack'>;
  /** Who has that extension, to transfer calls to; undefined when nobody has. */
  readonly personOf: (extension: string) => PersonId | undefined;
  /** Numbers from 0 to just before 1, each as likely as the other. */
  readonly random: () => number;
}

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;
export type EventWithoutTime = WithoutTime<EngineEvent>;
export type EffectOf<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

/** The call that an effect is carried out on, and the way to answer the engine. */
export interface EffectHost {
  readonly callId: string;
  readonly context: FlowCallContext;
  /** The configuration that the call began with. */
  readonly config: PbxConfig;
  readonly caller: Party<IncomingSession>;
  readonly info: CallInfo;
  readonly record: CallRecord;
  readonly player: PromptPlayer;
  readonly timers: TimerSet;
  /** Language that the caller chose; null when none. */
  readonly language: string | null;
  readonly isAnswered: boolean;
  readonly isOver: boolean;
  tell(event: EventWithoutTime): void;
  /** How to end the dial attempt, the wait or the request that is going on; undefined when there is none any more. */
  setLeave(leave: (() => void) | undefined): void;
  /** The key that ends the wait in a queue, and which wait. */
  setBreakOut(breakOut: { readonly key: Key; readonly enqueueId: string } | undefined): void;
  /** How to put the caller who waits into another queue; undefined when they wait no more. */
  setMove(moveTo: ((queueId: QueueId) => boolean) | undefined): void;
  /** The caller waits in that queue, since then by the wall clock: a place they may keep after leaving it. */
  noteWaited(queueId: QueueId, sinceMs: number): void;
  /** Since when the caller has waited for that queue; undefined when they never did. */
  waitedSinceMs(queueId: QueueId): number | undefined;
  /** What the phone that is rung shows. */
  offer(queue: string | null, waitedMs: number): RingOffer;
  /**
   * Bridges the caller with whoever answered. `finish` frees them when the conversation is over. `queue`: it is one of
   * that queue, which may have it recorded.
   */
  connect(
    personId: PersonId,
    person: AnsweredPerson,
    music: EncodedAudio,
    finish: () => void,
    queue?: { readonly queueId: QueueId; readonly recording: RecordingMode | undefined },
  ): void;
}
