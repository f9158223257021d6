import { afterEach, beforeAll, expect, test } from 'vitest';
import type { RtpPacket } from '../../../electron/media/rtp.ts';
import { WebRtcLeg } from '../../../electron/media/webrtc-leg.ts';
import { systemClock } from '../../../electron/pbx/system-clock.ts';
import { type Clock, ManualClock } from '../../../shared/lib/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { opusPackets } from '../../support/opus.ts';
import { OPUS, PCMU, TestMedia } from '../../support/phone/test-media.ts';

beforeAll(() => WebRtcLeg.prepare());

let leg: WebRtcLeg;
let browser: TestMedia;
let told: string[];
let packets: RtpPacket[];

function begin(clock: Clock = systemClock, codecs = [PCMU]): void {
  leg = new WebRtcLeg({ clock, address: '127.0.0.1' });
  browser = new TestMedia(codecs);
  [told, packets] = [[], []];
  leg.setEvents({
    onConnected: () => told.push('connected'),
    onFailed: (reason) => told.push(`failed: ${reason}`),
    onRtp: (packet) => packets.push(packet),
  });
}

afterEach(() => Promise.all([leg.close(), browser.close()]));

const voice = (sequence: number) => ({
  payloadType: 0,
  marker: sequence === 1,
  sequence,
  timestamp: 160 * sequence,
  ssrc: 1,
  payload: Buffer.alloc(160, sequence),
});

test('answers an offer, on loopback only, and sound goes both ways', async () => {
  begin();
  const answer = await leg.answer(await browser.offer());
  expect(answer.match(/a=candidate:.*/g)).toEqual([expect.stringMatching(/ 127\.0\.0\.1 \d+ typ host$/)]);
  expect(answer).toContain('a=setup:passive');
  await browser.accept(answer);
  await Promise.all([browser.connected, eventually('our side', () => leg.isConnected)]);
  leg.send(voice(1));
  leg.send(voice(2));
  await eventually('two packets', () => browser.heard.length === 2);
  expect(browser.heard[1]).toMatchObject({ payloadType: 0, sequence: 2, timestamp: 320 });
  expect(browser.heard[1]?.payload).toEqual(Buffer.alloc(160, 2));
  browser.press('7');
  await eventually('the key', () => packets.length > 0);
  expect(packets[0]).toMatchObject({ payloadType: leg.format?.eventPayloadType });
  expect(told).toEqual(['connected']);
});

test('offers, and takes the answer', async () => {
  begin();
  const offer = await leg.offer();
  expect(offer).toContain('a=setup:actpass');
  await leg.acceptAnswer(await browser.answer(offer));
  await eventually('our side', () => leg.isConnected);
  expect(leg.format).toMatchObject({ codec: 'PCMU', wantsAudio: true });
  leg.send(voice(1));
  await eventually('a packet', () => browser.heard.length === 1);
});

test('[OP8] a browser with Opus: connected once the library is there; timestamps of 48,000 Hz on the wire', async () => {
  begin(systemClock, [OPUS, PCMU]);
  const answer = await leg.answer(await browser.offer());
  expect(answer).toContain('a=rtpmap:111 opus/48000/2\r\n');
  await browser.accept(answer);
  await eventually('our side', () => leg.isConnected);
  expect(leg.format).toMatchObject({ codec: 'OPUS', payloadType: 111, clockRate: 48_000 });
  const [one, two] = await opusPackets(new Int16Array(640));
  leg.send({ ...voice(1), payloadType: 111, payload: one ?? Buffer.alloc(0) });
  leg.send({ ...voice(2), payloadType: 111, payload: two ?? Buffer.alloc(0) });
  await eventually('two packets', () => browser.heard.length === 2);
  const [first, second] = browser.heard;
  expect((second?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBe(960);
  expect(Buffer.from(two ?? []).equals(second?.payload ?? Buffer.alloc(0))).toBe(true);
  browser.press('7');
  await eventually('the key', () => packets.length > 0);
  expect(packets[0]).toMatchObject({ payloadType: leg.format?.eventPayloadType });
  expect(told).toEqual(['connected']);
});

test('an offer that cannot be used is refused before anything is opened', async () => {
  begin();
  await expect(leg.answer('v=0\r\n')).rejects.toMatchObject({ code: 'media/bad-sdp' });
});

test('a browser that never comes is told after the time limit, once', async () => {
  const clock = new ManualClock();
  begin(clock);
  await leg.answer(await browser.offer());
  clock.advance(9999);
  expect(told).toEqual([]);
  clock.advance(1);
  clock.advance(60_000);
  expect(told).toEqual(['failed: no media connection']);
});

test('a new offer within the call keeps the connection: hold', async () => {
  begin();
  const offer = await browser.offer();
  await browser.accept(await leg.answer(offer));
  await eventually('our side', () => leg.isConnected);
  const held = await leg.answer(offer.replace('a=sendrecv', 'a=sendonly'));
  expect(held).toContain('a=recvonly');
  expect([leg.format?.wantsAudio, leg.isConnected]).toEqual([false, true]);
  expect(Number(/o=- \d+ (\d+)/.exec(held)?.[1])).toBe(2);
});

test('closing at any moment leaves nothing open and tells nothing', async () => {
  begin();
  const answering = leg.answer(await browser.offer());
  await leg.close();
  await answering;
  await leg.close();
  leg.send(voice(1));
  expect([leg.isConnected, told]).toEqual([false, []]);
});
