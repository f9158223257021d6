import { describe, expect, test } from 'vitest';
import { Authenticator } from '../../../electron/sip/authenticator.ts';
import { digestSecret, parseDigestFields } from '../../../electron/sip/digest.ts';
import { DigestClient } from '../../../electron/sip/digest-client.ts';
import { SipRequest } from '../../../electron/sip/message.ts';
import { createResponse } from '../../../electron/sip/responses.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { silentLogger } from '../../../shared/lib/logger.ts';
import { type RequestSketch, request } from '../../support/sip/messages.ts';

/** RFC 7616 3.9.1: challenges of both algorithms, and the client nonce of its answers. */
const NONCE = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
const OPAQUE = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
const offer = (algorithm: string, more = '') =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${NONCE}", opaque="${OPAQUE}"${more}`;
/** The vectors are of HTTP, whose request target no SIP parser takes. */
function get(sketch: RequestSketch = {}): SipRequest {
  const { headers, body } = request({ method: 'GET', cseq: 7, ...sketch });
  return new SipRequest('GET', '/dir/index.html', headers, body);
}

const mufasa = (password = 'Circle of Life', cnonce = CNONCE) => new DigestClient('Mufasa', password, () => cnonce);

function challenged(message: SipRequest, challenges: readonly string[], status = 401) {
  const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  return createResponse(message, status, { headers: challenges.map((value) => [name, value] as const) });
}

function fieldsOf(message: SipRequest | undefined, header = 'Authorization'): Record<string, string> {
  return Object.fromEntries(parseDigestFields(message?.headers.get(header) ?? '') ?? []);
}

describe('[7616 3.9.1] vectors', () => {
  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('%s', (algorithm, response) => {
    const first = get();
    expect(fieldsOf(mufasa().answer(first, challenged(first, [offer(algorithm)])))).toEqual({
      username: 'Mufasa',
      realm: 'http-auth@example.org',
      uri: '/dir/index.html',
      algorithm,
      nonce: NONCE,
      nc: '00000001',
      cnonce: CNONCE,
      qop: 'auth',
      opaque: OPAQUE,
      response,
    });
  });
});

test('[2617 3.5] a server that names no algorithm gets MD5, and no algorithm back', () => {
  const first = get();
  const old = 'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
  const fields = fieldsOf(mufasa('Circle Of Life', '0a4f113b').answer(first, challenged(first, [old])));
  expect(fields.response).toBe('6629fae49393a05397450978507c4ef1');
  expect(fields).not.toHaveProperty('algorithm');
});

test('[2617 3.2.2.1] without qop there is neither nc nor cnonce', () => {
  const first = get();
  const old = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
  const fields = fieldsOf(mufasa('Circle Of Life').answer(first, challenged(first, [old])));
  expect(fields).toMatchObject({ response: '670fd8c2df070c60b045671b8b24ff02' });
  for (const absent of ['qop', 'nc', 'cnonce']) expect(fields).not.toHaveProperty(absent);
});

test('[8760 2.4] SHA-256 is preferred to MD5, in whatever order they come; unknown ones do not matter', () => {
  const first = get();
  const offers = [offer('SHA-512-256'), offer('MD5'), 'Basic realm="x"', offer('SHA-256')];
  expect(fieldsOf(mufasa().answer(first, challenged(first, offers))).algorithm).toBe('SHA-256');
});

test.each([['Basic realm="x"'], [offer('SHA-512-256')], [offer('MD5').replace('auth, auth-int', 'auth-int')], ['']])(
  'what cannot be answered is not: %s',
  (challenge) => {
    const first = get();
    expect(mufasa().answer(first, challenged(first, [challenge]))).toBeUndefined();
  },
);

test('a 403 is no challenge', () => {
  const first = get();
  expect(mufasa().answer(first, createResponse(first, 403))).toBeUndefined();
});

test('[3261 22.2] the request goes again with the next CSeq and a branch of its own, the rest as it was', () => {
  const first = get({ body: 'v=0\r\n', headers: ['Contact: <sip:me@127.0.0.1>'] });
  const again = mufasa().answer(first, challenged(first, [offer('MD5')], 407));
  expect(again?.cseq).toEqual({ number: 8, method: 'GET' });
  expect(again?.via.params.get('branch')).not.toBe(first.via.params.get('branch'));
  expect(again?.via.sentBy).toBe(first.via.sentBy);
  for (const name of ['Call-ID', 'From', 'To', 'Contact'])
    expect(again?.headers.get(name)).toBe(first.headers.get(name));
  expect(again?.body).toBe(first.body);
  expect(again?.headers.has('Authorization')).toBe(false);
  expect(fieldsOf(again, 'Proxy-Authorization').nonce).toBe(NONCE);
});

test('[3261 22.2] a password that was refused is not tried again', () => {
  const client = mufasa();
  const first = get();
  const second = client.answer(first, challenged(first, [offer('MD5')])) ?? first;
  expect(client.answer(second, challenged(second, [offer('MD5').replace(NONCE, 'another')]))).toBeUndefined();
});

test('[7616 3.3] a stale nonce is replaced, but not for ever', () => {
  const client = mufasa();
  let message = get();
  const sent: (string | undefined)[] = [];
  for (let i = 0; i < 10; i++) {
    const challenge = offer('MD5', ', stale=TRUE').replace(NONCE, `nonce ${i}`);
    const again = client.answer(message, challenged(message, [challenge]));
    if (again === undefined) break;
    sent.push(fieldsOf(again).nonce);
    message = again;
  }
  expect(sent).toEqual(['nonce 0', 'nonce 1', 'nonce 2']);
});

test('[7616 3.3] the same nonce again is not stale, whatever the server says', () => {
  const client = mufasa();
  const first = get();
  const stale = offer('MD5', ', stale=true');
  const second = client.answer(first, challenged(first, [stale])) ?? first;
  expect(client.answer(second, challenged(second, [stale]))).toBeUndefined();
});

test('[3261 22.3] a proxy and the server behind it each get their answer', () => {
  const client = mufasa();
  const first = get();
  const second = client.answer(first, challenged(first, [offer('MD5')], 407)) ?? first;
  const behind = offer('SHA-256').replace('http-auth@example.org', 'behind');
  const third = client.answer(second, challenged(second, [behind], 401));
  expect(fieldsOf(third, 'Proxy-Authorization')).toMatchObject({ algorithm: 'MD5', nc: '00000002' });
  expect(fieldsOf(third)).toMatchObject({ realm: 'behind', nc: '00000001' });
});

test('a server that asks for another realm each time does not make requests grow', () => {
  const client = mufasa();
  for (let i = 0; i < 50; i++) {
    const message = get();
    client.authorize(message);
    expect(message.headers.getAll('Authorization').length).toBeLessThanOrEqual(4);
    client.answer(message, challenged(message, [offer('MD5').replace('http-auth@example.org', `realm ${i}`)]));
  }
});

describe('against our own server side', () => {
  const REALM = 'provider "one"';
  const clock = new ManualClock();
  const server = new Authenticator({
    clock,
    logger: silentLogger,
    realm: REALM,
    secretOf: (user) => (user === 'trunk' ? digestSecret(user, REALM, 'pass "word"') : undefined),
    nonceLifetimeMs: 1000,
  });
  const register = (cseq = 1) => request({ method: 'REGISTER', uri: 'sip:dialtree.test', cseq });
  const refused = (message: SipRequest, stale = false, md5Only = false) =>
    createResponse(message, 401, { headers: server.challenge('www', stale, md5Only) });

  test.each([true, false])('taken, MD5 only: %s', (md5Only) => {
    const client = new DigestClient('trunk', 'pass "word"');
    const first = register();
    const again = client.answer(first, refused(first, false, md5Only)) ?? first;
    expect(server.check(again, 'www', '127.0.0.1')).toEqual({ kind: 'ok', user: 'trunk' });
  });

  test('later requests carry credentials at once, until the nonce is stale', () => {
    const client = new DigestClient('trunk', 'pass "word"');
    const first = register();
    expect(server.check(client.answer(first, refused(first)) ?? first, 'www', '127.0.0.1').kind).toBe('ok');
    const second = register(3);
    client.authorize(second);
    expect(server.check(second, 'www', '127.0.0.1').kind).toBe('ok');
    clock.advance(1001);
    const third = register(4);
    client.authorize(third);
    expect(server.check(third, 'www', '127.0.0.1')).toEqual({ kind: 'challenge', stale: true });
    const fourth = client.answer(third, refused(third, true)) ?? third;
    expect(server.check(fourth, 'www', '127.0.0.1').kind).toBe('ok');
  });
});
