import type { OpusDecoderHandle, OpusEncoderHandle } from 'libopus-wasm';
import type { SoundRate } from '../codec.ts';

/** Sound that is encoded has 16 kHz: prompts and voices of calls have no more in them. */
export const ENCODER_RATE = 16_000;
/** A voice of 16 kHz is clear with that, bits a second. */
export const BITRATE = 32_000;
/**
 * Of 10. An encoder at 2 or more takes half as long again, and what it gains lies in rates below 16 kbit/s.
 */
const COMPLEXITY = 1;
/** Kept ready: making one takes 20–60 µs, but only asynchronously, and a call needs its own at once. */
const SPARE = 3;

const encoders: OpusEncoderHandle[] = [];
const decoders: Readonly<Record<SoundRate, OpusDecoderHandle[]>> = { 8000: [], 16000: [] };
let library: Promise<typeof import('libopus-wasm')> | undefined;

/**
 * Loads libopus (RFC 6716), compiled to WebAssembly, the first time that a call speaks Opus: 5–15 ms, beside which the
 * connection is set up. Rejects when it cannot be loaded; the next call tries again.
 */
export async function prepareOpus(): Promise<void> {
  library ??= import('libopus-wasm');
  try {
    await library;
    await refill();
  } catch (error) {
    library = undefined;
    throw error;
  }
}

/** An encoder of one stream, to be freed. Undefined before `prepareOpus`, and when too many are wanted in one turn. */
export function takeEncoder(): OpusEncoderHandle | undefined {
  refillLater();
  return encoders.pop();
}

/** A decoder of one stream that gives sound of that rate, to be freed; undefined as with encoders. */
export function takeDecoder(rate: SoundRate): OpusDecoderHandle | undefined {
  refillLater();
  return decoders[rate].pop();
}

function refillLater(): void {
  // What fails here fails in the next call's `prepareOpus` too, which tells it.
  if (library !== undefined)
    void Promise.resolve()
      .then(refill)
      .catch(() => undefined);
}

async function refill(): Promise<void> {
  if (library === undefined) return;
  const { Application, createDecoder, createEncoder } = await library;
  while (encoders.length < SPARE) {
    encoders.push(
      await createEncoder({
        channels: 1,
        sampleRate: ENCODER_RATE,
        application: Application.Voip,
        bitrate: BITRATE,
        complexity: COMPLEXITY,
      }),
    );
  }
  for (const rate of [8000, 16_000] as const) {
    while (decoders[rate].length < SPARE) decoders[rate].push(await createDecoder({ channels: 1, sampleRate: rate }));
  }
}
