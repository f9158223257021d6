import { expect, test } from 'vitest';
import { parseRtp, serialiseRtp, timestampDelta } from '../../../electron/media/rtp.ts';

const packet = {
  payloadType: 101,
  marker: true,
  sequence: 0xfffe,
  timestamp: 0xdeadbeef,
  ssrc: 0x12345678,
  payload: Buffer.from('abc'),
};

test('a packet has the layout of RFC 3550 5.1', () => {
  expect(serialiseRtp(packet).toString('hex')).toBe('80e5fffedeadbeef12345678616263');
  expect(parseRtp(serialiseRtp(packet))).toEqual(packet);
});

test('CSRCs, an extension and padding are skipped', () => {
  const bytes = Buffer.from(
    'b2e5fffedeadbeef12345678' + '0000000100000002' + 'bede000110aa0000' + '616263' + '000003',
    'hex',
  );
  expect(parseRtp(bytes)?.payload.toString()).toBe('abc');
});

test.each([
  '',
  '80',
  '00e5fffedeadbeef12345678',
  '8fe5fffedeadbeef12345678',
  '90e5fffedeadbeef12345678',
  '90e5fffedeadbeef12345678bede00ff',
  'a0e5fffedeadbeef1234567800',
  'a0e5fffedeadbeef12345678ff',
])('refuses %s', (hex) => expect(parseRtp(Buffer.from(hex, 'hex'))).toBeUndefined());

test('timestamps compare modulo 2**32', () => {
  expect(timestampDelta(0xffffff00, 0x100)).toBe(512);
  expect(timestampDelta(0x100, 0xffffff00)).toBe(-512);
});
