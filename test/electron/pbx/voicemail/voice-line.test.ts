import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeG711, encodeG711, FRAME_SAMPLES } from '../../../../electron/media/g711.ts';
import type { RtpPacket } from '../../../../electron/media/rtp.ts';
import { hasVoice, joined, VoiceLine } from '../../../../electron/pbx/voicemail/voice-line.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { sine, toneShare } from '../../../support/sound.ts';

const TONE = sine(440, 400);

/** Packets of 20 ms of a tone. */
function packetsOf(samples: Int16Array, firstTimestamp: number): RtpPacket[] {
  return Array.from({ length: samples.length / FRAME_SAMPLES }, (_, index) => ({
    payloadType: 0,
    marker: false,
    sequence: index & 0xffff,
    timestamp: (firstTimestamp + index * FRAME_SAMPLES) >>> 0,
    ssrc: 7,
    payload: Buffer.from(encodeG711('PCMU', samples.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES))),
  }));
}

function receive(packets: readonly RtpPacket[]): Int16Array {
  const line = new VoiceLine(0);
  return joined([...packets.map((packet) => line.receive(packet, 'PCMU', 0)), line.flush('PCMU', 0)]);
}

const asHeard = decodeG711('PCMU', encodeG711('PCMU', TONE));

describe('a line of voice', () => {
  test('is what was said, over the end of the timestamps too', () => {
    expect(receive(packetsOf(TONE, 1000))).toEqual(asHeard);
    expect(receive(packetsOf(TONE, 2 ** 32 - 3 * FRAME_SAMPLES))).toEqual(asHeard);
  });

  test('does not mind packets twice, or out of order by a few', () => {
    const positions = fc.array(fc.nat(3), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(positions, fc.nat(2 ** 32 - 1), (delays, first) => {
        const late = packetsOf(TONE, first).map((packet, index) => ({ packet, at: index + (delays[index] ?? 0) }));
        const [head, ...rest] = late;
        const ordered = [head!, ...rest.sort((a, b) => a.at - b.at)].map(({ packet }) => packet);
        expect(receive([...ordered, ...ordered.slice(-2)])).toEqual(asHeard);
      }),
      { numRuns: 50 },
    );
  });

  test('has silence where packets are missing', () => {
    const packets = packetsOf(TONE, 0);
    const heard = receive([...packets.slice(0, 5), ...packets.slice(8)]);
    expect(heard).toHaveLength(TONE.length);
    expect(heard.subarray(5 * FRAME_SAMPLES, 8 * FRAME_SAMPLES)).toEqual(new Int16Array(3 * FRAME_SAMPLES));
    expect(heard.subarray(8 * FRAME_SAMPLES)).toEqual(asHeard.subarray(8 * FRAME_SAMPLES));
  });

  test('goes on at once with another stream, and over a leap in time', () => {
    const [first, second] = [packetsOf(TONE, 0), packetsOf(TONE, 999).map((packet) => ({ ...packet, ssrc: 8 }))];
    expect(receive([...first, ...second])).toHaveLength(2 * TONE.length);
    expect(receive([...first, ...packetsOf(TONE, 900_000_000)])).toHaveLength(2 * TONE.length);
  });

  test('with 5 % lost and 30 ms of jitter it is as long, with silence only where packets were lost', () => {
    const random = seededRandom(4);
    const [tone, lost] = [sine(440, 10_000), new Set<number>()];
    const sent = packetsOf(tone, 77).map((packet, index) => ({ packet, atMs: index * 20 + random() * 30 }));
    const kept = sent.filter((_, index) => index === 0 || index === 499 || random() > 0.05 || !lost.add(index));
    kept.sort((a, b) => a.atMs - b.atMs);
    const line = new VoiceLine(0);
    const heard = joined([
      ...kept.map(({ packet, atMs }) => line.receive(packet, 'PCMU', atMs)),
      line.flush('PCMU', 10_000),
      line.fill(10_000),
    ]);
    expect(heard).toHaveLength(tone.length);
    const expected = decodeG711('PCMU', encodeG711('PCMU', tone));
    for (const index of lost) expected.fill(0, index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES);
    expect(lost.size).toBeGreaterThan(15);
    expect(heard).toEqual(expected);
  });

  describe('is as long as it took', () => {
    const speak = (line: VoiceLine, fromMs: number, packets = packetsOf(TONE, fromMs * 8)) =>
      packets.map((packet, index) => line.receive(packet, 'PCMU', fromMs + index * 20 + 20));

    test('when who is silent sends nothing: before, between, for a minute too, and after', () => {
      const line = new VoiceLine(0);
      const pieces = [...speak(line, 3000), ...speak(line, 5000), ...speak(line, 65_000)];
      const heard = joined([...pieces, line.flush('PCMU', 70_000), line.fill(70_000)]);
      expect(heard).toHaveLength(70 * 8000);
      for (const [fromMs, isVoice] of [
        [2900, false],
        [3200, true],
        [4000, false],
        [5200, true],
        [30_000, false],
        [65_200, true],
        [69_000, false],
      ] as const) {
        expect(hasVoice(heard.subarray(fromMs * 8, fromMs * 8 + 400))).toBe(isVoice);
      }
    });

    test('when the stream is another after a while, or its clock leaps', () => {
      const line = new VoiceLine(0);
      const other = packetsOf(TONE, 5).map((packet) => ({ ...packet, ssrc: 8 }));
      const leapt = packetsOf(TONE, 3_000_000_000).map((packet) => ({ ...packet, ssrc: 8 }));
      const back = packetsOf(TONE, 1000).map((packet) => ({ ...packet, ssrc: 8 }));
      const pieces = [
        ...speak(line, 0),
        ...speak(line, 2000, other),
        ...speak(line, 4000, leapt),
        ...speak(line, 6000, back),
      ];
      const heard = joined([...pieces, line.flush('PCMU', 6400), line.fill(6400)]);
      expect(Math.abs(heard.length - 6400 * 8)).toBeLessThanOrEqual(1600);
    });

    test('comfort noise, a packet without a payload, ends a sound and begins a silence', () => {
      const line = new VoiceLine(0);
      const pieces = speak(line, 0);
      const noise = {
        payloadType: 13,
        marker: false,
        sequence: 20,
        timestamp: 400 * 8,
        ssrc: 7,
        payload: Buffer.alloc(0),
      };
      pieces.push(line.receive(noise, 'PCMU', 420), ...speak(line, 1000));
      const heard = joined([...pieces, line.flush('PCMU', 1400)]);
      expect(heard).toEqual(joined([asHeard, new Int16Array(600 * 8), asHeard]));
    });
  });

  test('at 16 kHz it has the same length, and is kept up while nothing is sent', () => {
    const line = new VoiceLine(0, { rate: 16_000, isOneOfTwo: true });
    const before = line.keepUp(3000);
    // 300 ms may still be on their way.
    expect(before).toHaveLength(2700 * 16);
    const packets = packetsOf(TONE, 7);
    const spoken = packets.map((packet, index) => line.receive(packet, 'PCMU', 3020 + index * 20));
    const after = line.keepUp(6000);
    const later = packetsOf(TONE, 7 + 3000 * 8).map((packet, index) => line.receive(packet, 'PCMU', 6020 + index * 20));
    const heard = joined([before, ...spoken, after, ...later, line.flush('PCMU', 6420), line.fill(6420)]);
    expect(heard.length / 16).toBeCloseTo(6400, -1);
    const middle = (fromMs: number) => heard.subarray(fromMs * 16, fromMs * 16 + 1600);
    expect(toneShare(middle(3150), 440, 16_000)).toBeGreaterThan(0.9);
    expect(toneShare(middle(6150), 440, 16_000)).toBeGreaterThan(0.9);
    expect(hasVoice(middle(2800))).toBe(false);
    expect(hasVoice(middle(5000))).toBe(false);
  });

  test('knows a voice from a quiet room', () => {
    expect(hasVoice(TONE)).toBe(true);
    expect(hasVoice(sine(440, 400, 8000, 150))).toBe(false);
    expect(hasVoice(joined([new Int16Array(1600), sine(440, 20, 8000, 2000)]))).toBe(true);
    expect(hasVoice(new Int16Array(0))).toBe(false);
  });
});
