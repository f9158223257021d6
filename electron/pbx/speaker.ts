import { randomUUID } from 'node:crypto';
import type { PbxEvent } from '../../shared/bridge/pbx.ts';
import type { TextSource } from '../../shared/flow/speech.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import type { EncodedAudio } from '../media/encoded-audio.ts';
import { decodeSound } from '../media/prompt-store.ts';

/** The speech engine has this long; a caller waits in silence meanwhile. */
const RENDER_TIMEOUT_MS = 5000;

interface Waiting {
  readonly resolve: (wav: Buffer) => void;
  readonly reject: (error: Error) => void;
  readonly cancelTimer: CancelTimer;
}

/**
 * Speaks texts that are known only during a call (with values in them), by asking the parent process, which has the
 * speech engine. The sound goes to and fro in memory: what a caller's values say is never on disk.
 */
export class Speaker {
  readonly #clock: Clock;
  readonly #emit: (event: PbxEvent) => void;
  readonly #waiting = new Map<string, Waiting>();

  constructor(clock: Clock, emit: (event: PbxEvent) => void) {
    this.#clock = clock;
    this.#emit = emit;
  }

  /** @throws DialtreeError `audio/not-rendered`, or what the speech engine says. */
  async speak(source: TextSource): Promise<EncodedAudio> {
    const requestId = randomUUID();
    const wav = await new Promise<Buffer>((resolve, reject) => {
      const cancelTimer = this.#clock.after(RENDER_TIMEOUT_MS, () => {
        this.#waiting.delete(requestId);
        reject(new DialtreeError({ code: 'audio/not-rendered', message: 'The speech engine did not answer in time.' }));
      });
      this.#waiting.set(requestId, { resolve, reject, cancelTimer });
      this.#emit({ type: 'render', requestId, source });
    });
    return decodeSound(wav);
  }

  /** The parent's answer: a WAV in base64, or the code of what went wrong. One that nobody waits for is dropped. */
  handleRendered(requestId: string, result: { readonly wav: string } | { readonly code: string }): void {
    const waiting = this.#waiting.get(requestId);
    if (!waiting) return;
    this.#waiting.delete(requestId);
    waiting.cancelTimer();
    if ('wav' in result) waiting.resolve(Buffer.from(result.wav, 'base64'));
    else waiting.reject(new DialtreeError({ code: result.code, message: 'The text could not be spoken.' }));
  }
}
