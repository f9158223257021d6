import { beforeEach, expect, test } from 'vitest';
import { Authenticator } from '../../../electron/sip/authenticator.ts';
import { digestResponse, digestSecret, parseDigestFields } from '../../../electron/sip/digest.ts';
import type { SipRequest } from '../../../electron/sip/message.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import type { LogFields } from '../../../shared/lib/logger.ts';
import { request } from '../../support/sip/messages.ts';

const REALM = 'dialtree.test';
const URI = 'sip:dialtree.test';
let clock: ManualClock;
let authenticator: Authenticator;
let logged: [string, LogFields][];

beforeEach(() => {
  clock = new ManualClock();
  logged = [];
  authenticator = new Authenticator({
    clock,
    realm: REALM,
    logger: { log: (_level, event, fields = {}) => logged.push([event, fields]) },
    secretOf: (user) => (user === '101' ? digestSecret('101', REALM, 'right') : undefined),
    nonceLifetimeMs: 60_000,
  });
});

function challengeNonce(): string {
  return parseDigestFields(authenticator.challenge('www')[0]?.[1] ?? '')?.get('nonce') ?? '';
}

function register(options: {
  nonce: string;
  password?: string;
  user?: string;
  nc?: string;
  uri?: string;
  algorithm?: 'MD5' | 'SHA-256';
}): SipRequest {
  const { nonce, password = 'right', user = '101', nc = '00000001', uri = URI, algorithm = 'SHA-256' } = options;
  const secret = digestSecret(user, REALM, password);
  const ha1 = algorithm === 'MD5' ? secret.md5Ha1 : secret.sha256Ha1;
  const response = digestResponse(ha1, 'REGISTER', { algorithm, nonce, uri, qop: 'auth', cnonce: 'c', nc });
  const header = `Authorization: Digest username="${user}", realm="${REALM}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=${algorithm}, qop=auth, cnonce="c", nc=${nc}`;
  return request({ method: 'REGISTER', uri: URI, headers: [header] });
}

const check = (message: SipRequest, address = '127.0.0.1') => authenticator.check(message, 'www', address);

test('[8760 2.4] offers SHA-256 first and MD5 last, with one nonce', () => {
  const challenges = authenticator.challenge('proxy').map(([name, value]) => [name, parseDigestFields(value)] as const);
  expect(challenges.map(([name, fields]) => [name, fields?.get('algorithm')])).toEqual([
    ['Proxy-Authenticate', 'SHA-256'],
    ['Proxy-Authenticate', 'MD5'],
  ]);
  expect(challenges[0]?.[1]?.get('nonce')).toBe(challenges[1]?.[1]?.get('nonce'));
});

test.each(['MD5', 'SHA-256'] as const)('takes a right answer by %s', (algorithm) => {
  expect(check(register({ nonce: challengeNonce(), algorithm }))).toEqual({ kind: 'ok', user: '101' });
});

test('asks when there is no answer, or one for another realm', () => {
  expect(check(request({ method: 'REGISTER' }))).toEqual({ kind: 'challenge', stale: false });
  const other = 'Authorization: Digest username="a", realm="other", nonce="n", uri="u", response="r"';
  expect(check(request({ headers: [other] }))).toEqual({ kind: 'challenge', stale: false });
});

test('a nonce too old is stale, and so is one from before a restart', () => {
  const nonce = challengeNonce();
  clock.advance(60_001);
  expect(check(register({ nonce }))).toEqual({ kind: 'challenge', stale: true });
  expect(check(register({ nonce: '0.abc.def' }))).toEqual({ kind: 'challenge', stale: true });
});

test('an answer cannot be replayed, but the nonce can be used again with a higher count', () => {
  const nonce = challengeNonce();
  expect(check(register({ nonce })).kind).toBe('ok');
  expect(check(register({ nonce })).kind).toBe('forbidden');
  expect(check(register({ nonce, nc: '00000002' })).kind).toBe('ok');
});

test('a wrong password, an unknown user and another URI are all just forbidden', () => {
  for (const wrong of [{ password: 'wrong' }, { user: '999' }, { uri: 'sip:other' }]) {
    expect(check(register({ nonce: challengeNonce(), ...wrong }))).toEqual({ kind: 'forbidden' });
  }
});

test('a failure is logged without secrets', () => {
  check(register({ nonce: challengeNonce(), password: 'wrong' }));
  expect(logged).toEqual([
    ['sip.auth-failed', { user: '101', address: '127.0.0.1', algorithm: 'SHA-256', why: 'wrong-password' }],
  ]);
});

test('guessing is slowed down per address and user, even when the next guess is right', () => {
  for (let i = 0; i < 10; i++) check(register({ nonce: challengeNonce(), password: `guess ${i}` }));
  expect(check(register({ nonce: challengeNonce() }))).toEqual({ kind: 'forbidden', retryAfterMs: 30_000 });
  expect(check(register({ nonce: challengeNonce() }), '127.0.0.2').kind).toBe('ok');
  clock.advance(30_000);
  expect(check(register({ nonce: challengeNonce() })).kind).toBe('ok');
});

test('trying many users from one address is slowed down too', () => {
  for (let i = 0; i < 100; i++) check(register({ nonce: challengeNonce(), user: `u${i}` }));
  expect(check(register({ nonce: challengeNonce() }))).toMatchObject({ kind: 'forbidden', retryAfterMs: 30_000 });
});
