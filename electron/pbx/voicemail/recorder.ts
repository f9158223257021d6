import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VoicemailMessage } from '../../../shared/bridge/voicemail.ts';
import type { RecordingEnd } from '../../../shared/engine/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { VoiceCodec } from '../../media/codec.ts';
import { SAMPLE_RATE } from '../../media/g711.ts';
import type { RtpPacket } from '../../media/rtp.ts';
import { hasVoice, joined, VoiceLine } from './voice-line.ts';
import { WavFile } from './wav-file.ts';

/** Sound is written in pieces of this length: a crash loses no more. */
const PIECE_SAMPLES = SAMPLE_RATE;
/** What stays of the silence at the end. */
const TAIL_SAMPLES = SAMPLE_RATE / 2;

export interface RecorderOptions {
  /** Where messages lie; made when missing. */
  readonly directory: string;
  /** What is known at the beginning. */
  readonly message: Omit<VoicemailMessage, 'durationMs' | 'heard'>;
  readonly maxMs: number;
  readonly silenceMs: number;
  readonly minMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RecorderEvents {
  /** Once; not after `stop`. */
  onEnded(reason: Exclude<RecordingEnd, 'key'>, durationMs: number): void;
}

/**
 * Records a message: `ID.wav`, and `ID.json` beside it from the beginning on, so that a crash loses neither who called
 * nor what they said. Shorter ones than `minMs` leave nothing.
 */
export class VoicemailRecorder {
  readonly #options: RecorderOptions;
  readonly #events: RecorderEvents;
  readonly #timers: TimerSet;
  readonly #line: VoiceLine;
  readonly #pieces: Int16Array[] = [];
  readonly #opened: Promise<WavFile>;
  #pending = 0;
  #samples = 0;
  /** Where somebody spoke last; 0: nobody did. */
  #voiceUntil = 0;
  #codec: VoiceCodec = 'PCMU';
  #over = false;

  constructor(options: RecorderOptions, events: RecorderEvents) {
    this.#options = options;
    this.#events = events;
    this.#timers = new TimerSet(options.clock);
    this.#line = new VoiceLine(options.clock.nowMs());
    this.#timers.set('max', options.maxMs, () => void this.#end('max-length'));
    this.#awaitVoice();
    this.#opened = this.#open();
    this.#opened.catch((error: unknown) => this.#fail(error));
  }

  /** Takes a packet of the caller's voice; one without a payload tells of silence up to its time. */
  receive(packet: RtpPacket, codec: VoiceCodec): void {
    if (this.#over) return;
    this.#codec = codec;
    this.#take(this.#line.receive(packet, codec, this.#options.clock.nowMs()));
  }

  /** Ends it from outside: by the key, or because the caller is gone. Gives the length once all is on the disk. */
  async stop(): Promise<{ readonly failed: boolean; readonly durationMs: number }> {
    if (this.#over) return { failed: true, durationMs: 0 };
    return this.#finish(0);
  }

  async #end(reason: 'silence' | 'max-length'): Promise<void> {
    if (this.#over) return;
    const { failed, durationMs } = await this.#finish(reason === 'silence' ? TAIL_SAMPLES : 0);
    this.#events.onEnded(failed ? 'failed' : reason, durationMs);
  }

  /** `tail`: at a silence, how much of it is kept. A recording without a voice has no length. */
  async #finish(tail: number): Promise<{ readonly failed: boolean; readonly durationMs: number }> {
    this.#over = true;
    this.#timers.clear();
    const nowMs = this.#options.clock.nowMs();
    this.#take(this.#line.flush(this.#codec, nowMs));
    this.#take(this.#line.fill(nowMs));
    this.#line.close();
    this.#write();
    const spoken = tail > 0 ? Math.min(this.#samples, this.#voiceUntil + tail) : this.#samples;
    const length = this.#voiceUntil === 0 ? 0 : spoken;
    const durationMs = Math.round((length * 1000) / SAMPLE_RATE);
    try {
      const file = await this.#opened;
      if (length < this.#samples) await file.truncate(length);
      await file.close();
      if (durationMs < this.#options.minMs) await this.#discard();
      else await this.#describe(durationMs);
      return { failed: false, durationMs };
    } catch (error) {
      this.#log(error);
      return { failed: true, durationMs };
    }
  }

  #fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#timers.clear();
    this.#line.close();
    this.#log(error);
    void this.#opened.then((file) => file.close()).catch(() => undefined);
    this.#events.onEnded('failed', Math.round((this.#samples * 1000) / SAMPLE_RATE));
  }

  #take(samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#pieces.push(samples);
    this.#pending += samples.length;
    this.#samples += samples.length;
    if (hasVoice(samples)) {
      this.#voiceUntil = this.#samples;
      this.#awaitVoice();
    }
    if (this.#pending >= PIECE_SAMPLES) this.#write();
  }

  #write(): void {
    if (this.#pending === 0) return;
    const piece = joined(this.#pieces.splice(0));
    this.#pending = 0;
    this.#opened.then((file) => file.append(piece)).catch((error: unknown) => this.#fail(error));
  }

  #awaitVoice(): void {
    this.#timers.set('silence', this.#options.silenceMs, () => void this.#end('silence'));
  }

  async #open(): Promise<WavFile> {
    const { directory, message } = this.#options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await this.#describe(0);
    return WavFile.create(join(directory, `${message.id}.wav`));
  }

  /** Writes what is known beside the sound: a new file under another name, then in place of the old one. */
  async #describe(durationMs: number): Promise<void> {
    const path = this.#path('json');
    const message: VoicemailMessage = { ...this.#options.message, durationMs, heard: false };
    await writeFile(`${path}.new`, `${JSON.stringify(message, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
  }

  async #discard(): Promise<void> {
    await Promise.all([rm(this.#path('wav'), { force: true }), rm(this.#path('json'), { force: true })]);
  }

  #path(extension: 'wav' | 'json'): string {
    return join(this.#options.directory, `${this.#options.message.id}.${extension}`);
  }

  #log(error: unknown): void {
    const { callId } = this.#options.message;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    this.#options.logger.log('error', 'pbx.voicemail-failed', { callId, code });
  }
}
