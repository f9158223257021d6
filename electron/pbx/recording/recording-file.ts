import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recording, RecordingEndCause } from '../../../shared/bridge/recordings.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { VoiceTap } from '../../media/audio-channel.ts';
import { isWide, type SoundRate, type VoiceCodec } from '../../media/codec.ts';
import type { RtpPacket } from '../../media/rtp.ts';
import { joined } from '../voicemail/voice-line.ts';
import { WavFile } from '../voicemail/wav-file.ts';
import { type Side, StereoLine } from './stereo-line.ts';

/** How often sound is written: a crash loses no more. */
const WRITE_EVERY_MS = 1000;

/** One side of a conversation, as far as it is recorded. */
export interface RecordedVoice {
  readonly codec: VoiceCodec | undefined;
  /** Gives its packets to a recorder; without one no more. */
  tap(tap: VoiceTap): () => void;
}

export interface RecordingFileOptions {
  readonly directory: string;
  /** What is known at the beginning. */
  readonly entry: Omit<Recording, 'durationMs' | 'sampleRate' | 'pauses' | 'endedBy'>;
  readonly left: RecordedVoice;
  readonly right: RecordedVoice;
  readonly clock: Clock;
  /** It cannot be written any more, and has ended. Told once; not after `finish`. */
  readonly onFailed: (error: DialtreeError) => void;
}

/** One file of sound with its entry beside it, while it is recorded (RE5, RE6, RE10). */
export class RecordingFile {
  readonly #options: RecordingFileOptions;
  readonly #timers: TimerSet;
  readonly #rate: SoundRate;
  readonly #opened: Promise<WavFile>;
  readonly #pieces: Int16Array[] = [];
  readonly #pauses: { atMs: number; durationMs: number | null }[] = [];
  #line: StereoLine | undefined;
  #untap: readonly (() => void)[] = [];
  #pausedAtMs = 0;
  /** Samples of each channel. */
  #length = 0;
  /** The entry is written after the one before. */
  #described: Promise<void> = Promise.resolve();
  #over = false;

  constructor(options: RecordingFileOptions) {
    const { left, right, clock } = options;
    this.#options = options;
    this.#timers = new TimerSet(clock);
    this.#rate = isWide(left.codec) || isWide(right.codec) ? 16_000 : 8000;
    this.#opened = this.#open();
    this.#opened.catch((error: unknown) => this.#fail(error));
    this.#listen();
  }

  /** How much sound it has, ms. */
  get durationMs(): number {
    return Math.round((this.#length * 1000) / this.#rate);
  }

  /** Leaves out what is said from now on. */
  pause(): void {
    if (this.#over || this.#line === undefined) return;
    this.#pausedAtMs = this.#options.clock.nowMs();
    this.#deafen();
    this.#pauses.push({ atMs: this.durationMs, durationMs: null });
    this.#describe(0, null);
  }

  /** Goes on after a pause. */
  resume(): void {
    if (this.#over || this.#line !== undefined) return;
    this.#endPause();
    this.#describe(0, null);
    this.#listen();
  }

  /** Ends it. Resolves once all of it is on the disk, or with why it cannot be. */
  async finish(endedBy: RecordingEndCause): Promise<DialtreeError | undefined> {
    if (this.#over) return undefined;
    this.#over = true;
    this.#timers.clear();
    this.#deafen();
    try {
      const file = await this.#opened;
      await file.close();
      this.#describe(this.durationMs, endedBy);
      await this.#described;
      return undefined;
    } catch (error) {
      // What is on the disk can be played; its entry goes without a length, which is then that of the sound.
      return notWritten(error);
    }
  }

  #listen(): void {
    const { clock, left, right } = this.#options;
    const line = new StereoLine(clock.nowMs(), this.#rate);
    this.#line = line;
    const tapFor = (side: Side) => (packet: RtpPacket, codec: VoiceCodec) =>
      this.#take(line.receive(side, packet, codec, clock.nowMs()));
    this.#untap = [left.tap(tapFor('left')), right.tap(tapFor('right'))];
    this.#timers.set('write', WRITE_EVERY_MS, () => this.#keepUp(line));
  }

  #keepUp(line: StereoLine): void {
    this.#timers.set('write', WRITE_EVERY_MS, () => this.#keepUp(line));
    this.#take(line.keepUp(this.#options.clock.nowMs()));
    this.#write();
  }

  #deafen(): void {
    const { clock } = this.#options;
    this.#timers.clear();
    for (const untap of this.#untap) untap();
    const line = this.#line;
    this.#line = undefined;
    if (line !== undefined) this.#take(line.finish(clock.nowMs()));
    this.#write();
  }

  #endPause(): void {
    const last = this.#pauses.at(-1);
    if (last?.durationMs === null) last.durationMs = Math.round(this.#options.clock.nowMs() - this.#pausedAtMs);
  }

  #take(sound: Int16Array): void {
    if (sound.length === 0) return;
    this.#pieces.push(sound);
    this.#length += sound.length / 2;
  }

  #write(): void {
    if (this.#pieces.length === 0) return;
    const piece = joined(this.#pieces.splice(0));
    this.#opened.then((file) => file.append(piece)).catch((error: unknown) => this.#fail(error));
  }

  #fail(cause: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#deafen();
    void this.#opened.then((file) => file.close()).catch(() => undefined);
    // Without a length: not all that was taken is on the disk.
    this.#describe(0, 'failed');
    this.#options.onFailed(notWritten(cause));
  }

  async #open(): Promise<WavFile> {
    const { directory, entry } = this.#options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    this.#describe(0, null);
    await this.#described;
    return WavFile.create(join(directory, `${entry.id}.wav`), { sampleRate: this.#rate, channels: 2 });
  }

  /** Writes what is known beside the sound: a new file under another name, then in place of the old one. */
  #describe(durationMs: number, endedBy: RecordingEndCause | null): void {
    const { directory, entry } = this.#options;
    const recording: Recording = {
      ...entry,
      durationMs,
      sampleRate: this.#rate,
      pauses: this.#pauses.map((pause) => ({ ...pause })),
      endedBy,
    };
    const path = join(directory, `${entry.id}.json`);
    this.#described = this.#described.then(async () => {
      await writeFile(`${path}.new`, `${JSON.stringify(recording, null, 2)}\n`, { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
    });
    // Where it cannot be written the sound cannot be either, which is told.
    this.#described.catch(() => undefined);
  }
}

function notWritten(cause: unknown): DialtreeError {
  const isFull = cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');
  return isFull
    ? new DialtreeError(
        {
          code: 'recording/disk-full',
          message: 'The recording has stopped: the disk is full. The call goes on.',
          hint: 'Free space, then start it again. What was recorded until now is kept.',
        },
        { cause },
      )
    : new DialtreeError(
        {
          code: 'recording/not-written',
          message: 'The recording has stopped: it cannot be written. The call goes on.',
          hint: 'Check that the folder of recordings can be written.',
        },
        { cause },
      );
}
