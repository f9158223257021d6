import { setImmediate } from 'node:timers/promises';
import { resampleInSlices } from '../../../shared/lib/resample.ts';
import { encodeWav } from '../speech/wav.ts';
import { type DecodedAudio, toPcm } from './decoded-audio.ts';

/** Wide-band speech: G.722 and Opus calls have no more of it, and others less. */
export const CONVERTED_RATE_HZ = 16_000;

/** A mono 16-bit WAV of 16 kHz with this sound. Gives way to other work meanwhile. */
export async function toMonoWav(audio: DecodedAudio): Promise<Buffer> {
  const { sampleRateHz, samples } = toPcm(audio);
  const slices = resampleInSlices({ sampleRate: sampleRateHz, samples }, CONVERTED_RATE_HZ);
  for (;;) {
    const step = slices.next();
    if (step.done === true) return encodeWav({ sampleRateHz: CONVERTED_RATE_HZ, samples: step.value });
    await setImmediate();
  }
}
