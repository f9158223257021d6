import { describe, expect, test } from 'vitest';
import { formatParams, parseParams, quote, splitOutside, unquote } from '../../../electron/sip/grammar.ts';
import { formatNameAddr, parseNameAddr } from '../../../electron/sip/name-addr.ts';
import { formatSipUri, parseSipUri } from '../../../electron/sip/uri.ts';

describe('lists and parameters', () => {
  test('commas and semicolons inside quotes and brackets separate nothing', () => {
    expect(splitOutside('"a, \\"b" <sip:c,d@e>, <sip:f>', ',')).toEqual(['"a, \\"b" <sip:c,d@e>', '<sip:f>']);
    expect(splitOutside('a;b', ',')).toEqual(['a;b']);
  });

  test('parameters are read without regard to case, values unquoted', () => {
    const params = parseParams('TAG=1;lr ; q = 0.5;x="a;b"');
    expect(Object.fromEntries(params ?? [])).toEqual({ tag: '1', lr: '', q: '0.5', x: 'a;b' });
    expect(parseParams('a b=1')).toBeUndefined();
  });

  test('what is no token is quoted when written', () => {
    expect(
      formatParams(
        new Map([
          ['a', ''],
          ['b', 'x y'],
          ['received', '::1'],
        ]),
      ),
    ).toBe(';a;b="x y";received=::1');
  });

  test('quoting takes control characters out and survives a round trip', () => {
    expect(quote('a\r\nb')).toBe('"a b"');
    expect(unquote(quote('say "hi" \\ ok'))).toBe('say "hi" \\ ok');
  });
});

describe('name-addr', () => {
  test.each([
    ['"A. G. Bell" <sip:agb@bell-telephone.com>;tag=a48s', 'A. G. Bell', 'sip:agb@bell-telephone.com', { tag: 'a48s' }],
    ['sip:+12125551212@server.phone2net.com;tag=887s', '', 'sip:+12125551212@server.phone2net.com', { tag: '887s' }],
    ['Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8', 'Anonymous', 'sip:c8oqz84zk7z@privacy.org', { tag: 'hyh8' }],
    ['"<evil>" <sip:a@b>', '<evil>', 'sip:a@b', {}],
    ['Żółw <sip:a@b>', 'Żółw', 'sip:a@b', {}],
    ['"Joe \\"Cool\\"" <sip:a@b;x=1>;y', 'Joe "Cool"', 'sip:a@b;x=1', { y: '' }],
  ])('%s', (text, displayName, uri, params) => {
    const parsed = parseNameAddr(text);
    expect(parsed).toMatchObject({ displayName, uri });
    expect(Object.fromEntries(parsed?.params ?? [])).toEqual(params);
  });

  test.each([
    '"Mr. <sip:a@b>',
    'Bell, Alexander <sip:a@b>',
    '<sip:a@b',
    '"x" y <sip:a@b>',
    'nonsense',
    '<sip:a b@c>',
    '',
  ])('refuses %s', (text) => expect(parseNameAddr(text)).toBeUndefined());

  test('a display name cannot break out of its quotes', () => {
    const text = formatNameAddr({ displayName: 'x" <sip:evil@e>\r\nEvil: 1', uri: 'sip:a@b' });
    expect(text).toBe('"x\\" <sip:evil@e> Evil: 1" <sip:a@b>');
    expect(parseNameAddr(text)?.uri).toBe('sip:a@b');
  });
});

describe('SIP URIs', () => {
  test.each([
    ['sip:100@dialtree.test', { user: '100', host: 'dialtree.test', port: undefined }],
    ['SIP:Alice@Atlanta.COM:5061;transport=ws', { user: 'Alice', host: 'atlanta.com', port: 5061 }],
    ['sips:[2001:db8::1]:5070', { scheme: 'sips', user: '', host: '[2001:db8::1]', port: 5070 }],
    ['sip:j%40e:pw@h', { user: 'j@e', host: 'h' }],
    [
      'sip:sip%3Auser%40example.com@company.com;other-param=summit',
      { user: 'sip:user@example.com', host: 'company.com' },
    ],
    // RFC 4475 3.1.1.9: a semicolon in the user part.
    ['sip:user;par=u%40example.net@example.com', { user: 'user;par=u@example.net', host: 'example.com' }],
    ['sip:a@h?subject=x', { user: 'a', host: 'h' }],
  ])('%s', (text, expected) => expect(parseSipUri(text)).toMatchObject(expected));

  test.each([
    'sip:',
    'sip:a@',
    'sip:a@h:99999',
    'sip:a@h:1x',
    'tel:+48',
    'sip:a b@h',
    'sip:<a@h>',
    'sip:a@-h',
    'http://h',
  ])('refuses %s', (text) => expect(parseSipUri(text)).toBeUndefined());

  test('a user part is escaped and comes back', () => {
    for (const user of ['+48123456789', 'flow.main', '*1#', 'a@b;c', 'Zażółć', '"<>']) {
      const text = formatSipUri({ user, host: 'h' });
      expect(text).not.toMatch(/[<>"\s]/);
      expect(parseSipUri(text)?.user).toBe(user);
    }
  });
});
