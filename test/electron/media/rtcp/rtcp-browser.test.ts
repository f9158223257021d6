import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { RtcpReceiverInfo, RtcpRrPacket, RtcpSrPacket } from 'werift';
import { WebRtcLeg } from '../../../../electron/media/webrtc-leg.ts';
import { systemClock } from '../../../../electron/pbx/system-clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { TestMedia } from '../../../support/phone/test-media.ts';

beforeAll(() => WebRtcLeg.prepare());

let leg: WebRtcLeg;
let browser: TestMedia;
let reports: (RtcpSrPacket | RtcpRrPacket)[];

beforeEach(async () => {
  // Reports come 2500 · 0.5 / (e − 1.5) ms after the beginning.
  leg = new WebRtcLeg({ clock: systemClock, address: '127.0.0.1', random: () => 0 });
  browser = new TestMedia();
  reports = [];
  leg.setEvents({ onConnected: () => {}, onFailed: () => {}, onRtp: () => {} });
  await browser.accept(await leg.answer(await browser.offer()));
  await Promise.all([browser.connected, eventually('our side', () => leg.isConnected)]);
  browser.pc.dtlsTransports[0]?.onRtcp.subscribe((packet) => {
    if (packet instanceof RtcpSrPacket || packet instanceof RtcpRrPacket) reports.push(packet);
  });
});

afterEach(() => Promise.all([leg.close(), browser.close()]));

test('[RC8] reports each way over SRTCP: loss, jitter, the round trip', async () => {
  const transport = browser.pc.dtlsTransports[0];
  if (transport === undefined) throw new Error('no transport');
  browser.speak(new Int16Array(160));
  for (const sequence of [1, 2, 3, 4]) {
    const packet = { payloadType: 0, marker: false, sequence, timestamp: 160 * sequence, ssrc: 1 };
    leg.send({ ...packet, payload: Buffer.alloc(160) });
  }
  const ours = await eventually('our report', () =>
    reports.find((report) => report instanceof RtcpSrPacket && report.reports.length > 0),
  );
  if (!(ours instanceof RtcpSrPacket)) throw new Error('no sender report');
  expect(ours.senderInfo).toMatchObject({ packetCount: 4, octetCount: 640 });
  // Two RTCP sessions of werift's may be told of; the voice's is the one that we spoke with.
  expect(ours.reports[0]).toMatchObject({ ssrc: 4242, packetsLost: 0, fractionLost: 0 });
  expect(leg.quality.received?.loss).toBe(0);
  const middle = Number((ours.senderInfo.ntpTimestamp >> 16n) & 0xffff_ffffn);
  const told = new RtcpReceiverInfo({
    ssrc: ours.ssrc,
    fractionLost: 64,
    packetsLost: 1,
    highestSequence: 4,
    jitter: 16,
    lsr: middle,
    dlsr: 0,
  });
  await transport.sendRtcp([new RtcpRrPacket({ ssrc: 4242, reports: [told] })]);
  // werift's own receiver may have told of us before: it lost nothing.
  await eventually('the quality', () => leg.quality.sent?.loss === 0.25);
  expect(leg.quality.sent?.jitterMs).toBe(2);
  expect(leg.quality.rttMs).toBeGreaterThanOrEqual(0);
  expect(leg.quality.rttMs).toBeLessThan(500);
});
