import { describe, expect, it } from 'vitest';
import { Synthesizer } from '../../electron/services/speech/synthesizer.ts';
import { findPrompt, longestToneMs, type Sound, soundOf, toneShare } from './audio-match.ts';

const synthesizer = await Synthesizer.load();
const say = (text: string): Sound => {
  const { samples, sampleRateHz } = synthesizer.speak({ kind: 'text', text, language: 'en' });
  return soundOf(samples, sampleRateHz);
};

const silence = (ms: number, sampleRateHz: number) => new Float32Array((ms * sampleRateHz) / 1000);

/** What a caller would hear: delayed, 8 kHz, quieter, 8-bit logarithmic, with a little noise. */
function overThePhone({ samples, sampleRateHz }: Sound, delayMs: number): Sound {
  const step = sampleRateHz / 8000;
  const length = Math.floor(samples.length / step);
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    const from = Math.floor(i * step);
    const to = Math.max(from + 1, Math.floor((i + 1) * step));
    for (let j = from; j < to; j++) sum += samples[j]!;
    const value = (0.5 * sum) / (to - from) + 0.001 * Math.sin(i * 1234.5);
    out[i] = (Math.sign(value) * Math.round(Math.log1p(255 * Math.abs(value)) * 22)) / 22 / Math.log(256);
    out[i] = (Math.sign(value) * (256 ** Math.abs(out[i]!) - 1)) / 255;
  }
  return { sampleRateHz: 8000, samples: Float32Array.of(...silence(delayMs, 8000), ...out, ...silence(500, 8000)) };
}

describe('findPrompt', () => {
  const prompt = say('Welcome to the bicycle shop. For sales, press one.');

  it('finds a prompt through a telephone, and where', () => {
    const { score, atMs } = findPrompt(overThePhone(prompt, 700), prompt);
    expect(score).toBeGreaterThan(0.85);
    expect(Math.abs(atMs - 700)).toBeLessThanOrEqual(20);
  });

  it.each([
    'We are closed now. Please call again tomorrow morning, after nine.',
    'Welcome to the bicycle clinic. If it hurts, press three or stay on.',
  ])('does not take other words of the same voice for it: %s', (other) => {
    expect(findPrompt(overThePhone(say(other), 700), prompt).score).toBeLessThan(0.76);
  });

  it('hears nothing before the first sound', () => {
    const nothing = { sampleRateHz: 0, samples: new Float32Array(0) };
    expect(findPrompt(nothing, prompt)).toEqual({ score: 0, atMs: 0 });
    expect(longestToneMs(nothing, 1000)).toBe(0);
  });

  it('hears nothing in silence', () => {
    expect(findPrompt({ sampleRateHz: 8000, samples: silence(8000, 8000) }, prompt).score).toBe(0);
  });
});

describe('tones', () => {
  const tone = (hz: number): Sound => ({
    sampleRateHz: 8000,
    samples: Float32Array.from({ length: 4000 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * hz * i) / 8000)),
  });

  it('tells a tone from another, from silence and from speech', () => {
    expect(toneShare(tone(1000), 1000)).toBeGreaterThan(0.95);
    expect(toneShare(tone(1100), 1000)).toBeLessThan(0.05);
    expect(toneShare({ sampleRateHz: 8000, samples: silence(500, 8000) }, 1000)).toBe(0);
    expect(longestToneMs(say('Good morning, everyone'), 1000)).toBeLessThan(100);
  });

  it('measures how long it is heard', () => {
    const samples = Float32Array.of(...silence(300, 8000), ...tone(1000).samples, ...silence(300, 8000));
    expect(longestToneMs({ sampleRateHz: 8000, samples }, 1000)).toBeGreaterThanOrEqual(480);
  });
});
