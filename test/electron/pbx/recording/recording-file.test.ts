import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { VoiceTap } from '../../../../electron/media/audio-channel.ts';
import type { VoiceCodec } from '../../../../electron/media/codec.ts';
import { encodeG711 } from '../../../../electron/media/g711.ts';
import { G722Encoder } from '../../../../electron/media/g722/g722.ts';
import { type RecordedVoice, RecordingFile } from '../../../../electron/pbx/recording/recording-file.ts';
import { RecordingSchema } from '../../../../shared/bridge/recordings.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { opusPackets } from '../../../support/opus.ts';
import { rms, sine, toneShare } from '../../../support/sound.ts';
import { readStereo } from '../../../support/stereo.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const [LEFT_HZ, RIGHT_HZ] = [900, 600];
const ID = '00000000-0000-4000-8000-000000000001';

/** A far end that sends payloads of 20 ms. */
class FakeVoice implements RecordedVoice {
  readonly codec: VoiceCodec;
  readonly #payloads: readonly Uint8Array[];
  #tap: VoiceTap | undefined;
  #sent = 0;

  constructor(codec: VoiceCodec, payloads: readonly Uint8Array[]) {
    this.codec = codec;
    this.#payloads = payloads;
  }

  get isTapped(): boolean {
    return this.#tap !== undefined;
  }

  tap(tap: VoiceTap): () => void {
    this.#tap = tap;
    return () => {
      this.#tap = undefined;
    };
  }

  /** Sends the packet of this moment; `isLost`: it does not arrive. */
  send(isLost = false): void {
    const sequence = this.#sent++;
    const payload = Buffer.from(this.#payloads[sequence % this.#payloads.length]!);
    if (isLost) return;
    this.#tap?.({ payloadType: 0, marker: false, sequence, timestamp: sequence * 160, ssrc: 7, payload }, this.codec);
  }
}

const cut = (bytes: Uint8Array, size: number) =>
  Array.from({ length: bytes.length / size }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

/** A second of a tone in a codec. */
async function voice(codec: VoiceCodec, frequencyHz: number): Promise<FakeVoice> {
  if (codec === 'OPUS') return new FakeVoice(codec, await opusPackets(sine(frequencyHz, 1000, 16_000)));
  if (codec === 'G722') {
    return new FakeVoice(codec, cut(new G722Encoder().encode(sine(frequencyHz, 1000, 16_000)), 160));
  }
  return new FakeVoice(codec, cut(encodeG711(codec, sine(frequencyHz, 1000)), 160));
}

function record(directory: string, clock: ManualClock, left: FakeVoice, right: FakeVoice) {
  const failures: string[] = [];
  const file = new RecordingFile({
    directory,
    entry: {
      id: ID,
      callId: ID,
      projectId: 'p',
      queueId: 'q',
      personId: 'ann',
      caller: { number: '600', name: '' },
      startedAtMs: 1,
    },
    left,
    right,
    clock,
    onFailed: ({ code }) => failures.push(code),
  });
  return { file, failures };
}

const entryOf = (directory: string) =>
  RecordingSchema.parse(JSON.parse(readFileSync(join(directory, `${ID}.json`), 'utf8')));

describe('[RE5] codecs', () => {
  test.each([
    ['PCMU', 'PCMA', 8000],
    ['G722', 'PCMA', 16_000],
    ['OPUS', 'G722', 16_000],
    ['PCMU', 'OPUS', 16_000],
  ] as const)('%s on the left and %s on the right are recorded at %i Hz', async (leftCodec, rightCodec, rate) => {
    const [directory, clock] = [tempDir(), new ManualClock()];
    const [left, right] = [await voice(leftCodec, LEFT_HZ), await voice(rightCodec, RIGHT_HZ)];
    const { file } = record(directory, clock, left, right);
    for (let at = 0; at < 100; at++) {
      clock.advance(20);
      left.send();
      right.send();
    }
    expect(await file.finish('end')).toBeUndefined();
    const sound = await readStereo(join(directory, `${ID}.wav`));
    expect(sound.sampleRate).toBe(rate);
    expect(sound.durationMs).toBe(2000);
    // The places where the second begins anew are left out.
    const part = (samples: Int16Array) => samples.subarray(0.2 * rate, 0.9 * rate);
    expect(toneShare(part(sound.left), LEFT_HZ, rate)).toBeGreaterThan(0.9);
    expect(toneShare(part(sound.right), RIGHT_HZ, rate)).toBeGreaterThan(0.9);
    expect(entryOf(directory)).toMatchObject({ durationMs: 2000, sampleRate: rate, endedBy: 'end' });
    expect([left.isTapped, right.isTapped]).toEqual([false, false]);
    expect(clock.pending).toBe(0);
  });
});

test('[RE5] both sides stay in step though one loses packets, sends nothing for a minute, and begins late', async () => {
  const [directory, clock] = [tempDir(), new ManualClock()];
  const [left, right] = [await voice('PCMU', LEFT_HZ), await voice('PCMU', RIGHT_HZ)];
  const { file } = record(directory, clock, left, right);
  for (let at = 0; at < 3500; at++) {
    clock.advance(20);
    left.send(at % 20 === 19);
    // The right one is heard after a second, for a second, and again in the last five.
    const speaks = (at >= 50 && at < 100) || at >= 3250;
    right.send(!speaks);
  }
  await file.finish('end');
  const sound = await readStereo(join(directory, `${ID}.wav`));
  expect(sound.durationMs).toBeCloseTo(70_000, -2);
  const level = (fromMs: number) => rms(sound.right.subarray(fromMs * 8, fromMs * 8 + 800));
  for (const [fromMs, isHeard] of [
    [500, false],
    [1150, true],
    [1800, true],
    [2200, false],
    [64_700, false],
    [65_150, true],
    [69_800, true],
  ] as const) {
    expect([fromMs, level(fromMs) > 1000]).toEqual([fromMs, isHeard]);
  }
});

test('[RE6] [RE10] while it is paused nothing is decoded; the entry tells of it before the end', async () => {
  const [directory, clock] = [tempDir(), new ManualClock()];
  const [left, right] = [await voice('PCMU', LEFT_HZ), await voice('PCMU', RIGHT_HZ)];
  const { file } = record(directory, clock, left, right);
  const speak = (packets: number) => {
    for (let at = 0; at < packets; at++) {
      clock.advance(20);
      left.send();
      right.send();
    }
  };
  speak(50);
  file.pause();
  expect([left.isTapped, right.isTapped]).toEqual([false, false]);
  await eventually(
    'the entry',
    () => existsSync(join(directory, `${ID}.json`)) && entryOf(directory).pauses.length === 1,
  );
  expect(entryOf(directory)).toMatchObject({
    durationMs: 0,
    pauses: [{ atMs: 1000, durationMs: null }],
    endedBy: null,
  });
  // What was said before the pause can be played meanwhile.
  await eventually(
    'the sound',
    () => statSync(join(directory, `${ID}.wav`), { throwIfNoEntry: false })?.size === 44 + 4 * 8000,
  );
  expect((await readStereo(join(directory, `${ID}.wav`))).durationMs).toBe(1000);
  speak(100);
  file.resume();
  speak(50);
  await file.finish('operator');
  expect(entryOf(directory)).toMatchObject({
    durationMs: 2000,
    pauses: [{ atMs: 1000, durationMs: 2000 }],
    endedBy: 'operator',
  });
  expect((await readStereo(join(directory, `${ID}.wav`))).durationMs).toBe(2000);
});

test('[RE11] what cannot be written is told once, and nothing is taken any more', async () => {
  const clock = new ManualClock();
  const [left, right] = [await voice('PCMU', LEFT_HZ), await voice('PCMU', RIGHT_HZ)];
  const { file, failures } = record(join(import.meta.filename, 'x'), clock, left, right);
  await eventually('the failure', () => failures.length > 0);
  left.send();
  file.pause();
  file.resume();
  await file.finish('end');
  expect(failures).toEqual(['recording/not-written']);
  expect(left.isTapped).toBe(false);
  expect(clock.pending).toBe(0);
});
