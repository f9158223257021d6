import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRtcp, parseRtcp, serialiseRtcp } from '../../../../electron/media/rtcp/rtcp-packet.ts';

/** Captured from ffmpeg, 4.99 s into a call. */
const FFMPEG = '80c800061d12a5feeeaee29db70a3d70e9255875000000280000a000';
/** Captured from baresip: sender report with a block, and its name. */
const BARESIP =
  '81c8000c95d8e662eeaee2bde3cf91a30001bd00000001f400013880e1a951950000000000001f8d00000005e2ba5cec000386a7' +
  '81ca000895d8e66201177369703a313032403132372e302e302e313a3532313633000000';
/** Captured from baresip: an application's packet, alone. */
const BARESIP_APP = '80cc000395d8e66250494e47504f4e47';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

test('a sender report of ffmpeg', () => {
  expect(parseRtcp(bytes(FFMPEG))).toEqual([
    {
      kind: 'sender-report',
      ssrc: 0x1d12a5fe,
      ntpSeconds: 0xeeaee29d,
      ntpFraction: 0xb70a3d70,
      rtpTimestamp: 0xe9255875,
      packets: 40,
      octets: 40_960,
      blocks: [],
    },
  ]);
});

test('a compound packet of baresip; written again it is the same', () => {
  const packets = parseRtcp(bytes(BARESIP));
  expect(packets).toEqual([
    {
      kind: 'sender-report',
      ssrc: 0x95d8e662,
      ntpSeconds: 0xeeaee2bd,
      ntpFraction: 0xe3cf91a3,
      rtpTimestamp: 113_920,
      packets: 500,
      octets: 80_000,
      blocks: [
        {
          ssrc: 0xe1a95195,
          fractionLost: 0,
          totalLost: 0,
          highestSequence: 0x1f8d,
          jitter: 5,
          lastReport: 0xe2ba5cec,
          delaySinceLastReport: 0x386a7,
        },
      ],
    },
    { kind: 'description', ssrc: 0x95d8e662, cname: 'sip:102@127.0.0.1:52163' },
  ]);
  expect(serialiseRtcp(packets ?? []).toString('hex')).toBe(BARESIP);
});

test('a goodbye, and a receiver report with a loss below zero', () => {
  const block = {
    ssrc: 9,
    fractionLost: 255,
    totalLost: -3,
    highestSequence: 0x10005,
    jitter: 160,
    lastReport: 0,
    delaySinceLastReport: 0,
  };
  const packets = [
    { kind: 'receiver-report', ssrc: 7, blocks: [block] },
    { kind: 'bye', ssrcs: [7, 8] },
  ] as const;
  expect(parseRtcp(serialiseRtcp(packets))).toEqual(packets);
});

test('names of every length end at a word with a zero', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 80 }), (cname) => {
      const report = { kind: 'receiver-report', ssrc: 1, blocks: [] } as const;
      const wire = serialiseRtcp([report, { kind: 'description', ssrc: 1, cname }]);
      expect(wire.length % 4).toBe(0);
      expect(wire.at(-1)).toBe(0);
      expect(parseRtcp(wire)?.[1]).toEqual({ kind: 'description', ssrc: 1, cname });
    }),
  );
});

describe('[RC7] what is no RTCP', () => {
  test.each([
    ['an application’s packet without a report before', BARESIP_APP],
    ['another version', FFMPEG.replace(/^80/, '40')],
    ['a length beyond the end', FFMPEG.replace('80c80006', '80c80007')],
    ['rests of a word', `${FFMPEG}00`],
    ['fewer blocks than it says', FFMPEG.replace(/^80/, '81')],
    ['padding in the first packet', FFMPEG.replace(/^80/, 'a0')],
    ['nothing', ''],
  ])('%s', (_what, hex) => {
    expect(parseRtcp(bytes(hex))).toBeUndefined();
  });

  test('any bytes are read without an error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => void parseRtcp(Buffer.from(any))));
    const head = fc.constantFrom(...['81c8000c', '80c90001', '81ca0008', '9fcb0000'].map(bytes));
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 80 }), (first, any) => void parseRtcp(Buffer.concat([first, any]))),
    );
  });
});

test('RTCP is known among RTP by its second byte (RFC 5761 4)', () => {
  expect([FFMPEG, BARESIP, BARESIP_APP].every((hex) => isRtcp(bytes(hex)))).toBe(true);
  expect(isRtcp(bytes('80000fd8e924b82d1d12a5fe'))).toBe(false);
  expect(isRtcp(bytes('80e50fd8e924b82d1d12a5fe'))).toBe(false);
});
