import { describe, expect, test } from 'vitest';
import {
  digestResponse,
  digestSecret,
  formatChallenge,
  isDigestRight,
  parseDigestAnswer,
  parseDigestFields,
} from '../../../electron/sip/digest.ts';

/** RFC 7616 3.9.1. */
const MUFASA = {
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  uri: '/dir/index.html',
  qop: 'auth',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  nc: '00000001',
} as const;
const secret = digestSecret('Mufasa', 'http-auth@example.org', 'Circle of Life');
const MD5 = '8ca523f5e9506fed4657c9700eebdbec';
const SHA256 = '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1';

describe('[7616 3.9.1] vectors', () => {
  test('MD5', () => expect(digestResponse(secret.md5Ha1, 'GET', { ...MUFASA, algorithm: 'MD5' })).toBe(MD5));
  test('SHA-256', () =>
    expect(digestResponse(secret.sha256Ha1, 'GET', { ...MUFASA, algorithm: 'SHA-256' })).toBe(SHA256));
});

test('[2617 3.2.2.1] without qop the answer is H(HA1:nonce:HA2)', () => {
  // RFC 2617 3.5 with qop left out, computed after the formula.
  const old = digestSecret('Mufasa', 'testrealm@host.com', 'Circle Of Life');
  const answer = { algorithm: 'MD5', nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093', uri: '/dir/index.html' } as const;
  expect(digestResponse(old.md5Ha1, 'GET', { ...answer, qop: undefined, cnonce: '', nc: '' })).toBe(
    '670fd8c2df070c60b045671b8b24ff02',
  );
});

const header = (algorithm: string, response: string) =>
  `Digest username="Mufasa", realm="http-auth@example.org", uri="${MUFASA.uri}", algorithm=${algorithm}, ` +
  `nonce="${MUFASA.nonce}", nc=${MUFASA.nc}, cnonce="${MUFASA.cnonce}", qop=auth, response="${response}"`;

test('a right answer is right, any other is wrong', () => {
  for (const [algorithm, response] of [
    ['MD5', MD5],
    ['SHA-256', SHA256],
  ] as const) {
    const answer = parseDigestAnswer(header(algorithm, response));
    if (answer === undefined) throw new Error('not parsed');
    expect(isDigestRight(secret, 'GET', answer)).toBe(true);
    expect(isDigestRight(secret, 'POST', answer)).toBe(false);
    expect(isDigestRight(secret, 'GET', { ...answer, response: 'ab' })).toBe(false);
    expect(isDigestRight(digestSecret('Mufasa', 'x', 'y'), 'GET', answer)).toBe(false);
  }
});

test.each([
  'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
  'Digest nonsense',
  'Digest username="a", username="b"',
  header('SHA-512', 'x'),
  header('MD5', MD5).replace('qop=auth', 'qop=auth-int'),
  header('MD5', MD5).replace('nc=00000001', 'nc=zz'),
  header('MD5', MD5).replace('username="Mufasa"', 'username=""'),
])('refuses %s', (text) => expect(parseDigestAnswer(text)).toBeUndefined());

test('a challenge reads back, quotes in the realm too', () => {
  const fields = parseDigestFields(formatChallenge('my "realm"', 'n', 'SHA-256', true));
  expect(Object.fromEntries(fields ?? [])).toEqual({
    realm: 'my "realm"',
    nonce: 'n',
    algorithm: 'SHA-256',
    qop: 'auth',
    stale: 'true',
  });
});
