import type { Pcm } from '../speech/wav.ts';

/** Sound as it was recorded; samples from −1 to 1, one array per channel, all of one length. */
export interface DecodedAudio {
  readonly sampleRateHz: number;
  readonly channels: readonly Float32Array[];
}

/** Length in milliseconds. */
export function durationMsOf({ sampleRateHz, channels }: DecodedAudio): number {
  return Math.round(((channels[0]?.length ?? 0) / sampleRateHz) * 1000);
}

/** All channels in one: their mean, so that nothing is cut off at the top. */
export function mixDown({ channels }: DecodedAudio): Float32Array {
  const [only] = channels;
  if (only && channels.length === 1) return only;
  const mono = new Float32Array(only?.length ?? 0);
  for (const channel of channels) {
    for (let i = 0; i < mono.length; i++) mono[i] = mono[i]! + channel[i]! / channels.length;
  }
  return mono;
}

/** 16-bit mono, at the rate it has. */
export function toPcm(audio: DecodedAudio): Pcm {
  const samples = Int16Array.from(mixDown(audio), (value) =>
    Math.max(-0x8000, Math.min(0x7fff, Math.round(value * 0x8000))),
  );
  return { sampleRateHz: audio.sampleRateHz, samples };
}
