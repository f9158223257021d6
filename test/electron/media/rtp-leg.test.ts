import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRtp, type RtpPacket, serialiseRtp } from '../../../electron/media/rtp.ts';
import { RtpLeg } from '../../../electron/media/rtp-leg.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { eventually } from '../../support/eventually.ts';

let clock: ManualClock;
let leg: RtpLeg;
let heard: RtpPacket[];
let told: string[];
const sockets: Socket[] = [];

beforeEach(() => {
  clock = new ManualClock();
  [heard, told] = [[], []];
  leg = new RtpLeg({ clock, address: '127.0.0.1', signallingAddress: '127.0.0.1' });
  leg.setEvents({
    onConnected: () => told.push('connected'),
    onFailed: (reason) => told.push(reason),
    onRtp: (packet) => heard.push(packet),
  });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await leg.close();
  expect(clock.pending).toBe(0);
});

const description = (port: number, more: readonly string[] = [], address = '127.0.0.1') =>
  [
    'v=0',
    `o=- 1 1 IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 8 0 101`,
    'a=rtpmap:101 telephone-event/8000',
    ...more,
    '',
  ].join('\r\n');

const portOf = (sdp: string) => Number(/m=audio (\d+)/.exec(sdp)?.[1]);
const packet = (part: Partial<RtpPacket> = {}): RtpPacket => ({
  payloadType: 0,
  marker: false,
  sequence: 1,
  timestamp: 160,
  ssrc: 7,
  payload: Buffer.alloc(160, 0x55),
  ...part,
});

async function phone(address = '127.0.0.1') {
  const socket = createSocket('udp4');
  const packets: RtpPacket[] = [];
  sockets.push(socket);
  socket.on('message', (bytes) => {
    const parsed = parseRtp(bytes);
    if (parsed !== undefined) packets.push(parsed);
  });
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  const send = (bytes: Buffer | RtpPacket, port = portOf(leg.localSdp)) =>
    new Promise<void>((resolve) =>
      socket.send(Buffer.isBuffer(bytes) ? bytes : serialiseRtp(bytes), port, '127.0.0.1', () => resolve()),
    );
  return { port: socket.address().port, packets, send };
}

test('an answer: plain RTP on an even port, one codec, the event of its clock', async () => {
  const sdp = await leg.answer(description(4000));
  expect(portOf(sdp) % 2).toBe(0);
  expect(sdp).toContain('RTP/AVP 0 101\r\n');
  expect(sdp).toContain('c=IN IP4 127.0.0.1\r\n');
  expect(sdp).toContain('a=fmtp:101 0-15\r\n');
  expect(sdp).not.toMatch(/ice|fingerprint|setup|mux|msid/);
  expect(told).toEqual(['connected']);
  expect(leg.format).toMatchObject({ codec: 'PCMU', payloadType: 0, eventPayloadType: 101, wantsAudio: true });
});

test('an offer has all codecs; the answer decides', async () => {
  const sdp = await leg.offer();
  expect(sdp).toContain('RTP/AVP 0 8 9 101\r\n');
  expect(leg.isConnected).toBe(false);
  const far = await phone();
  await leg.acceptAnswer(description(far.port).replace('8 0 101', '8 101'));
  leg.send(packet({ payloadType: 8 }));
  await eventually('a packet', () => far.packets.length === 1);
  expect(far.packets[0]).toMatchObject({ payloadType: 8, sequence: 1, timestamp: 160 });
});

test('[4961] it sends where the phone’s packets come from, not where it said', async () => {
  const [said, real] = [await phone(), await phone()];
  await leg.answer(description(said.port));
  leg.send(packet());
  await eventually('a packet at the described place', () => said.packets.length === 1);
  await real.send(packet());
  await eventually('the first packet', () => heard.length === 1);
  leg.send(packet());
  await eventually('a packet at the real place', () => real.packets.length === 1);
  expect(said.packets).toHaveLength(1);
});

describe('packets that are not taken', () => {
  test('from elsewhere once the source is known', async () => {
    const [far, other] = [await phone(), await phone()];
    await leg.answer(description(far.port));
    await far.send(packet());
    await eventually('the first packet', () => heard.length === 1);
    await other.send(packet({ sequence: 66 }));
    await far.send(packet({ sequence: 2 }));
    await eventually('the second packet', () => heard.length === 2);
    expect(heard.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('the first ones from an address that nobody named', async () => {
    const [far, other] = [await phone(), await phone('127.0.0.2')];
    await leg.answer(description(far.port));
    await other.send(packet({ sequence: 66 }));
    await far.send(packet());
    await eventually('the right packet', () => heard.length > 0);
    expect(heard.map(({ sequence }) => sequence)).toEqual([1]);
  });

  test('RTCP, beside and among RTP, unknown payloads, garbage', async () => {
    const far = await phone();
    await leg.answer(description(far.port));
    const rtcp = Buffer.from('80c90001deadbeef', 'hex');
    await far.send(rtcp, portOf(leg.localSdp) + 1);
    await far.send(rtcp);
    await far.send(packet({ payloadType: 18 }));
    await far.send(Buffer.from('no'));
    await far.send(packet({ payloadType: 101, sequence: 9 }));
    await eventually('the event', () => heard.length === 1);
    expect(heard[0]?.sequence).toBe(9);
  });
});

test('hold and another place by a new offer: the source is learnt anew', async () => {
  const [before, after] = [await phone(), await phone()];
  const first = await leg.answer(description(before.port));
  await before.send(packet());
  await eventually('the first packet', () => heard.length === 1);
  const held = await leg.answer(description(before.port, ['a=sendonly']));
  expect(held).toContain('a=recvonly');
  expect(leg.format).toMatchObject({ wantsAudio: false, sendsAudio: true });
  expect(portOf(held)).toBe(portOf(first));
  expect(/o=- \d+ (\d+)/.exec(held)?.[1]).toBe('2');
  await leg.answer(description(after.port));
  await after.send(packet({ sequence: 5 }));
  await eventually('the packet from the new place', () => heard.length === 2);
  expect(told).toEqual(['connected']);
});

test('[3264 8.4] an address of zeros is hold; the place stays', async () => {
  const far = await phone();
  await leg.answer(description(far.port));
  await leg.answer(description(far.port, [], '0.0.0.0'));
  expect(leg.format?.wantsAudio).toBe(false);
  await leg.answer(description(far.port));
  leg.send(packet());
  await eventually('a packet', () => far.packets.length === 1);
});

describe('a phone that is heard no more', () => {
  test('is given up after a minute', async () => {
    const far = await phone();
    await leg.answer(description(far.port));
    clock.advance(59_000);
    await far.send(packet());
    await eventually('the packet', () => heard.length === 1);
    clock.advance(59_999);
    expect(told).toEqual(['connected']);
    clock.advance(1);
    expect(told).toEqual(['connected', 'no audio from the phone']);
  });

  test('but not while it has said that it sends nothing', async () => {
    await leg.answer(description(4000, ['a=recvonly']));
    clock.advance(3_600_000);
    expect(told).toEqual(['connected']);
  });
});

test.each([
  ['what a browser offers', description(4000).replace('RTP/AVP', 'UDP/TLS/RTP/SAVPF')],
  ['a name instead of an address', description(4000, [], 'phone.example.com')],
  ['no codec of ours', description(4000).replace('8 0 101', '18')],
  ['nothing', ''],
])('refuses %s', async (_what, sdp) => {
  await expect(leg.answer(sdp)).rejects.toMatchObject({ code: expect.stringMatching(/^media\//) });
});
