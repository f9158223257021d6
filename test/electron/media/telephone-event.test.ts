import { beforeEach, describe, expect, test } from 'vitest';
import {
  DtmfReceiver,
  digitOf,
  digitOfInfo,
  eventCodeOf,
  parseTelephoneEvent,
  serialiseTelephoneEvent,
} from '../../../electron/media/telephone-event.ts';

let digits: string;
let receiver: DtmfReceiver;
beforeEach(() => {
  digits = '';
  receiver = new DtmfReceiver((digit) => {
    digits += digit;
  });
});

function send(
  code: number,
  timestamp: number,
  options: { end?: boolean; ssrc?: number; duration?: number } = {},
): void {
  const { end = false, ssrc = 1, duration = 160 } = options;
  const payload = serialiseTelephoneEvent({ code, end, volume: 10, durationSamples: duration });
  receiver.receive({ payloadType: 101, marker: false, sequence: 0, timestamp, ssrc, payload });
}

test('a payload has the layout of RFC 4733 2.3', () => {
  const bytes = serialiseTelephoneEvent({ code: 11, end: true, volume: 10, durationSamples: 800 });
  expect(Buffer.from(bytes).toString('hex')).toBe('0b8a0320');
  expect(parseTelephoneEvent(bytes)).toEqual({ code: 11, end: true, volume: 10, durationSamples: 800 });
  expect(parseTelephoneEvent(Uint8Array.of(1, 2, 3))).toBeUndefined();
});

describe('[4733 2.5.1.2] one press is one digit', () => {
  test('told by its first packet, repeated ends and all', () => {
    send(5, 1000);
    expect(digits).toBe('5');
    for (let i = 2; i <= 5; i++) send(5, 1000, { duration: 160 * i });
    for (let i = 0; i < 3; i++) send(5, 1000, { end: true, duration: 800 });
    expect(digits).toBe('5');
  });

  test('the same key again is another press', () => {
    send(5, 1000);
    send(5, 3000);
    expect(digits).toBe('55');
  });

  test('a press whose beginning is lost still counts, by any of its packets', () => {
    send(5, 1000, { end: true, duration: 800 });
    expect(digits).toBe('5');
  });

  test('a late packet of an earlier press is no press', () => {
    send(1, 1000);
    send(2, 3000);
    send(1, 1000, { end: true });
    expect(digits).toBe('12');
  });

  test('timestamps may wrap', () => {
    send(1, 0xffffff00);
    send(2, 0x00000100);
    expect(digits).toBe('12');
  });

  test('another source starts over', () => {
    send(1, 9000);
    send(2, 10, { ssrc: 2 });
    expect(digits).toBe('12');
  });

  test('A–D, flash and short packets are no keys', () => {
    for (const code of [12, 15, 16, 255]) send(code, 1000 * code);
    receiver.receive({
      payloadType: 101,
      marker: false,
      sequence: 0,
      timestamp: 1,
      ssrc: 9,
      payload: Uint8Array.of(1),
    });
    expect(digits).toBe('');
  });
});

test('codes and digits', () => {
  expect([...'0123456789*#'].map((digit) => eventCodeOf(digit as '0'))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect([digitOf(10), digitOf('10'), digitOf('11'), digitOf('*'), digitOf('A'), digitOf('')]).toEqual([
    '*',
    '*',
    '#',
    '*',
    undefined,
    undefined,
  ]);
});

test.each([
  ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5'],
  ['application/dtmf-relay', 'Duration = 160\r\n signal = # ', '#'],
  ['application/dtmf-relay', 'Signal=10\n', '*'],
  ['application/dtmf-relay', 'Duration=1', undefined],
  ['application/dtmf-relay', 'Signal=!', undefined],
  ['application/dtmf', '7', '7'],
  ['application/dtmf', ' * \r\n', '*'],
  ['text/plain', '7', undefined],
])('INFO %s %j is %s', (type, body, digit) => expect(digitOfInfo(type, body)).toBe(digit));
