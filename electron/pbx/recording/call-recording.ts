import type { PbxConfig } from '../../../shared/bridge/pbx.ts';
import type { RecordingAction, RecordingEndCause, RecordingState } from '../../../shared/bridge/recordings.ts';
import type { QueueId } from '../../../shared/flow/ids.ts';
import { noticeLanguage, type RecordingMode } from '../../../shared/flow/recording.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError, toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import type { EncodedAudio } from '../../media/encoded-audio.ts';
import type { PromptStore } from '../../media/prompt-store.ts';
import type { Link } from '../bridge.ts';
import type { CallRecord } from '../call-record.ts';
import type { Party } from '../party.ts';
import { type RecordedVoice, RecordingFile } from './recording-file.ts';

/** What recordings need of the PBX. */
export interface RecordingContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly prompts: Pick<PromptStore, 'load'>;
  /** Work that goes on after the call; the PBX does not stop before it is done. */
  readonly track: (work: Promise<unknown>) => void;
  /** Tells that a recording is complete. */
  readonly onRecording: (callId: string, id: string) => void;
}

export interface RecordedCall {
  readonly callId: string;
  readonly record: CallRecord;
  readonly config: Pick<PbxConfig, 'recording' | 'language'>;
  /** The language that the caller chose; null when none. */
  readonly language: () => string | null;
}

/**
 * The recordings of one call, see SPEC.md. Its owner tells who talks with one another, as often as that changes; what
 * becomes of it is told in the record of the call.
 *
 *     off ──start, always──▶ notice ──both have heard it──▶ recording ◀──resume── paused
 *      ▲                        │                               └──────pause───────▶ │
 *      └──── hold, transfer, end, stop, failure ◀───────────────┴────────────────────┘
 */
export class CallRecording {
  readonly #context: RecordingContext;
  readonly #call: RecordedCall;
  #queueId: QueueId = '';
  #mode: RecordingMode = 'never';
  #link: Link | undefined;
  #file: RecordingFile | undefined;
  #fileCount = 0;
  /** Who has heard the notice. */
  readonly #told = new Set<Party>();
  #state: RecordingState['state'] = 'off';
  #recordedMs = 0;
  /** The operator paused it: a hold does not end that. */
  #isPaused = false;
  /** Each notice that is played, so that one that was broken off is known. */
  #notice = 0;

  constructor(context: RecordingContext, call: RecordedCall) {
    this.#context = context;
    this.#call = call;
  }

  /** A conversation of a queue begins; who talks is told next. */
  begin(queueId: QueueId, mode: RecordingMode | undefined): void {
    this.#queueId = queueId;
    this.#mode = mode ?? 'never';
    this.#isPaused = false;
    if (this.#mode !== 'never' && this.#isRefused) this.#tell('off', refused());
    else if (this.#mode !== 'never') this.#tell('off');
  }

  /** Who talks with one another from now on; undefined: nobody, by a hold or while a transfer rings. */
  take(link: Link | undefined): void {
    if (this.#mode === 'never' || link?.bridge === this.#link?.bridge) return;
    const before = this.#link;
    if (before !== undefined) {
      const isHeld = before.caller.isHeld || before.far.isHeld;
      this.#stop(isHeld ? 'hold' : 'transfer');
      // Who comes to the conversation has paused nothing.
      if (!isHeld) this.#isPaused = false;
    }
    this.#link = link;
    if (link !== undefined && this.#mode === 'always') this.#begin(link);
  }

  /** What the operator wants; what does not fit the state changes nothing. */
  handle(action: RecordingAction): void {
    const link = this.#link;
    if (this.#mode === 'never' || link === undefined || this.#isRefused) return;
    if (action === 'start' && this.#state === 'off') this.#announce(link);
    else if (action === 'pause' && this.#state === 'recording') {
      this.#isPaused = true;
      this.#file?.pause();
      this.#tell('paused');
    } else if (action === 'resume' && this.#state === 'paused') {
      this.#isPaused = false;
      this.#file?.resume();
      this.#tell('recording');
    } else if (action === 'stop' && this.#mode === 'on-request' && this.#state !== 'off') {
      if (this.#state === 'notice') link.bridge.update();
      this.#isPaused = false;
      this.#stop('operator');
    }
  }

  /** The conversation is over. */
  end(): void {
    if (this.#mode === 'never') return;
    this.#stop('end');
    this.#link = undefined;
    this.#mode = 'never';
    this.#call.record.update({ recording: null });
  }

  get #isRefused(): boolean {
    return this.#call.record.summary.recordingConsent === false;
  }

  /** RE7: who knows already is not told again. */
  #begin(link: Link): void {
    if (this.#isRefused) return;
    if (this.#told.has(link.caller) && this.#told.has(link.far)) this.#record(link);
    else this.#announce(link);
  }

  /** RE1: both hear the notice, and not one another until it is over. */
  #announce(link: Link): void {
    const notice = ++this.#notice;
    const isWanted = () => this.#state === 'notice' && this.#notice === notice && this.#link === link;
    this.#tell('notice');
    link.bridge.part();
    this.#loadNotice().then(
      (sound) => {
        if (!isWanted()) return;
        link.bridge.announce(sound, () => {
          if (!isWanted()) return;
          this.#told.add(link.caller).add(link.far);
          this.#record(link);
        });
      },
      (error: unknown) => {
        if (!isWanted()) return;
        link.bridge.update();
        this.#fail(noNotice(error));
      },
    );
  }

  async #loadNotice(): Promise<EncodedAudio> {
    const { config, language } = this.#call;
    const { notices } = config.recording;
    const path = notices[noticeLanguage(Object.keys(notices), [language(), config.language])];
    if (path === undefined || path === null) throw new Error('the notice was not rendered');
    return this.#context.prompts.load(path);
  }

  #record({ caller, far }: Link): void {
    const { clock, logger } = this.#context;
    const { callId, record, config } = this.#call;
    const { directory, projectId } = config.recording;
    this.#fileCount += 1;
    const id = this.#fileCount === 1 ? callId : `${callId}_${this.#fileCount}`;
    const { personId, caller: who } = record.summary;
    const startedAtMs = clock.wallMs();
    const file = new RecordingFile({
      directory,
      entry: { id, callId, projectId, queueId: this.#queueId, personId, caller: { ...who }, startedAtMs },
      left: voiceOf(caller),
      right: voiceOf(far),
      clock,
      onFailed: (error) => {
        this.#recordedMs += file.durationMs;
        this.#file = undefined;
        this.#context.onRecording(callId, id);
        this.#fail(error);
      },
    });
    this.#file = file;
    logger.log('info', 'recording.started', { callId, id });
    if (this.#isPaused) file.pause();
    this.#tell(this.#isPaused ? 'paused' : 'recording');
  }

  #stop(endedBy: RecordingEndCause): void {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) {
      const { callId } = this.#call;
      const id = this.#fileCount === 1 ? callId : `${callId}_${this.#fileCount}`;
      const { logger, onRecording, track } = this.#context;
      track(
        file.finish(endedBy).then((error) => {
          if (error) logger.log('error', 'recording.failed', { callId, id, code: error.code });
          onRecording(callId, id);
        }),
      );
      this.#recordedMs += file.durationMs;
      logger.log('info', 'recording.ended', { callId, id, endedBy });
    }
    if (this.#state !== 'off') this.#tell('off');
  }

  #fail(error: DialtreeError): void {
    const { callId } = this.#call;
    this.#context.logger.log('error', 'recording.failed', { callId, code: error.code });
    this.#tell('off', error);
  }

  #tell(state: RecordingState['state'], error?: DialtreeError): void {
    if (this.#mode === 'never') return;
    this.#state = state;
    const { code, message, hint } = error ? toErrorDetail(error) : {};
    this.#call.record.update({
      recording: {
        mode: this.#mode,
        state,
        sinceMs: this.#context.clock.wallMs(),
        recordedMs: this.#recordedMs + (this.#file?.durationMs ?? 0),
        error: code === undefined || message === undefined ? null : { code, message, ...(hint && { hint }) },
      },
    });
  }
}

function voiceOf({ channel, leg }: Party): RecordedVoice {
  return { codec: leg.format?.codec, tap: (tap) => channel.tap(tap) };
}

function refused(): DialtreeError {
  return new DialtreeError({
    code: 'recording/refused',
    message: 'The caller does not agree to be recorded.',
  });
}

function noNotice(cause: unknown): DialtreeError {
  return new DialtreeError(
    {
      code: 'recording/no-notice',
      message: 'The call is not recorded: the notice could not be played, and nobody is recorded without it.',
      hint: 'Check the text of the notice and its voice in the settings.',
    },
    { cause },
  );
}
