import { expect, test } from 'vitest';
import { EncodedAudio, LoopSource, SequenceSource } from '../../../electron/media/encoded-audio.ts';
import { decodeG711 } from '../../../electron/media/g711.ts';
import { musicOnHold, ringback } from '../../../electron/media/tones.ts';
import { rms, sine, toneShare } from '../../support/sound.ts';

const samplesOf = (audio: EncodedAudio) =>
  Int16Array.from(audio.frames('PCMU').flatMap((frame) => [...decodeG711('PCMU', frame)]));

test('a sound is cut into frames of 160 bytes, the last filled with silence, once per codec', () => {
  const audio = new EncodedAudio(sine(440, 50));
  const frames = audio.frames('PCMU');
  expect(frames.map((frame) => frame.length)).toEqual([160, 160, 160]);
  expect([...(frames[2]?.subarray(80) ?? [])].every((byte) => byte === 0xff)).toBe(true);
  expect(audio.frames('PCMU')).toBe(frames);
  expect(audio.frames('PCMA')).not.toBe(frames);
});

test('a sequence plays sounds without a gap, empty ones not at all, and ends', () => {
  const [a, b] = [new EncodedAudio(sine(440, 40)), new EncodedAudio(sine(880, 20))];
  const source = new SequenceSource([a, new EncodedAudio(new Int16Array(0)), b]);
  const played = Array.from({ length: 4 }, () => source.next('PCMU'));
  expect(played).toEqual([...a.frames('PCMU'), ...b.frames('PCMU'), undefined]);
  expect(source.next('PCMU')).toBeUndefined();
});

test('a loop begins again, and an empty one is over at once', () => {
  const audio = new EncodedAudio(sine(440, 40));
  const source = new LoopSource(audio);
  expect(Array.from({ length: 5 }, () => source.next('PCMU'))).toEqual(
    [0, 1, 0, 1, 0].map((i) => audio.frames('PCMU')[i]),
  );
  expect(new LoopSource(new EncodedAudio(new Int16Array(0))).next('PCMU')).toBeUndefined();
});

test('ringback is 425 Hz, one second on and four off', () => {
  const samples = samplesOf(ringback());
  expect(samples).toHaveLength(5 * 8000);
  expect(toneShare(samples.subarray(0, 8000), 425)).toBeGreaterThan(0.97);
  expect(rms(samples.subarray(8000))).toBeLessThan(10);
});

test('music on hold is never silent for long, never clips, and loops without a click', () => {
  const samples = samplesOf(musicOnHold());
  for (let at = 0; at < samples.length; at += 4000) expect(rms(samples.subarray(at, at + 4000))).toBeGreaterThan(300);
  expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(12_000);
  const steps = samples.map((sample, at) => Math.abs(sample - (samples.at(at - 1) ?? 0)));
  const largest = steps.slice(1).reduce((most, step) => Math.max(most, step), 0);
  expect(steps[0]).toBeLessThanOrEqual(largest);
});
