import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRtcp, parseRtcp, type RtcpPacket, serialiseRtcp } from '../../../../electron/media/rtcp/rtcp-packet.ts';
import { serialiseRtp } from '../../../../electron/media/rtp.ts';
import { RtpLeg } from '../../../../electron/media/rtp-leg.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { eventually } from '../../../support/eventually.ts';

let clock: ManualClock;
let leg: RtpLeg;
let told: string[];
const sockets: Socket[] = [];

beforeEach(() => {
  clock = new ManualClock();
  told = [];
  leg = new RtpLeg({ clock, address: '127.0.0.1', signallingAddress: '127.0.0.1', random: () => 0.5 });
  leg.setEvents({ onConnected: () => {}, onFailed: (reason) => told.push(reason), onRtp: () => told.push('rtp') });
});

afterEach(async () => {
  await leg.close();
  for (const socket of sockets.splice(0)) socket.close();
  expect(clock.pending).toBe(0);
});

const description = (port: number, ...more: readonly string[]) =>
  ['v=0', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', `m=audio ${port} RTP/AVP 0 101`, ...more, ''].join('\r\n');

const packet = { payloadType: 0, marker: false, sequence: 1, timestamp: 160, ssrc: 7, payload: Buffer.alloc(160) };
const portOf = (sdp: string) => Number(/m=audio (\d+)/.exec(sdp)?.[1]);
const report = serialiseRtcp([{ kind: 'receiver-report', ssrc: 7, blocks: [] }]);

async function socketOn(port = 0, address = '127.0.0.1') {
  const socket = createSocket('udp4');
  const got: RtcpPacket[][] = [];
  sockets.push(socket);
  socket.on('message', (bytes) => {
    if (isRtcp(bytes)) got.push(parseRtcp(bytes) ?? []);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, resolve);
  });
  const send = (bytes: Buffer, to: number) =>
    new Promise<void>((resolve) => socket.send(bytes, to, '127.0.0.1', () => resolve()));
  return { port: socket.address().port, got, send };
}

/** Two ports in a row. */
async function phone() {
  for (;;) {
    const rtp = await socketOn();
    const rtcp = await socketOn(rtp.port + 1).catch(() => undefined);
    if (rtcp !== undefined) return { rtp, rtcp };
  }
}

const first = <Item>(list: readonly Item[]): Item | undefined => list[0];

describe('[RC6] where', () => {
  test('the port after RTP’s; a goodbye there at the end', async () => {
    const { rtp, rtcp } = await phone();
    await leg.answer(description(rtp.port));
    leg.send(packet);
    clock.advance(2500);
    const [sender, name] = await eventually('the report', () => first(rtcp.got));
    expect(sender).toMatchObject({ kind: 'sender-report', packets: 1, octets: 160 });
    expect(name).toMatchObject({ kind: 'description', ssrc: (sender as { ssrc: number }).ssrc });
    expect(rtp.got).toEqual([]);
    await leg.close();
    await eventually('the goodbye', () => rtcp.got.at(-1)?.at(-1)?.kind === 'bye');
  });

  test('RTP’s port, when the phone offers that', async () => {
    const { rtp, rtcp } = await phone();
    const sdp = await leg.answer(description(rtp.port, 'a=rtcp-mux'));
    expect(sdp).toContain('a=rtcp-mux\r\n');
    clock.advance(2500);
    await eventually('the report', () => first(rtp.got));
    await rtp.send(report, portOf(sdp));
    await rtp.send(serialiseRtp(packet), portOf(sdp));
    await eventually('the packet', () => told.length === 1);
    expect(rtcp.got).toEqual([]);
    expect(await leg.answer(description(rtp.port))).not.toContain('rtcp-mux');
  });

  test('the one that it names (RFC 3605)', async () => {
    const [{ rtp }, named] = [await phone(), await socketOn()];
    await leg.answer(description(rtp.port, `a=rtcp:${named.port} IN IP4 127.0.0.1`));
    clock.advance(2500);
    await eventually('the report', () => first(named.got));
  });

  test('where its RTCP comes from, and from no third place', async () => {
    const [{ rtp, rtcp }, real, stranger] = [await phone(), await socketOn(), await socketOn(0, '127.0.0.2')];
    const port = portOf(await leg.answer(description(rtp.port))) + 1;
    await stranger.send(report, port);
    await real.send(report, port);
    await eventually('a report there', () => {
      clock.advance(5000);
      return first(real.got);
    });
    const before = rtcp.got.length;
    clock.advance(20_000);
    await eventually('more of them', () => real.got.length > 3);
    expect([stranger.got.length, rtcp.got.length]).toEqual([0, before]);
  });

  test('no port is used that cannot be', async () => {
    const { rtp } = await phone();
    await leg.answer(description(rtp.port, 'a=rtcp:99999'));
    await leg.answer(description(65_535));
    leg.send(packet);
    clock.advance(60_000);
    await expect(leg.answer(description(65_536))).rejects.toMatchObject({ code: 'media/bad-sdp' });
  });
});

test('[RC4] real packets: loss, jitter and the round trip', async () => {
  const { rtp, rtcp } = await phone();
  const port = portOf(await leg.answer(description(rtp.port)));
  leg.send({ ...packet, sequence: 100 });
  leg.send({ ...packet, sequence: 101, timestamp: 320 });
  for (const sequence of [1, 2, 3, 5]) {
    await rtp.send(serialiseRtp({ ...packet, sequence, timestamp: sequence * 160 }), port);
  }
  await eventually('the packets', () => told.length === 4);
  expect(leg.quality.received?.loss).toBeCloseTo(0.2);
  clock.advance(2500);
  const [sender] = await eventually('the report', () => first(rtcp.got));
  if (sender?.kind !== 'sender-report') throw new Error('no sender report');
  expect(sender.blocks).toMatchObject([{ ssrc: 7, totalLost: 1, fractionLost: 51, highestSequence: 5 }]);
  // The phone has waited for a second, and the clock moved on by 1.05 s since the report.
  clock.advance(1050 - (2500 - 2500 / (Math.E - 1.5)));
  const block = {
    ssrc: sender.ssrc,
    fractionLost: 128,
    totalLost: 1,
    highestSequence: 101,
    jitter: 24,
    lastReport: ((sender.ntpSeconds << 16) | (sender.ntpFraction >>> 16)) >>> 0,
    delaySinceLastReport: 0x1_0000,
  };
  await rtcp.send(serialiseRtcp([{ kind: 'receiver-report', ssrc: 7, blocks: [block] }]), port + 1);
  await eventually('the quality', () => leg.quality.sent !== undefined);
  expect(leg.quality.sent).toEqual({ loss: 0.5, jitterMs: 3 });
  expect(Math.abs((leg.quality.rttMs ?? 0) - 50)).toBeLessThan(0.1);
});

test('a phone that suppresses silence is there as long as it reports', async () => {
  const { rtp, rtcp } = await phone();
  const port = portOf(await leg.answer(description(rtp.port))) + 1;
  for (const jitter of [8, 16, 24]) {
    const before = rtcp.got.length;
    clock.advance(50_000);
    const ours = await eventually('our reports', () => rtcp.got[before]?.[0]);
    const ssrc = 'ssrc' in ours ? ours.ssrc : 0;
    const block = { ssrc, fractionLost: 0, totalLost: 0, highestSequence: 1, lastReport: 0, delaySinceLastReport: 0 };
    await rtcp.send(serialiseRtcp([{ kind: 'receiver-report', ssrc: 7, blocks: [{ ...block, jitter }] }]), port);
    await eventually('its report', () => leg.quality.sent?.jitterMs === jitter / 8);
  }
  clock.advance(59_000);
  expect(told).toEqual([]);
  clock.advance(1000);
  expect(told).toEqual(['no audio from the phone']);
});
