import type { Callback, CallbackOutcome } from '../../../shared/bridge/callbacks.ts';
import type { PbxAccount } from '../../../shared/bridge/pbx.ts';
import type { RecordingAction } from '../../../shared/bridge/recordings.ts';
import type { TrunkFailure } from '../../../shared/bridge/trunk.ts';
import type { RecordingMode } from '../../../shared/flow/recording.ts';
import type { TextSource } from '../../../shared/flow/speech.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { RingFailure, Ringing, RingOffer } from '../../../shared/queue/ringer.ts';
import { type EncodedAudio, LoopSource, SequenceSource } from '../../media/encoded-audio.ts';
import { Bridge, type Link } from '../bridge.ts';
import type { CallRecord } from '../call-record.ts';
import { REASONS } from '../party.ts';
import type { AnsweredPerson, PersonRinger } from '../person-ringer.ts';
import { CallRecording, type RecordedCall, type RecordingContext } from '../recording/call-recording.ts';
import type { Trunk } from '../trunk/trunk.ts';
import { failureText } from './callback-texts.ts';

export interface CallbackCallContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ringer: Pick<PersonRinger, 'ringUser'>;
  readonly speak: (source: TextSource) => Promise<EncodedAudio>;
  readonly ringback: EncodedAudio;
  readonly busyTone: EncodedAudio;
  readonly music: EncodedAudio;
  /** The outside line as it is now; undefined when there is none. */
  readonly trunk: () => Pick<Trunk, 'call'> | undefined;
  /** Language of the project, for what the operator hears. */
  readonly language: string;
  readonly recording: RecordingContext;
  readonly config: RecordedCall['config'] | undefined;
}

export interface CallbackCallEvents {
  /** Told once, as soon as it is known. */
  onOutcome(outcome: CallbackOutcome): void;
  /** Everyone has hung up. */
  onEnded(): void;
}

export interface CallbackRequest {
  readonly callId: string;
  readonly callback: Callback;
  /** The caller's account; undefined for a number outside. */
  readonly account: PbxAccount | undefined;
  /** How long the caller's phone rings. */
  readonly ringMs: number;
  /** Name that the caller's phone shows: that of the queue. */
  readonly from: RingOffer['caller'];
  /** Whether the queue has its conversations recorded. */
  readonly recording: RecordingMode | undefined;
}

/** Trying again would not help. */
const NEVER_REACHED: ReadonlySet<TrunkFailure> = new Set(['number-unusable', 'not-allowed', 'premium']);

const OUTCOMES = { busy: 'busy', declined: 'busy', 'no-answer': 'no-answer', unavailable: 'unavailable' } as const;

/** The operator who answered, and the caller being called for them (QD6): one attempt. */
export class CallbackCall {
  readonly callId: string;
  readonly #context: CallbackCallContext;
  readonly #request: CallbackRequest;
  readonly #member: AnsweredPerson;
  /** Frees the operator. */
  readonly #finishMember: () => void;
  readonly #record: CallRecord;
  readonly #events: CallbackCallEvents;
  readonly #timers: TimerSet;
  readonly #recording: CallRecording | undefined;
  #ringing: Ringing | undefined;
  #caller: AnsweredPerson | undefined;
  #told = false;
  #over = false;

  constructor(
    context: CallbackCallContext,
    request: CallbackRequest,
    member: AnsweredPerson,
    finishMember: () => void,
    record: CallRecord,
    events: CallbackCallEvents,
  ) {
    this.callId = request.callId;
    this.#context = context;
    this.#request = request;
    this.#member = member;
    this.#finishMember = finishMember;
    this.#record = record;
    this.#events = events;
    this.#timers = new TimerSet(context.clock);
    const { config } = context;
    const language = () => null;
    this.#recording = config && new CallRecording(context.recording, { callId: this.callId, record, config, language });
  }

  start(): void {
    const { account, ringMs, from } = this.#request;
    const { party } = this.#member;
    party.setEvents({ onDigit: () => {}, onHold: () => {}, onEnded: (cause) => this.#handleMemberGone(cause) });
    if (account === undefined) {
      this.#callOutside();
      return;
    }
    party.channel.play(new LoopSource(this.#context.ringback));
    this.#timers.set('ring', ringMs, () => {
      this.#ringing?.cancel('no-answer');
      this.#fail('no-answer');
    });
    this.#ringing = this.#context.ringer.ringUser(
      account.user,
      { caller: from, headers: [] },
      {
        onAnswered: (caller) => this.#connect(caller),
        onFailed: (why: RingFailure) => this.#fail(OUTCOMES[why]),
      },
    );
  }

  /** The caller is not one of ours: they are called over the outside line, under its rules (trunk/SPEC.md). */
  #callOutside(): void {
    const { trunk, ringback, busyTone } = this.#context;
    const { callback, ringMs, from } = this.#request;
    const { channel } = this.#member.party;
    channel.play(new LoopSource(ringback));
    const line = trunk();
    const request = { offer: { caller: from, headers: [] }, showCaller: false, called: '', ringMs };
    const call = line?.call(callback.number, request, {
      onRinging: () => {},
      onAnswered: (caller) => this.#connect(caller),
      onFailed: (outcome, why) => this.#fail(NEVER_REACHED.has(why) ? 'no-line' : outcome),
      onLimit: () => {
        for (const party of [this.#member.party, this.#caller?.party]) party?.channel.play(new LoopSource(busyTone));
      },
    });
    if (line === undefined) this.#fail('no-line');
    if (call !== undefined) this.#ringing = { cancel: () => call.hangUp() };
  }

  /** Ends it from outside: a supervisor's command, or the server stops (then the attempt does not count). */
  hangUp(cause: string): void {
    if (cause !== 'stopped') this.#tell('member-gone');
    this.#finish(cause);
  }

  /** What the operator wants of the recording. */
  handleRecording(action: RecordingAction): void {
    this.#recording?.handle(action);
  }

  #connect(caller: AnsweredPerson): void {
    this.#ringing = undefined;
    this.#timers.clear();
    if (this.#over) {
      caller.party.hangUp(REASONS.normal);
      caller.release();
      return;
    }
    this.#caller = caller;
    this.#tell('reached');
    this.#record.update({ phase: 'talking' });
    const parties = { caller: caller.party, far: this.#member.party };
    const bridge = new Bridge(this.#member.party, caller.party, this.#context.music);
    const link = (): Link | undefined =>
      parties.caller.isHeld || parties.far.isHeld ? undefined : { ...parties, bridge };
    const events = (cause: string) => ({
      onDigit: () => {},
      onHold: () => {
        bridge.update();
        this.#recording?.take(link());
      },
      onEnded: () => this.#finish(cause),
    });
    this.#member.party.setEvents(events('far-end-hung-up'));
    caller.party.setEvents(events('caller-hung-up'));
    this.#recording?.begin(this.#request.callback.queueId, this.#request.recording);
    this.#recording?.take(link());
  }

  #handleMemberGone(cause: string): void {
    this.#tell('member-gone');
    this.#finish(cause);
  }

  /** The operator hears busy tone at once and then, as soon as it is spoken, why. */
  #fail(outcome: Exclude<CallbackOutcome, 'reached' | 'called-in' | 'member-gone'>): void {
    if (this.#told || this.#over) return;
    this.#ringing = undefined;
    this.#timers.clear();
    this.#tell(outcome);
    const { speak, busyTone, language, logger } = this.#context;
    const { channel } = this.#member.party;
    let spoken = false;
    channel.play(new SequenceSource([busyTone]), () => spoken || this.#finish(outcome));
    speak(failureText(outcome, language)).then(
      (sound) => {
        if (this.#over) return;
        spoken = true;
        channel.play(new SequenceSource([sound]), () => this.#finish(outcome));
      },
      (error: unknown) => logger.log('warn', 'pbx.callback-not-spoken', { code: toErrorDetail(error).code }),
    );
  }

  #tell(outcome: CallbackOutcome): void {
    if (this.#told) return;
    this.#told = true;
    this.#events.onOutcome(outcome);
  }

  #finish(cause: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#timers.clear();
    this.#ringing?.cancel('caller-gone');
    this.#recording?.end();
    const caller = this.#caller;
    this.#member.party.hangUp(REASONS.normal);
    this.#finishMember();
    caller?.party.hangUp(REASONS.normal);
    caller?.release();
    this.#record.update({ phase: 'ended', endedAtMs: this.#context.clock.wallMs(), endCause: cause });
    this.#events.onEnded();
  }
}
