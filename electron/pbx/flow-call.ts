import { randomUUID } from 'node:crypto';
import { encodeCallerContext } from '../../shared/bridge/caller-context.ts';
import type { PbxConfig } from '../../shared/bridge/pbx.ts';
import type { CallInfo, Effect, EngineEvent, HangUpCause } from '../../shared/engine/events.ts';
import type { FlowState } from '../../shared/engine/state.ts';
import { type StepResult, start, step } from '../../shared/engine/step.ts';
import type { Key, PersonId, QueueId } from '../../shared/flow/ids.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { unreachable } from '../../shared/lib/invariant.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { lookup } from '../../shared/lib/record.ts';
import type { EncodedAudio } from '../media/encoded-audio.ts';
import type { PromptStore } from '../media/prompt-store.ts';
import type { IncomingSession } from '../sip/session/incoming.ts';
import { TimerSet } from '../sip/timer-set.ts';
import { Bridge } from './bridge.ts';
import { CallPath } from './call-path.ts';
import type { CallRecord } from './call-record.ts';
import type { CallbackKeeper } from './callback-keeper.ts';
import { Dial } from './dial.ts';
import type { Music } from './music.ts';
import { answerCaller, type Party, REASONS } from './party.ts';
import type { AnsweredPerson } from './person-ringer.ts';
import { PromptPlayer } from './prompt-player.ts';
import type { Queue } from './queue/queue.ts';
import type { Ringer, RingOffer } from './ringer.ts';
import type { Speaker } from './speaker.ts';
import { VoicemailRecorder } from './voicemail/recorder.ts';
import { askWeb } from './web-request.ts';

export interface FlowCallContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly prompts: PromptStore;
  readonly music: Music;
  readonly ringback: EncodedAudio;
  readonly beep: EncodedAudio;
  /** Work that goes on after the call; the PBX does not stop before it is done. */
  readonly track: (work: Promise<unknown>) => void;
  /** Tells that a message was left. */
  readonly onMessage: (id: string) => void;
  readonly ringer: Ringer<AnsweredPerson>;
  readonly speaker: Pick<Speaker, 'speak'>;
  /** The queue of that id as it is now; undefined when there is none any more. */
  readonly queueOf: (queueId: QueueId) => Queue<AnsweredPerson> | undefined;
  readonly callbacks: CallbackKeeper;
  /** Numbers from 0 to just before 1, each as likely as the other. */
  readonly random: () => number;
}

/** A caller hears music when a web service takes longer than this to answer. */
const MUSIC_AFTER_MS = 1500;

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;
type EffectOf<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

/** Statuses that refuse a call that was never answered. */
const REFUSALS: Readonly<Record<HangUpCause, number>> = { normal: 480, busy: 486, rejected: 603, failure: 500 };

/**
 * One call in a flow: carries the engine's effects out on a real caller and answers with events. It adds no meaning of
 * its own. The configuration is the one the call began with.
 */
export class FlowCall {
  readonly callId: string;
  readonly #context: FlowCallContext;
  readonly #config: PbxConfig;
  readonly #caller: Party<IncomingSession>;
  readonly #info: CallInfo;
  readonly #record: CallRecord;
  readonly #onEnded: () => void;
  readonly #startMs: number;
  readonly #timers: TimerSet;
  readonly #path: CallPath;
  readonly #pending: EngineEvent[] = [];
  #isBusy = false;
  readonly #player: PromptPlayer;
  #state: FlowState | undefined;
  #answered = false;
  #over = false;
  /** Why the call ended, where the engine's trace does not say it. */
  #endCause: string | undefined;
  /** Ends the dial attempt or the wait in a queue that is going on. */
  #leave: (() => void) | undefined;
  #recording: { readonly id: string; readonly recorder: VoicemailRecorder; readonly minMs: number } | undefined;
  #breakOut: { readonly key: Key; readonly enqueueId: string } | undefined;
  #talk: { readonly person: AnsweredPerson; readonly bridge: Bridge; readonly finish: () => void } | undefined;

  constructor(
    context: FlowCallContext,
    config: PbxConfig,
    caller: Party<IncomingSession>,
    info: CallInfo,
    record: CallRecord,
    onEnded: () => void,
  ) {
    this.callId = info.callId;
    this.#context = context;
    this.#config = config;
    this.#caller = caller;
    this.#info = info;
    this.#record = record;
    this.#onEnded = onEnded;
    this.#startMs = context.clock.nowMs();
    this.#timers = new TimerSet(context.clock);
    this.#path = new CallPath(config.nodeNames);
    this.#player = new PromptPlayer(caller.channel, context.prompts, context.logger);
    caller.setEvents({
      onDigit: (digit) => this.#handleDigit(digit),
      onHold: () => this.#talk?.bridge.update(),
      onEnded: (cause) => {
        this.#endCause = cause === 'bye' || cause === 'cancel' ? 'caller-hung-up' : cause;
        this.#tell({ type: 'caller-hung-up' });
      },
    });
  }

  start(): void {
    this.#isBusy = true;
    this.#carryOut(start(this.#config.program, this.#info));
    this.#isBusy = false;
    this.#takePending();
  }

  /** Ends the call from outside: a supervisor's command, or the server stops. */
  hangUp(cause: string): void {
    if (this.#over) return;
    this.#endCause = cause;
    this.#tell({ type: 'caller-hung-up' });
  }

  /**
   * Tells the engine. What happens while effects are being carried out (an effect may fail at once) waits until all of
   * them are, so that the trace and the effects keep the order that the engine gave them.
   */
  #tell(event: WithoutTime<EngineEvent>): void {
    const atMs = Math.round(this.#context.clock.nowMs() - this.#startMs);
    this.#pending.push({ ...event, atMs } as EngineEvent);
    this.#takePending();
  }

  #takePending(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let event = this.#pending.shift(); event !== undefined; event = this.#pending.shift()) {
      if (this.#state !== undefined && !this.#over) this.#carryOut(step(this.#config.program, this.#state, event));
    }
    this.#isBusy = false;
  }

  #carryOut({ state, effects }: StepResult): void {
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    if (state.wait.kind === 'ended') this.#finish(state.wait.by, state.wait.cause);
  }

  #do(effect: Effect): void {
    switch (effect.type) {
      case 'answer':
        this.#answer();
        return;
      case 'play':
        this.#play(effect);
        return;
      case 'stop-playback':
        this.#player.stop();
        return;
      case 'start-timer': {
        const { timerId } = effect;
        this.#timers.set(timerId, effect.delayMs, () => this.#tell({ type: 'timer', timerId }));
        return;
      }
      case 'stop-timer':
        this.#timers.cancel(effect.timerId);
        return;
      case 'dial':
        this.#dial(effect);
        return;
      case 'enqueue':
        this.#enqueue(effect);
        return;
      case 'request':
        void this.#request(effect);
        return;
      case 'queue-state': {
        const { queryId, queueId } = effect;
        const queue = this.#context.queueOf(queueId)?.snapshot() ?? null;
        this.#tell({ type: 'queue-state', queryId, queue });
        return;
      }
      case 'record':
        this.#recordMessage(effect);
        return;
      case 'stop-recording':
        this.#context.track(this.#stopRecording(effect.recordingId));
        return;
      case 'time':
        this.#tell({ type: 'time', timeId: effect.timeId });
        return;
      case 'random':
        this.#tell({ type: 'random', randomId: effect.randomId, value: this.#context.random() });
        return;
      case 'request-callback':
        void this.#requestCallback(effect);
        return;
      case 'recording-consent':
        this.#record.update({ recordingConsent: effect.given });
        return;
      case 'trace':
        this.#path.add(effect.entry);
        this.#record.trace(effect.entry);
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
    void answerCaller(this.#caller, this.#context.logger);
  }

  #play({ playId, prompts, texts = {} }: EffectOf<'play'>): void {
    this.#record.update({ phase: 'flow', queueId: null, personId: null });
    const sounds = prompts.map((key) => {
      const text = lookup(texts, key);
      const source = text === undefined ? undefined : lookup(this.#config.program.prompts, key);
      if (text === undefined || source?.kind !== 'text') return lookup(this.#config.audio, key);
      return this.#context.speaker.speak({ ...source, text });
    });
    void this.#player.play(sounds, {
      onFinished: () => this.#tell({ type: 'prompt-finished', playId }),
      onFailed: (reason) => this.#tell({ type: 'prompt-failed', playId, reason }),
    });
  }

  /** The tone, then the recording. Who hangs up or presses the key during the tone has said nothing. */
  #recordMessage(effect: EffectOf<'record'>): void {
    const { recordingId, mailbox, maxMs, silenceMs, minMs } = effect;
    this.#record.update({ phase: 'flow', queueId: null, personId: null });
    this.#player.playOnce(this.#context.beep, () => {
      const { clock, logger } = this.#context;
      const { number, name = '' } = this.#info.caller;
      const id = randomUUID();
      const message = {
        id,
        mailbox,
        caller: { number, name },
        dialled: this.#record.summary.dialled,
        callId: this.callId,
        startedAtMs: clock.wallMs(),
      };
      const directory = this.#config.voicemailDir;
      const recorder = new VoicemailRecorder(
        { directory, message, maxMs, silenceMs, minMs, clock, logger },
        {
          onEnded: (reason, durationMs) => {
            this.#caller.channel.tap(undefined);
            this.#recording = undefined;
            if (reason !== 'failed' && durationMs >= minMs) this.#context.onMessage(id);
            this.#tell({ type: 'recording-ended', recordingId, reason, durationMs });
          },
        },
      );
      this.#recording = { id, recorder, minMs };
      this.#caller.channel.tap((packet, codec) => recorder.receive(packet, codec));
    });
  }

  async #stopRecording(recordingId: string): Promise<void> {
    const recording = this.#recording;
    this.#recording = undefined;
    this.#player.stop();
    this.#caller.channel.tap(undefined);
    const { failed, durationMs } = recording ? await recording.recorder.stop() : { failed: false, durationMs: 0 };
    if (recording && !failed && durationMs >= recording.minMs) this.#context.onMessage(recording.id);
    this.#tell({ type: 'recording-ended', recordingId, reason: failed ? 'failed' : 'key', durationMs });
  }

  async #request(effect: EffectOf<'request'>): Promise<void> {
    const { clock, logger } = this.#context;
    const abort = new AbortController();
    // Nobody waits in silence for long: what takes its time is bridged with music.
    this.#timers.set(effect.requestId, MUSIC_AFTER_MS, () => this.#player.loop(this.#context.music.builtIn));
    this.#leave = () => abort.abort();
    const result = await askWeb(effect, { clock, logger, secrets: this.#config.secrets }, abort.signal);
    if (abort.signal.aborted) return;
    this.#leave = undefined;
    this.#timers.cancel(effect.requestId);
    this.#player.stop();
    this.#tell({ type: 'request-ended', requestId: effect.requestId, result });
  }

  /** CB1: the wish is on disk before the caller hears of it. */
  async #requestCallback({ callbackId, number, queueId }: EffectOf<'request-callback'>): Promise<void> {
    const { callbacks, logger, queueOf } = this.#context;
    const { name = '' } = this.#info.caller;
    const language = this.#state?.language ?? null;
    const queue = queueOf(queueId)?.settings.name;
    const wish = { number, name, queueId, queue: queue ?? '', ...(language === null ? {} : { language }) };
    const kept = queue !== undefined && (await callbacks.keep(wish));
    if (!kept) logger.log('warn', 'pbx.callback-not-kept', { callId: this.callId, queueId });
    this.#tell({ type: 'callback-requested', callbackId, outcome: kept ? 'requested' : 'not-possible' });
  }

  #dial({ dialId, people, external, mode, ringMs }: EffectOf<'dial'>): void {
    if (external !== undefined) {
      // There is no trunk that leads outside yet: DL5.
      this.#context.logger.log('warn', 'pbx.no-trunk', { callId: this.callId, number: external.number });
      this.#tell({ type: 'dial-ended', dialId, outcome: 'unavailable' });
      return;
    }
    this.#record.update({ phase: 'ringing', queueId: null, personId: null });
    // Before the call is answered the caller's own phone makes the ringback.
    if (this.#answered) this.#player.loop(this.#context.ringback);
    else this.#caller.session.ring();
    const { ringer, clock } = this.#context;
    const dial = new Dial(
      ringer,
      clock,
      { people, mode, ringMs, offer: this.#offer(null, 0) },
      {
        onRinging: (personId) => this.#record.update({ personId }),
        onAnswered: (personId, person) => {
          this.#leave = undefined;
          this.#connect(personId, person, this.#context.music.builtIn, () => person.release());
          this.#tell({ type: 'dial-ended', dialId, outcome: 'answered', by: personId });
        },
        onFailed: (outcome) => {
          this.#leave = undefined;
          this.#player.stop();
          this.#tell({ type: 'dial-ended', dialId, outcome });
        },
      },
    );
    this.#leave = () => dial.cancel();
    dial.start();
  }

  #enqueue({ enqueueId, queueId, maxWaitMs, breakOutKey }: EffectOf<'enqueue'>): void {
    const queue = this.#context.queueOf(queueId);
    if (queue === undefined) {
      this.#tell({ type: 'queue-ended', enqueueId, outcome: 'join-empty' });
      return;
    }
    const { clock, music } = this.#context;
    const sinceMs = clock.nowMs();
    this.#record.update({ phase: 'queued', queueId, personId: null });
    let ended = false;
    let sound = music.builtIn;
    void music.load(lookup(this.#config.music, queueId)).then((loaded) => {
      sound = loaded;
      if (!ended && !this.#over) this.#player.loop(loaded);
    });
    const end = (): void => {
      ended = true;
      this.#leave = undefined;
      this.#breakOut = undefined;
      this.#player.stop();
    };
    const leave = queue.join({
      maxWaitMs,
      offer: () => this.#offer(queue.settings.name, clock.nowMs() - sinceMs),
      onAnswered: (personId, person) => {
        end();
        this.#connect(personId, person, sound, () => queue.finish(personId, person.release));
        this.#tell({ type: 'queue-ended', enqueueId, outcome: 'answered', by: personId });
      },
      onEnded: (outcome) => {
        end();
        this.#tell({ type: 'queue-ended', enqueueId, outcome });
      },
    });
    if (ended) return;
    this.#leave = () => {
      end();
      leave();
    };
    if (breakOutKey !== undefined) this.#breakOut = { key: breakOutKey, enqueueId };
  }

  /** Bridges the caller with whoever answered. `finish` frees them when the conversation is over. */
  #connect(personId: PersonId, person: AnsweredPerson, music: EncodedAudio, finish: () => void): void {
    this.#answer();
    this.#player.stop();
    const bridge = new Bridge(this.#caller, person.party, music);
    this.#talk = { person, bridge, finish };
    this.#record.update({ phase: 'talking', personId });
    person.party.setEvents({
      onDigit: () => {},
      onHold: () => bridge.update(),
      onEnded: (cause) => {
        if (cause !== 'bye') this.#endCause = cause;
        this.#tell({ type: 'far-end-hung-up' });
      },
    });
  }

  #handleDigit(digit: Key): void {
    const breakOut = this.#breakOut;
    if (breakOut?.key === digit) {
      this.#leave?.();
      const { enqueueId } = breakOut;
      this.#tell({ type: 'queue-ended', enqueueId, outcome: 'key-pressed', key: digit });
    } else {
      this.#tell({ type: 'digit', digit });
    }
  }

  #offer(queue: string | null, waitedMs: number): RingOffer {
    const { number, name = '' } = this.#info.caller;
    const language = this.#state?.language ?? null;
    const context = encodeCallerContext({
      callId: this.callId,
      queue,
      waitedMs,
      path: this.#path.steps,
      ...(language === null ? {} : { language }),
    });
    return { caller: { number, name }, headers: Object.entries(context) };
  }

  #finish(by: 'flow' | 'caller' | 'far-end', cause: HangUpCause): void {
    if (this.#over) return;
    this.#over = true;
    this.#timers.clear();
    this.#leave?.();
    this.#leave = undefined;
    this.#player.stop();
    const talk = this.#talk;
    this.#talk = undefined;
    talk?.person.party.hangUp(REASONS.normal);
    talk?.finish();
    if (this.#answered) this.#caller.hangUp(REASONS[cause]);
    else this.#refuse(cause);
    const byWhom = { flow: cause, caller: 'caller-hung-up', 'far-end': 'far-end-hung-up' }[by];
    this.#record.update({
      phase: 'ended',
      endedAtMs: this.#context.clock.wallMs(),
      endCause: this.#endCause ?? byWhom,
    });
    this.#onEnded();
  }

  #refuse(cause: HangUpCause): void {
    this.#caller.session.reject(REFUSALS[cause], undefined, [['Reason', REASONS[cause]]]);
    this.#caller.hangUp(REASONS[cause]);
  }
}
