import { EncodedAudio } from './encoded-audio.ts';
import { SAMPLE_RATE } from './g711.ts';

/** Ringback as Europe hears it: 425 Hz, 1 s on and 4 s off (ITU-T E.180). */
export function ringback(): EncodedAudio {
  const samples = new Int16Array(5 * SAMPLE_RATE);
  for (let n = 0; n < SAMPLE_RATE; n++) {
    // 10 ms ramps: no click at the ends.
    const ramp = Math.min(1, n / 80, (SAMPLE_RATE - n) / 80);
    samples[n] = Math.round(6000 * ramp * Math.sin((2 * Math.PI * 425 * n) / SAMPLE_RATE));
  }
  return new EncodedAudio(samples);
}

/** Busy tone: 425 Hz, half a second on and off, four times (ITU-T E.180). */
export function busyTone(): EncodedAudio {
  const on = SAMPLE_RATE / 2;
  const samples = new Int16Array(8 * on);
  for (let n = 0; n < samples.length; n++) {
    if (Math.floor(n / on) % 2 === 1) continue;
    const ramp = Math.min(1, (n % on) / 80, (on - (n % on)) / 80);
    samples[n] = Math.round(6000 * ramp * Math.sin((2 * Math.PI * 425 * n) / SAMPLE_RATE));
  }
  return new EncodedAudio(samples);
}

/** The tone after which a message is recorded: 1 kHz, 0.3 s. */
export function beep(): EncodedAudio {
  const length = 0.3 * SAMPLE_RATE;
  return new EncodedAudio(
    Int16Array.from({ length }, (_, n) => {
      const ramp = Math.min(1, n / 80, (length - n) / 80);
      return Math.round(8000 * ramp * Math.sin((2 * Math.PI * 1000 * n) / SAMPLE_RATE));
    }),
  );
}

/** Four bars of arpeggio over Cmaj7, Am7, Fmaj7 and G6; MIDI note numbers, one quaver each. */
const BARS = [
  [60, 64, 67, 71, 76, 71, 67, 64],
  [57, 60, 64, 67, 72, 67, 64, 60],
  [53, 60, 64, 65, 69, 65, 64, 60],
  [55, 59, 62, 64, 71, 64, 62, 59],
] as const;
const QUAVER_S = 0.4;
const RING_S = 1.6;

/**
 * The built-in music on hold, made here so that nobody owns it: a slow arpeggio of soft plucked notes, 12.8 s long.
 * Notes ring on over the end into the beginning, so it loops without a seam.
 */
export function musicOnHold(): EncodedAudio {
  const notes = BARS.flat();
  const length = Math.round(notes.length * QUAVER_S * SAMPLE_RATE);
  const mix = new Float64Array(length);
  for (const [index, note] of notes.entries()) {
    const start = Math.round(index * QUAVER_S * SAMPLE_RATE);
    const accent = index % 8 === 0 ? 1.2 : 0.8;
    pluck(mix, start, note, accent);
    if (index % 8 === 0) pluck(mix, start, note - 12, 0.9);
  }
  return new EncodedAudio(Int16Array.from(mix, (value) => Math.round(Math.tanh(value) * 9000)));
}

function pluck(mix: Float64Array, start: number, note: number, gain: number): void {
  const frequency = 440 * 2 ** ((note - 69) / 12);
  for (let n = 0; n < RING_S * SAMPLE_RATE; n++) {
    const t = n / SAMPLE_RATE;
    // Fast attack, exponential decay, and a fade so that it ends at exactly zero.
    const envelope = Math.min(1, t / 0.012) * Math.exp(-2.6 * t) * (1 - t / RING_S);
    const phase = 2 * Math.PI * frequency * t;
    // Upper partials die away sooner, as on a string.
    const tone =
      Math.sin(phase) + 0.35 * Math.exp(-3 * t) * Math.sin(2 * phase) + 0.12 * Math.exp(-6 * t) * Math.sin(3 * phase);
    const at = (start + n) % mix.length;
    mix[at] = (mix[at] ?? 0) + 0.4 * gain * envelope * tone;
  }
}
