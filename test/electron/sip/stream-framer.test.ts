import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../../../electron/sip/parse.ts';
import { StreamFramer } from '../../../electron/sip/stream-framer.ts';
import { requestText } from '../../support/sip/messages.ts';

const push = (framer: StreamFramer, text: string) => framer.push(Buffer.from(text));
const texts = (framer: StreamFramer, text: string) =>
  push(framer, text).map((item) => (item.kind === 'message' ? item.text : item.kind));

const ONE = requestText({ body: 'żółć' });
const TWO = requestText({ method: 'BYE', callId: 'other' });

test('[3261 18.3] messages are cut by Content-Length, which counts bytes', () => {
  expect(texts(new StreamFramer(), ONE + TWO + ONE)).toEqual([ONE, TWO, ONE]);
});

test('however the bytes come, the messages are the same', () => {
  const all = Buffer.from(`\r\n\r\n${ONE}\r\n${TWO}\r\n\r\n${TWO}`);
  const whole = new StreamFramer().push(all);
  expect(whole.map(({ kind }) => kind)).toEqual(['keep-alive', 'message', 'message', 'keep-alive', 'message']);
  const cuts = fc.array(fc.nat({ max: all.length }), { maxLength: 12 });
  fc.assert(
    fc.property(cuts, (at) => {
      const framer = new StreamFramer();
      const places = [0, ...at.sort((a, b) => a - b), all.length];
      const items = places.slice(1).flatMap((to, index) => framer.push(all.subarray(places[index], to)));
      expect(items).toEqual(whole);
      expect(framer.isWaiting).toBe(false);
    }),
  );
});

describe('[5626 4.4.1] keep-alives', () => {
  test('a double CRLF between messages is one, a half waits for the other', () => {
    const framer = new StreamFramer();
    expect(texts(framer, '\r\n')).toEqual([]);
    expect(texts(framer, '\r\n')).toEqual(['keep-alive']);
  });

  test('[3261 7.5] a single CRLF before a message means nothing', () => {
    expect(texts(new StreamFramer(), `\r\n${TWO}`)).toEqual([TWO]);
  });
});

describe('a stream in which no message can be found', () => {
  test.each([
    ['without Content-Length', TWO.replace(/Content-Length.*\r\n/, ''), 'No Content-Length'],
    ['with a negative one', TWO.replace('Content-Length: 0', 'Content-Length: -1'), 'Bad Content-Length'],
    ['with two of them', TWO.replace('Content-Length: 0', 'Content-Length: 0\r\nl: 5'), 'Bad Content-Length'],
    ['with a huge body', TWO.replace('Content-Length: 0', `l: ${MAX_MESSAGE_BYTES}`), 'Message too large'],
    ['with a head without end', 'x'.repeat(20_000), 'Header too large'],
  ])('%s', (_what, text, why) => {
    const framer = new StreamFramer();
    expect(push(framer, text)).toMatchObject([{ kind: 'broken', why }]);
    expect([push(framer, TWO), framer.isWaiting]).toEqual([[], false]);
  });

  test('garbage of any kind never throws and never grows without bound', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 }), (parts) => {
        const framer = new StreamFramer();
        for (const part of parts) framer.push(Buffer.from(part));
      }),
    );
  });
});
