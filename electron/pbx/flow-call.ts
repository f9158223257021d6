import { encodeCallerContext } from '../../shared/bridge/caller-context.ts';
import type { PbxConfig } from '../../shared/bridge/pbx.ts';
import type { RecordingAction } from '../../shared/bridge/recordings.ts';
import { type Countdown, countdownAfter } from '../../shared/engine/countdown.ts';
import type { CallInfo, Effect, EngineEvent, HangUpCause } from '../../shared/engine/events.ts';
import type { FlowState } from '../../shared/engine/state.ts';
import { type StepResult, start, step } from '../../shared/engine/step.ts';
import type { Key, PersonId, QueueId } from '../../shared/flow/ids.ts';
import type { RecordingMode } from '../../shared/flow/recording.ts';
import { unreachable } from '../../shared/lib/invariant.ts';
import { TimerSet } from '../../shared/lib/timer-set.ts';
import type { RingOffer } from '../../shared/queue/ringer.ts';
import type { EncodedAudio } from '../media/encoded-audio.ts';
import type { IncomingSession } from '../sip/session/incoming.ts';
import { CallPath } from './call-path.ts';
import type { CallRecord } from './call-record.ts';
import type { Conversation, FarPerson } from './conversations/conversation.ts';
import { askService } from './effects/ask-service.ts';
import { dialOutside } from './effects/dial-outside.ts';
import { dialPeople } from './effects/dial-people.ts';
import type { EffectHost, EventWithoutTime, FlowCallContext } from './effects/effect-host.ts';
import { playPrompts } from './effects/play-prompts.ts';
import { requestCallback } from './effects/request-callback.ts';
import { MessageTaker } from './effects/take-message.ts';
import { waitInQueue } from './effects/wait-in-queue.ts';
import { answerCaller, type Party, REASONS } from './party.ts';
import type { AnsweredPerson } from './person-ringer.ts';
import { PromptPlayer } from './prompt-player.ts';
import { CallRecording } from './recording/call-recording.ts';
import { Supervision } from './supervision/supervision.ts';
import { Talk } from './talk.ts';

/** Statuses that refuse a call that was never answered. */
const REFUSALS: Readonly<Record<HangUpCause, number>> = { normal: 480, busy: 486, rejected: 603, failure: 500 };

/**
 * One call in a flow: carries the engine's effects out on a real caller and answers with events. It adds no meaning of
 * its own. The configuration is the one the call began with.
 */
export class FlowCall implements EffectHost, Conversation {
  readonly callId: string;
  readonly context: FlowCallContext;
  readonly config: PbxConfig;
  readonly caller: Party<IncomingSession>;
  readonly info: CallInfo;
  readonly record: CallRecord;
  readonly timers: TimerSet;
  readonly player: PromptPlayer;
  readonly #onEnded: () => void;
  readonly #startMs: number;
  readonly #path: CallPath;
  readonly #messages = new MessageTaker(this);
  readonly #recording: CallRecording;
  #supervision: Supervision | undefined;
  readonly #waitedSinceMs = new Map<QueueId, number>();
  readonly #pending: EngineEvent[] = [];
  #isBusy = false;
  #state: FlowState | undefined;
  #countdown: Countdown | null = null;
  #answered = false;
  #over = false;
  /** Why the call ended, where the engine's trace does not say it. */
  #endCause: string | undefined;
  /** Ends the dial attempt or the wait in a queue that is going on. */
  #leave: (() => void) | undefined;
  /** Puts the caller who waits into another queue. */
  #moveTo: ((queueId: QueueId) => boolean) | undefined;
  #breakOut: { readonly key: Key; readonly enqueueId: string } | undefined;
  #talk: Talk | undefined;

  constructor(
    context: FlowCallContext,
    config: PbxConfig,
    caller: Party<IncomingSession>,
    info: CallInfo,
    record: CallRecord,
    onEnded: () => void,
  ) {
    this.callId = info.callId;
    this.context = context;
    this.config = config;
    this.caller = caller;
    this.info = info;
    this.record = record;
    this.#onEnded = onEnded;
    this.#startMs = context.clock.nowMs();
    this.timers = new TimerSet(context.clock);
    this.#path = new CallPath(config.nodeNames);
    this.player = new PromptPlayer(caller.channel, context.prompts, context.logger);
    const language = () => this.language;
    this.#recording = new CallRecording(context, { callId: this.callId, record, config, language });
    caller.setEvents({
      onDigit: (digit) => this.#handleDigit(digit),
      onHold: () => this.#talk?.update(),
      onEnded: (cause) => {
        this.#endCause = cause === 'bye' || cause === 'cancel' ? 'caller-hung-up' : cause;
        this.tell({ type: 'caller-hung-up' });
      },
    });
  }

  start(): void {
    this.#isBusy = true;
    this.#carryOut(start(this.config.program, this.info));
    this.#isBusy = false;
    this.#takePending();
  }

  get pair(): Conversation['pair'] {
    return this.#talk?.pair;
  }

  giveFar(): FarPerson | undefined {
    const far = this.#talk?.takeFar();
    if (far === undefined) return undefined;
    this.#recording.take(undefined);
    this.hangUp('transferred');
    return far;
  }

  setFar(person: FarPerson, personId: PersonId | undefined): void {
    this.#talk?.replaceFar(person, personId);
  }

  /** OS8: the caller waits in another queue from now on. False: they do not wait, or there is no such queue. */
  move(queueId: QueueId): boolean {
    return this.#moveTo?.(queueId) ?? false;
  }

  /** Whether a supervisor may come to the conversation now, see `supervision/SPEC.md`. */
  get supervisable(): 'yes' | 'nobody-talks' | 'busy' {
    if (this.#talk?.pair === undefined) return 'nobody-talks';
    return this.#supervision === undefined ? 'yes' : 'busy';
  }

  /** Lets a supervisor, who is answered, come to the conversation. */
  supervise(supervisor: Party, onEnded: () => void): void {
    const { callId, record } = this;
    this.#supervision = new Supervision({ callId, record, logger: this.context.logger }, supervisor, () => {
      this.#supervision = undefined;
      onEnded();
    });
    this.#supervision.take(this.#talk?.link);
  }

  /** What the operator wants of the recording. */
  handleRecording(action: RecordingAction): void {
    this.#recording.handle(action);
  }

  /** Ends the call from outside: a supervisor's command, or the server stops. */
  hangUp(cause: string): void {
    if (this.#over) return;
    this.#endCause = cause;
    this.tell({ type: 'caller-hung-up' });
  }

  /**
   * Tells the engine. What happens while effects are being carried out (an effect may fail at once) waits until all of
   * them are, so that the trace and the effects keep the order that the engine gave them.
   */
  tell(event: EventWithoutTime): void {
    const atMs = Math.round(this.context.clock.nowMs() - this.#startMs);
    this.#pending.push({ ...event, atMs } as EngineEvent);
    this.#takePending();
  }

  #takePending(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let event = this.#pending.shift(); event !== undefined; event = this.#pending.shift()) {
      if (this.#state !== undefined && !this.#over) this.#carryOut(step(this.config.program, this.#state, event));
    }
    this.#isBusy = false;
  }

  #carryOut(result: StepResult): void {
    const { state, effects } = result;
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    this.#countDown(result);
    if (state.wait.kind === 'ended') this.#finish(state.wait.by, state.wait.cause);
  }

  #countDown(result: StepResult): void {
    const before = this.#countdown;
    const now = countdownAfter(this.config.program, result, before);
    this.#countdown = now;
    if (now === before) return;
    const startedAtMs = this.record.summary.startedAtMs;
    this.record.update({
      countdown: now && {
        flowId: now.flowId,
        nodeId: now.nodeId,
        wait: now.wait,
        endsAtMs: startedAtMs + now.beganAtMs + now.durationMs,
        durationMs: now.durationMs,
      },
    });
  }

  #do(effect: Effect): void {
    switch (effect.type) {
      case 'answer':
        this.#answer();
        return;
      case 'play':
        playPrompts(this, effect);
        return;
      case 'stop-playback':
        this.player.stop();
        return;
      case 'start-timer': {
        const { timerId } = effect;
        this.timers.set(timerId, effect.delayMs, () => this.tell({ type: 'timer', timerId }));
        return;
      }
      case 'stop-timer':
        this.timers.cancel(effect.timerId);
        return;
      case 'dial':
        if (effect.external === undefined) dialPeople(this, effect);
        else dialOutside(this, effect);
        return;
      case 'enqueue':
        waitInQueue(this, effect);
        return;
      case 'request':
        void askService(this, effect);
        return;
      case 'queue-state': {
        const { queryId, queueId } = effect;
        const queue = this.context.queueOf(queueId)?.snapshot() ?? null;
        this.tell({ type: 'queue-state', queryId, queue });
        return;
      }
      case 'record':
        this.#messages.begin(effect);
        return;
      case 'stop-recording':
        this.context.track(this.#messages.stop(effect));
        return;
      case 'time':
        this.tell({ type: 'time', timeId: effect.timeId });
        return;
      case 'random':
        this.tell({ type: 'random', randomId: effect.randomId, value: this.context.random() });
        return;
      case 'request-callback':
        void requestCallback(this, effect);
        return;
      case 'recording-consent':
        this.record.update({ recordingConsent: effect.given });
        return;
      case 'trace':
        this.#path.add(effect.entry);
        this.record.trace(effect.entry);
        return;
      case 'hang-up':
        // The engine's state is `ended` now; `#finish` hangs up with the cause.
        return;
      default:
        unreachable(effect, 'effect');
    }
  }

  #answer(): void {
    if (this.#answered) return;
    this.#answered = true;
    void answerCaller(this.caller, this.context.logger);
  }

  get language(): string | null {
    return this.#state?.language ?? null;
  }

  get isAnswered(): boolean {
    return this.#answered;
  }

  get isOver(): boolean {
    return this.#over;
  }

  setLeave(leave: (() => void) | undefined): void {
    this.#leave = leave;
  }

  setBreakOut(breakOut: { readonly key: Key; readonly enqueueId: string } | undefined): void {
    this.#breakOut = breakOut;
  }

  setMove(moveTo: ((queueId: QueueId) => boolean) | undefined): void {
    this.#moveTo = moveTo;
  }

  noteWaited(queueId: QueueId, sinceMs: number): void {
    this.#waitedSinceMs.set(queueId, sinceMs);
  }

  waitedSinceMs(queueId: QueueId): number | undefined {
    return this.#waitedSinceMs.get(queueId);
  }

  connect(
    personId: PersonId,
    person: AnsweredPerson,
    music: EncodedAudio,
    finish: () => void,
    queue?: { readonly queueId: QueueId; readonly recording: RecordingMode | undefined },
  ): void {
    this.#answer();
    this.player.stop();
    const { clock, ringer, ringback, personOf } = this.context;
    const talk = { clock, ringer, ringback, music, personOf, offer: () => this.offer(null, 0) };
    this.record.update({ phase: 'talking', personId });
    this.#talk = new Talk(talk, this.caller, person, finish, {
      onTransferred: (to) => this.record.update({ personId: to ?? null }),
      onLink: (link) => {
        this.#recording.take(link);
        this.#supervision?.take(link);
      },
      onEnded: (cause) => {
        this.#recording.end();
        this.#supervision?.end();
        if (cause !== 'bye' && cause !== 'far-end-hung-up') this.#endCause = cause;
        this.tell({ type: 'far-end-hung-up' });
      },
    });
    if (queue === undefined) return;
    this.#recording.begin(queue.queueId, queue.recording);
    this.#recording.take(this.#talk.link);
  }

  #handleDigit(digit: Key): void {
    const breakOut = this.#breakOut;
    if (breakOut?.key === digit) {
      this.#leave?.();
      const { enqueueId } = breakOut;
      this.tell({ type: 'queue-ended', enqueueId, outcome: 'key-pressed', key: digit });
    } else {
      this.tell({ type: 'digit', digit });
    }
  }

  offer(queue: string | null, waitedMs: number): RingOffer {
    const { number, name = '' } = this.info.caller;
    const { language } = this;
    const context = encodeCallerContext({
      callId: this.callId,
      queue,
      waitedMs,
      path: this.#path.steps,
      ...(language === null ? {} : { language }),
    });
    const codec = this.caller.leg.format?.codec;
    return { caller: { number, name }, headers: Object.entries(context), codec };
  }

  #finish(by: 'flow' | 'caller' | 'far-end', cause: HangUpCause): void {
    if (this.#over) return;
    this.#over = true;
    this.timers.clear();
    this.#leave?.();
    this.#leave = undefined;
    this.player.stop();
    this.#recording.end();
    this.#supervision?.end();
    const talk = this.#talk;
    this.#talk = undefined;
    talk?.end();
    if (this.#answered) this.caller.hangUp(REASONS[cause]);
    else this.#refuse(cause);
    const byWhom = { flow: cause, caller: 'caller-hung-up', 'far-end': 'far-end-hung-up' }[by];
    this.record.update({
      phase: 'ended',
      endedAtMs: this.context.clock.wallMs(),
      endCause: this.#endCause ?? byWhom,
    });
    this.#onEnded();
  }

  #refuse(cause: HangUpCause): void {
    this.caller.session.reject(REFUSALS[cause], undefined, [['Reason', REASONS[cause]]]);
    this.caller.hangUp(REASONS[cause]);
  }
}
