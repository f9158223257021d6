import { describe, expect, it } from 'vitest';
import { type CallQuality, gradeOf, mosOf, watchQuality } from '../../../renderer/phone/call-quality.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';

describe('mean opinion score', () => {
  it('is near the best of 4.4 on a good line, and falls with delay, jitter and loss', () => {
    expect(mosOf(20, 2, 0)).toBeCloseTo(4.38, 1);
    expect(mosOf(400, 2, 0)).toBeLessThan(mosOf(20, 2, 0) - 0.5);
    expect(mosOf(20, 60, 0)).toBeLessThan(mosOf(20, 2, 0));
    expect(mosOf(20, 2, 5)).toBeLessThan(4.1);
    expect(mosOf(20, 2, 12)).toBeLessThan(3.5);
  });

  it('is never below 1, whatever the line does', () => {
    expect(mosOf(5000, 500, 100)).toBe(1);
    expect(mosOf(20, 2, 60)).toBe(1);
  });

  it('has grades that people know', () => {
    expect([4.4, 3.9, 3.5, null].map((mos) => gradeOf({ mos }))).toEqual(['good', 'fair', 'poor', 'none']);
  });
});

/** A connection whose statistics a test sets. */
function watched() {
  const clock = new ManualClock();
  const line = { received: 0, lost: 0, listening: true };
  const told: CallQuality[] = [];
  const stats = () =>
    new Map<string, object>([
      ['c', { type: 'codec', mimeType: 'audio/opus' }],
      [
        'i',
        {
          type: 'inbound-rtp',
          kind: 'audio',
          codecId: 'c',
          packetsReceived: line.received,
          packetsLost: line.lost,
          jitter: 0.004,
        },
      ],
      ['r', { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.03 }],
    ]);
  const end = watchQuality({
    peer: { getStats: async () => stats() as unknown as RTCStatsReport },
    clock,
    isListening: () => line.listening,
    onQuality: (quality) => told.push(quality),
  });
  const look = async (received: number, lost = 0) => {
    line.received += received;
    line.lost += lost;
    clock.advance(2000);
    await new Promise((resolve) => setTimeout(resolve));
    return told.at(-1);
  };
  return { line, look, end, told };
}

describe('the quality of a call', () => {
  it('is of the last moments: what was lost before does not count for ever', async () => {
    const { look } = watched();
    await look(100);
    expect(await look(90, 10)).toMatchObject({
      lossPercent: 10,
      jitterMs: 4,
      rttMs: 30,
      codec: 'opus',
      isOneWay: false,
    });
    const after = await look(100);
    expect(after).toMatchObject({ lossPercent: 0 });
    expect(after?.worstMos).toBeLessThan(after?.mos ?? 0);
  });

  it('raises an alarm when nothing comes, unless that is as it should be', async () => {
    const { line, look } = watched();
    await look(100);
    await look(0);
    expect((await look(0))?.isOneWay).toBe(false);
    expect(await look(0)).toMatchObject({ isOneWay: true, mos: null });
    expect((await look(100))?.isOneWay).toBe(false);
    line.listening = false;
    for (let i = 0; i < 5; i++) expect((await look(0))?.isOneWay).toBe(false);
  });

  it('is looked at no more after the end', async () => {
    const { look, end, told } = watched();
    await look(100);
    await look(100);
    end();
    await look(100);
    expect(told).toHaveLength(1);
  });
});
