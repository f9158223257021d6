import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallerContext, decodeCallerContext, encodeCallerContext } from '../../../shared/bridge/caller-context.ts';

const decode = (headers: Readonly<Record<string, string>>) => decodeCallerContext((name) => headers[name]);

describe('caller context headers', () => {
  it('keep a name apart from the digits, whatever the name is', () => {
    const context: CallerContext = { callId: 'c', queue: null, waitedMs: 0, path: [{ node: 'a~b;~', digits: '1' }] };
    expect(decode(encodeCallerContext(context))).toEqual(context);
  });

  it('come back as they were, whatever names and digits hold', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const context = fc.record(
      {
        callId: text,
        queue: fc.option(text),
        waitedMs: fc.nat(),
        path: fc.array(fc.record({ node: text, digits: fc.stringMatching(/^[0-9*#]{0,6}$/) }), { maxLength: 3 }),
        language: fc.constantFrom('pl', 'en-GB'),
        callback: fc.constant(true as const),
      },
      { requiredKeys: ['callId', 'queue', 'waitedMs', 'path'] },
    );
    fc.assert(
      fc.property(context, (given: CallerContext) => {
        expect(decode(encodeCallerContext(given))).toEqual(given);
      }),
    );
  });

  it('are safe in a SIP message: printable ASCII, nothing that ends a header', () => {
    const headers = encodeCallerContext({
      callId: 'a\r\nVia: evil',
      queue: 'Sprzedaż ☎',
      waitedMs: 1.5,
      path: [{ node: 'Menu;~\r\n', digits: '#' }],
    });
    for (const value of Object.values(headers)) expect(value).toMatch(/^[\x21-\x7e]*$/);
  });

  it('cut a long way at its beginning', () => {
    const path = Array.from({ length: 200 }, (_, i) => ({ node: `Node number ${i}`, digits: '1' }));
    const headers = encodeCallerContext({ callId: 'x', queue: null, waitedMs: 0, path });
    expect(headers['X-Dialtree-Path']!.length).toBeLessThanOrEqual(1000);
    expect(decode(headers)?.path.at(-1)).toEqual({ node: 'Node number 199', digits: '1' });
  });

  it('are null without a call, and never throw on garbage', () => {
    expect(decode({})).toBeNull();
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (call, path, waited) => {
        decode({ 'X-Dialtree-Call': call, 'X-Dialtree-Path': path, 'X-Dialtree-Waited-Ms': waited });
      }),
    );
  });
});
