import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SipRequest, SipResponse } from '../../../electron/sip/message.ts';
import { MAX_MESSAGE_BYTES, parseMessage } from '../../../electron/sip/parse.ts';
import { createResponse } from '../../../electron/sip/responses.ts';
import { serialise } from '../../../electron/sip/serialise.ts';
import { requestText } from '../../support/sip/messages.ts';

const FIXTURES = new URL('../../fixtures/jssip/', import.meta.url);

function parsedRequest(text: string): SipRequest {
  const result = parseMessage(text);
  if (!result.ok || !(result.message instanceof SipRequest)) throw new Error(JSON.stringify(result));
  return result.message;
}

describe('messages captured from JsSIP 3.13 in Chromium', () => {
  const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.sip'));

  test.each(files)('%s parses, and survives being written and parsed again', (name) => {
    const result = parseMessage(readFileSync(new URL(name, FIXTURES), 'utf8'));
    if (!result.ok) throw new Error(result.reason);
    const again = parseMessage(serialise(result.message));
    if (!again.ok) throw new Error(again.reason);
    expect([...again.message.headers.entries()].filter(([header]) => header !== 'Content-Length')).toEqual(
      [...result.message.headers.entries()].filter(([header]) => header !== 'Content-Length'),
    );
    expect(again.message.body).toBe(result.message.body);
  });

  test('the INVITE is read as it is meant', () => {
    const invite = parsedRequest(readFileSync(new URL('invite.sip', FIXTURES), 'utf8'));
    expect(invite).toMatchObject({
      method: 'INVITE',
      uri: 'sip:flow.main@dialtree.test',
      contentType: 'application/sdp',
    });
    expect(invite.from).toMatchObject({ displayName: '+48 123 456 789', uri: 'sip:tester@dialtree.test' });
    expect(invite.cseq.method).toBe('INVITE');
    expect(invite.via.transport).toBe('WS');
    expect(invite.body.startsWith('v=0\r\n')).toBe(true);
  });
});

describe('what RFC 3261 lets through', () => {
  test('[4475 3.1.1.1] folding, compact names, odd case and blanks around colons', () => {
    const text = [
      'INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0',
      'TO :',
      ' sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n',
      'f: "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>',
      '  ;',
      '  tag = 98asjd8',
      'MaX-fOrWaRdS: 0068',
      'Call-ID: wsinv.ndaksdj@192.0.2.1',
      'l   : 0',
      'cseq: 0009',
      '  INVITE',
      'v:  SIP  / 2.0',
      ' /TCP    spindle.example.com   ;',
      '  branch  =   z9hG4bK9ikj8  ,',
      ' SIP  /    2.0   / UDP  192.168.255.111   ; branch= z9hG4bK30239',
      'NewFangledHeader:   newfangled value',
      ' continued newfangled value',
      'm:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =',
      '      newvalue ;',
      '  secondparam ; q = 0.33',
      '',
      '',
    ].join('\r\n');
    const request = parsedRequest(text);
    expect(request.toTag).toBe('1918181833n');
    expect(request.from.displayName).toBe('J Rosenberg \\"');
    expect(request.fromTag).toBe('98asjd8');
    expect(request.cseq).toEqual({ number: 9, method: 'INVITE' });
    expect(request.via).toMatchObject({ transport: 'TCP', sentBy: 'spindle.example.com' });
    expect(request.via.params.get('branch')).toBe('z9hG4bK9ikj8');
    expect(request.headers.list('Via')).toHaveLength(2);
    expect(request.headers.get('newfangledheader')).toBe('newfangled value continued newfangled value');
  });

  test('[4475 3.1.1.2] any token is a method and a header name', () => {
    const method = "!interesting-Method0123456789_*+`.%indeed'~";
    const request = parsedRequest(requestText({ method, headers: ["extensionHeader-!.%*+_`'~:value"] }));
    expect(request.method).toBe(method);
    expect(request.headers.get("extensionHeader-!.%*+_`'~")).toBe('value');
  });

  test('[3261 7.5] empty lines before the start line, and bare line feeds', () => {
    expect(parseMessage(`\r\n\r\n${requestText()}`).ok).toBe(true);
    expect(parsedRequest(requestText({ body: 'x' }).replaceAll('\r\n', '\n')).body).toBe('x');
  });

  test('[3261 18.3] what is longer than Content-Length says is cut off, in bytes', () => {
    expect(parsedRequest(`${requestText({ body: 'żółw' })}INVITE sip:x SIP/2.0`).body).toBe('żółw');
    expect(parsedRequest(requestText({ body: 'abc' }).replace(/Content-Length: .*\r\n/, '')).body).toBe('abc');
  });

  test('[4475 3.1.1.11] reason phrases may hold anything, and be missing', () => {
    const head = requestText().split('\r\n').slice(1).join('\r\n');
    for (const [line, reason] of [
      ['SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять', '= 2**3 * 5**2 но сто девяносто девять'],
      ['SIP/2.0 100 ', ''],
      ['SIP/2.0 100', ''],
    ] as const) {
      const result = parseMessage(`${line}\r\n${head}`);
      expect(result.ok && result.message instanceof SipResponse && result.message.reason).toBe(reason);
    }
  });

  test('[4475 3.1.1.8] unknown schemes and transports are well-formed', () => {
    expect(parsedRequest(requestText({ uri: 'soap.beep://192.0.2.103:3002', to: 'sip:a@b' })).uri).toContain('soap');
    expect(parsedRequest(requestText().replace('SIP/2.0/WS', 'SIP/2.0/UNKNOWN')).via.transport).toBe('UNKNOWN');
  });
});

describe('what is malformed is answered, never thrown', () => {
  test.each<[string, string, number]>([
    [
      '[4475 3.1.2.1] extra separators',
      requestText().replace('Via: SIP/2.0/WS phone.invalid;', 'Via: SIP/2.0/WS phone.invalid;;,;,,'),
      400,
    ],
    ['[4475 3.1.2.2] Content-Length larger than the message', requestText().replace('Length: 0', 'Length: 9999'), 400],
    ['[4475 3.1.2.3] negative Content-Length', requestText().replace('Length: 0', 'Length: -999'), 400],
    ['[4475 3.1.2.4] CSeq out of range', requestText().replace('CSeq: 1 ', 'CSeq: 36893488147419103232 '), 400],
    ['[4475 3.1.2.6] unterminated quote', requestText({ fromName: '"Mr' }), 400],
    [
      '[4475 3.1.2.7] brackets around the Request-URI',
      requestText({ uri: '<sip:user@example.com>', to: 'sip:a@b' }),
      400,
    ],
    ['[4475 3.1.2.8] blanks in the Request-URI', requestText({ uri: 'sip:user@example.com; lr', to: 'sip:a@b' }), 400],
    ['[4475 3.1.2.9] more than one blank in the start line', requestText().replace('OPTIONS sip', 'OPTIONS  sip'), 400],
    ['[4475 3.1.2.16] unknown protocol version', requestText().replace('SIP/2.0\r\n', 'SIP/7.0\r\n'), 505],
    ['[4475 3.1.2.17] methods that do not match', requestText().replace('CSeq: 1 OPTIONS', 'CSeq: 1 INVITE'), 400],
    ['[4475 3.3.1] missing required headers', requestText().replace(/Call-ID.*\r\n/, ''), 400],
    ['[4475 3.3.8] several values where one may be', requestText({ headers: ['Call-ID: other'] }), 400],
    ['[4475 3.3.9] several Content-Lengths', requestText({ headers: ['Content-Length: 5'] }), 400],
    ['a header line without a colon', requestText({ headers: ['nonsense'] }), 400],
    ['Max-Forwards beyond 255', requestText().replace('Max-Forwards: 70', 'Max-Forwards: 300'), 400],
    ['a huge message', requestText({ body: 'x'.repeat(MAX_MESSAGE_BYTES) }), 513],
  ])('%s', (_name, text, status) => {
    const result = parseMessage(text);
    expect(result).toMatchObject({ ok: false, status });
    if (!result.ok && result.request !== null) {
      // The answer itself is well-formed or at least can be written.
      expect(serialise(createResponse(result.request, status, { toTag: 't' }))).toContain(`SIP/2.0 ${status} `);
    }
  });

  test.each([
    '',
    'x',
    '\0\0\0',
    'SIP/2.0 4294967301 better not break the receiver\r\n\r\n',
    'SIP/2.0 abc\r\n\r\n',
    '{"json":1}',
  ])('garbage %j', (text) => expect(parseMessage(text).ok).toBe(false));

  test('any mutation of a real message parses or is refused', () => {
    const invite = readFileSync(new URL('invite.sip', FIXTURES), 'utf8');
    fc.assert(
      fc.property(
        fc.nat(invite.length - 1),
        fc.nat(12),
        fc.oneof(fc.string(), fc.constantFrom('\r\n', '"', '<', '>', ';', ',', '\\', '=', ' ', ':')),
        (at, length, text) => {
          const result = parseMessage(invite.slice(0, at) + text + invite.slice(at + length));
          if (result.ok) void serialise(result.message);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('line breaks in values cannot add headers', () => {
  const request = parsedRequest(requestText());
  request.headers.append('X-Dialtree-Path', 'a\r\nEvil: 1');
  const again = parsedRequest(serialise(request));
  expect(again.headers.has('Evil')).toBe(false);
});

test('a message of a browser parses in well under a millisecond', () => {
  const invite = readFileSync(new URL('invite.sip', FIXTURES), 'utf8');
  for (let i = 0; i < 200; i++) parseMessage(invite);
  const startMs = performance.now();
  for (let i = 0; i < 500; i++) parseMessage(invite);
  expect((performance.now() - startMs) / 500).toBeLessThan(0.5);
});
