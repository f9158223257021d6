import { setImmediate } from 'node:timers/promises';
import { resampleInSlices } from '../../../shared/lib/resample.ts';
import { encodeWav } from '../speech/wav.ts';
import { type DecodedAudio, mixDown, toPcm } from './decoded-audio.ts';
import { normalisingGain } from './loudness.ts';

/** Wide-band speech: G.722 and Opus calls have no more of it, and others less. */
export const CONVERTED_RATE_HZ = 16_000;

/** A mono 16-bit WAV of 16 kHz with this sound, as loud as prompts should be. Gives way to other work meanwhile. */
export async function toMonoWav(audio: DecodedAudio): Promise<Buffer> {
  const mono = mixDown(audio);
  const gain = normalisingGain(mono, audio.sampleRateHz);
  const levelled = { ...audio, channels: [mono.map((value) => value * gain)] };
  const { sampleRateHz, samples } = toPcm(levelled);
  const slices = resampleInSlices({ sampleRate: sampleRateHz, samples }, CONVERTED_RATE_HZ);
  for (;;) {
    const step = slices.next();
    if (step.done === true) return encodeWav({ sampleRateHz: CONVERTED_RATE_HZ, samples: step.value });
    await setImmediate();
  }
}
