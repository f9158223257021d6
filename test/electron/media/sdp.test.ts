import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { negotiate } from '../../../electron/media/negotiate.ts';
import { formatSdp, type LocalAudio, parseSdp } from '../../../electron/media/sdp.ts';

function captured(name: string): string {
  const text = readFileSync(new URL(`../../fixtures/jssip/${name}.sip`, import.meta.url), 'utf8');
  return text.slice(text.indexOf('\r\n\r\n') + 4);
}

function withoutOpus(sdp: string): string {
  return sdp.replace(' 111 ', ' ').replace(/a=rtpmap:111 .*\r\n/, '');
}

const local: LocalAudio = {
  address: '127.0.0.1',
  port: 40_000,
  codecs: [
    { payloadType: 0, name: 'PCMU', clockRate: 8000 },
    { payloadType: 126, name: 'TELEPHONE-EVENT', clockRate: 8000 },
  ],
  direction: 'recvonly',
  mid: '0',
  ssrc: 42,
  secured: {
    ice: { ufrag: 'abcd', pwd: 'p'.repeat(22), candidates: ['1 1 udp 2130706431 127.0.0.1 40000 typ host'] },
    fingerprint: { algorithm: 'sha-256', value: 'AA:BB' },
    setup: 'passive',
  },
};

test('an offer of Chromium: Opus, or what the other end has; the telephone-event whose clock is the voice’s', () => {
  expect(negotiate(captured('invite')).format).toMatchObject({
    codec: 'OPUS',
    payloadType: 111,
    clockRate: 48_000,
    eventPayloadType: 110,
    eventClockRate: 48_000,
    opus: { fec: true, dtx: false },
  });
  const agreed = negotiate(captured('invite'), 'secured', 'PCMU');
  expect(agreed.format).toEqual({
    codec: 'PCMU',
    payloadType: 0,
    clockRate: 8000,
    eventPayloadType: 126,
    eventClockRate: 8000,
    wantsAudio: true,
    sendsAudio: true,
  });
  expect(agreed.direction).toBe('sendrecv');
  expect(agreed.audio).toMatchObject({
    mid: '0',
    protocol: 'UDP/TLS/RTP/SAVPF',
    setup: 'actpass',
    direction: 'sendrecv',
  });
  expect(agreed.audio.ice?.ufrag).toHaveLength(4);
});

test('hold and resume of JsSIP', () => {
  expect(negotiate(captured('hold'))).toMatchObject({
    direction: 'recvonly',
    format: { wantsAudio: false, sendsAudio: true },
  });
  expect(negotiate(captured('resume'))).toMatchObject({ direction: 'sendrecv', format: { wantsAudio: true } });
  const inactive = captured('hold').replace('a=sendonly', 'a=inactive');
  expect(negotiate(inactive)).toMatchObject({
    direction: 'inactive',
    format: { wantsAudio: false, sendsAudio: false },
  });
});

test('an answer of Chromium to our offer', () => {
  expect(negotiate(captured('200-to-invite')).format).toMatchObject({
    codec: 'PCMU',
    payloadType: 0,
    eventPayloadType: 101,
  });
});

test('A-law is taken where µ-law is missing; neither is an error', () => {
  const without0 = withoutOpus(captured('invite')).replace('9 0 8', '9 8').replace('a=rtpmap:0 PCMU/8000\r\n', '');
  expect(negotiate(without0).format).toMatchObject({ codec: 'PCMA', payloadType: 8 });
  const neither = without0.replace('9 8', '9').replace('a=rtpmap:8 PCMA/8000\r\n', '');
  expect(() => negotiate(neither)).toThrow(expect.objectContaining({ code: 'media/no-codec' }));
});

test('a phone without telephone-event can still talk', () => {
  const offer = captured('invite').replace(/a=rtpmap:1(10|26) telephone-event.*\r\n/g, '');
  expect(negotiate(offer).format.eventPayloadType).toBeUndefined();
});

test.each([
  ['', 'nothing'],
  ['v=1\r\n', 'another version'],
  ['v=0\r\nm=video 9 RTP/AVP 96\r\n', 'no audio'],
  ['v=0\r\nm=audio 0 RTP/AVP 0\r\n', 'audio that is refused'],
  ['v=0\r\nm=audio 9 RTP/AVP 0\r\n', 'no ICE'],
  ['v=0\r\nm=audio x\r\n', 'a broken section'],
])('%j is refused: %s', (text) =>
  expect(() => negotiate(text)).toThrow(expect.objectContaining({ code: 'media/bad-sdp' })),
);

test('attributes of the session hold for its sections; a section’s own go first', () => {
  const sdp = parseSdp(
    'v=0\r\na=ice-ufrag:u\r\na=ice-pwd:p\r\na=sendonly\r\nm=audio 9 RTP/AVP 0 8\r\nm=audio 9 RTP/AVP 0\r\na=inactive\r\na=ice-ufrag:own\r\n',
  );
  expect(sdp?.media.map(({ direction, ice }) => [direction, ice?.ufrag])).toEqual([
    ['sendonly', 'u'],
    ['inactive', 'own'],
  ]);
});

test('[3264 6] an answer has a section for each of the offer, in order, all but the first audio refused', () => {
  const offer = `${captured('invite')}m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:1\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n`;
  const agreed = negotiate(offer);
  const lines = formatSdp({ sessionId: 1, version: 2 }, local, agreed).split('\r\n');
  expect(lines.filter((line) => line.startsWith('m='))).toEqual([
    'm=audio 40000 UDP/TLS/RTP/SAVPF 0 126',
    'm=video 0 UDP/TLS/RTP/SAVPF 96 97',
    'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
  ]);
  expect(lines).toContain('a=group:BUNDLE 0');
  expect(lines).toContain('a=ice-lite');
});

test('an answer says what a browser needs, and reads back', () => {
  const text = formatSdp({ sessionId: 1, version: 2 }, local, negotiate(captured('invite')));
  for (const line of [
    'o=- 1 2 IN IP4 127.0.0.1',
    'a=recvonly',
    'a=rtcp-mux',
    'a=setup:passive',
    'a=rtpmap:126 telephone-event/8000',
    'a=candidate:1 1 udp 2130706431 127.0.0.1 40000 typ host',
    'a=end-of-candidates',
    'a=ssrc:42 cname:dialtree',
  ]) {
    expect(text.split('\r\n')).toContain(line);
  }
  expect(parseSdp(text)?.media[0]).toMatchObject({
    port: 40_000,
    direction: 'recvonly',
    setup: 'passive',
    ice: { lite: true },
  });
});
