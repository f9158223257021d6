import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeG711, encodeG711, FRAME_SAMPLES } from '../../../../electron/media/g711.ts';
import type { RtpPacket } from '../../../../electron/media/rtp.ts';
import { hasVoice, joined, VoiceLine } from '../../../../electron/pbx/voicemail/voice-line.ts';
import { sine } from '../../../support/sound.ts';

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
  const line = new VoiceLine();
  return joined([...packets.map((packet) => line.receive(packet, 'PCMU')), line.flush('PCMU')]);
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

  test('knows a voice from a quiet room', () => {
    expect(hasVoice(TONE)).toBe(true);
    expect(hasVoice(sine(440, 400, 8000, 150))).toBe(false);
    expect(hasVoice(joined([new Int16Array(1600), sine(440, 20, 8000, 2000)]))).toBe(true);
    expect(hasVoice(new Int16Array(0))).toBe(false);
  });
});
