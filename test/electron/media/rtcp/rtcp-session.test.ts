import { beforeEach, describe, expect, test } from 'vitest';
import { parseRtcp, type RtcpPacket } from '../../../../electron/media/rtcp/rtcp-packet.ts';
import { RtcpSession } from '../../../../electron/media/rtcp/rtcp-session.ts';
import type { RtpPacket } from '../../../../electron/media/rtp.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';

interface End {
  readonly session: RtcpSession;
  /** When each datagram was sent, and what was in it. */
  readonly sent: { readonly atMs: number; readonly packets: readonly RtcpPacket[] }[];
}

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

function end(ssrc: number, random = () => 0.5, deliver: (bytes: Buffer) => void = () => {}): End {
  const sent: End['sent'] = [];
  const send = (bytes: Buffer) => {
    sent.push({ atMs: clock.nowMs(), packets: parseRtcp(bytes) ?? [] });
    deliver(bytes);
  };
  return { session: new RtcpSession({ clock, random, ssrc, clockRate: () => 8000, send }), sent };
}

const packet = (n: number, ssrc: number): RtpPacket => ({
  payloadType: 0,
  marker: false,
  sequence: (65_530 + n) & 0xffff,
  timestamp: n * 160,
  ssrc,
  payload: Buffer.alloc(160),
});

describe('[RC1] when', () => {
  test('around every 5 s, the first sooner', () => {
    const { session, sent } = end(1);
    session.start();
    session.start();
    clock.advance(60_000);
    const [first = 0, second = 0, third = 0] = sent.map(({ atMs }) => atMs);
    expect(first).toBeCloseTo(2500 / (Math.E - 1.5), 6);
    expect(second - first).toBeCloseTo(5000 / (Math.E - 1.5), 6);
    expect(third - second).toBeCloseTo(5000 / (Math.E - 1.5), 6);
    session.stop();
    expect(clock.pending).toBe(0);
  });

  test('at random: each interval lies between half and one and a half, the mean is 5 s', () => {
    let seed = 1;
    const { session, sent } = end(1, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    });
    session.start();
    clock.advance(3_600_000);
    session.stop();
    const times = sent.slice(0, -1).map(({ atMs }) => atMs);
    const intervals = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
    expect(Math.min(...intervals)).toBeGreaterThan(2050);
    expect(Math.max(...intervals)).toBeLessThan(6160);
    const mean = intervals.reduce((sum, ms) => sum + ms, 0) / intervals.length;
    expect(mean).toBeGreaterThan(4500);
    expect(mean).toBeLessThan(5500);
    expect(new Set(intervals).size).toBeGreaterThan(400);
  });

  test('a sender’s while we send, with the sound’s time at that moment; a receiver’s two reports later', () => {
    const { session, sent } = end(1);
    session.start();
    for (let n = 0; n < 100; n++, clock.advance(20)) session.noteSent(packet(n, 1), true);
    clock.advance(60_000);
    const reports = sent.map(({ packets }) => packets[0]);
    const atMs = sent[0]?.atMs ?? 0;
    const inSamples = reports[0]?.kind === 'sender-report' ? reports[0].rtpTimestamp / 8 : 0;
    expect(Math.abs(inSamples - atMs)).toBeLessThan(0.2);
    const wall = reports[0]?.kind === 'sender-report' ? reports[0].ntpSeconds - 2_208_988_800 : 0;
    expect(wall).toBe(Math.floor((clock.wallMs() - clock.nowMs() + atMs) / 1000));
    expect(reports.map((report) => report?.kind).slice(0, 4)).toEqual([
      'sender-report',
      'sender-report',
      'receiver-report',
      'receiver-report',
    ]);
    expect(reports[1]).toMatchObject({ packets: 100, octets: 16_000 });
    const names = sent.map(({ packets }) => (packets[1]?.kind === 'description' ? packets[1].cname : ''));
    expect(new Set(names).size).toBe(1);
    expect(names[0]).toMatch(/^[\w+/]{16}$/);
    session.stop();
  });
});

/** Two ends that speak for a while; what `a` sends is lost or late as said, and RTCP takes 40 ms each way. */
function talk(durationMs: number, isLost: (n: number) => boolean, lateMs: (n: number) => number): [End, End] {
  const later = (to: () => End) => (bytes: Buffer) => void clock.after(40, () => to().session.receive(bytes));
  const a: End = end(
    0xaaaaaaaa,
    () => 0.3,
    later(() => b),
  );
  const b: End = end(
    0xbbbbbbbb,
    () => 0.6,
    later(() => a),
  );
  a.session.start();
  b.session.start();
  for (let n = 0; n * 20 < durationMs; n++, clock.advance(20)) {
    a.session.noteSent(packet(n, 0xaaaaaaaa), true);
    b.session.noteSent(packet(n, 0xbbbbbbbb), true);
    if (!isLost(n)) clock.after(40 + lateMs(n), () => b.session.noteReceived(packet(n, 0xaaaaaaaa), true));
    clock.after(40, () => a.session.noteReceived(packet(n, 0xbbbbbbbb), true));
  }
  return [a, b];
}

test('[RC2][RC4] both ends know loss, jitter and the round trip', () => {
  const [a, b] = talk(
    30_000,
    (n) => n % 10 === 5,
    (n) => (n % 2) * 6,
  );
  for (const rtt of [a.session.quality.rttMs, b.session.quality.rttMs]) {
    expect(Math.abs((rtt ?? 0) - 80)).toBeLessThan(0.2);
  }
  expect(a.session.quality.received).toEqual({ loss: 0, jitterMs: 0 });
  expect(b.session.quality.sent).toEqual({ loss: 0, jitterMs: 0 });
  expect(b.session.quality.received?.loss).toBeCloseTo(0.1, 2);
  expect(a.session.quality.sent?.loss).toBeCloseTo(0.1, 2);
  expect(b.session.quality.received?.jitterMs).toBeGreaterThan(3);
  expect(a.session.quality.sent?.jitterMs).toBeCloseTo(b.session.quality.received?.jitterMs ?? 0, 0);
  const block = b.sent.at(-1)?.packets[0];
  expect(block).toMatchObject({ blocks: [{ ssrc: 0xaaaaaaaa, fractionLost: expect.any(Number) }] });
  a.session.stop();
  b.session.stop();
});

test('[RC3] another SSRC is counted anew', () => {
  const { session, sent } = end(1);
  session.start();
  session.noteReceived(packet(0, 7), true);
  session.noteReceived(packet(50, 7), true);
  session.noteReceived(packet(0, 8), true);
  clock.advance(10_000);
  expect(sent[0]?.packets[0]).toMatchObject({ blocks: [{ ssrc: 8, totalLost: 0, lastReport: 0 }] });
  // Nothing was heard since.
  expect(sent[1]?.packets[0]).toMatchObject({ blocks: [] });
  session.stop();
});

describe('[RC5] the end', () => {
  test('a report, the name and a goodbye; then nothing any more', () => {
    const { session, sent } = end(5);
    session.start();
    session.noteSent(packet(0, 5), true);
    session.stop();
    session.stop();
    session.start();
    clock.advance(60_000);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.packets.map(({ kind }) => kind)).toEqual(['sender-report', 'description', 'bye']);
    expect(sent[0]?.packets[2]).toEqual({ kind: 'bye', ssrcs: [5] });
  });

  test('none when nothing was ever sent', () => {
    const { session, sent } = end(5);
    session.start();
    session.stop();
    expect(sent).toEqual([]);
  });
});

test('[RC7] garbage, and reports of others, tell nothing', () => {
  const { session } = end(5);
  expect(session.receive(Buffer.from('hello'))).toBe(false);
  expect(session.receive(Buffer.from('80c90001deadbeef', 'hex'))).toBe(true);
  expect(session.quality).toEqual({ received: undefined, sent: undefined, rttMs: undefined });
});
