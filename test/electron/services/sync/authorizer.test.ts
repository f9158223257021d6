import { describe, expect, it } from 'vitest';
import { authorizerFor, DigestAuthorizer } from '../../../../electron/services/sync/authorizer.ts';

// RFC 7616 section 3.9.1
const NONCE = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
const OPAQUE = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
const challenge = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${NONCE}", opaque="${OPAQUE}"`;

function mufasa() {
  return new DigestAuthorizer('Mufasa', 'Circle of Life', () => CNONCE);
}

describe('digest', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('[RS12] answers as the RFC shows: %s', (algorithm, response) => {
    const digest = mufasa();
    expect(digest.header('GET', '/dir/index.html')).toBeUndefined();
    expect(digest.learn(challenge(algorithm))).toBe(true);
    const header = digest.header('GET', '/dir/index.html') ?? '';
    expect(header).toContain(`response="${response}"`);
    expect(header).toContain('nc=00000001');
    expect(header).toContain(`algorithm=${algorithm}`);
    expect(header).toContain(`opaque="${OPAQUE}"`);
    expect(digest.header('GET', '/dir/index.html')).toContain('nc=00000002');
  });

  it('[RS12] takes the strongest of several challenges', () => {
    const digest = mufasa();
    digest.learn(`Basic realm="x", ${challenge('MD5')}, ${challenge('SHA-256')}`);
    expect(digest.header('GET', '/')).toContain('algorithm=SHA-256');
  });

  it('[RS12] counts anew with a new nonce', () => {
    const digest = mufasa();
    digest.learn(challenge('MD5'));
    digest.header('GET', '/');
    digest.learn(challenge('MD5').replace(NONCE, 'other'));
    expect(digest.header('GET', '/')).toContain('nc=00000001');
  });

  it('[RS12] answers servers without qop, quotes names, and writes others in UTF-8', () => {
    const old = new DigestAuthorizer('a "b"', 'x');
    old.learn('Digest realm="r\\"q", nonce="n"');
    expect(old.header('GET', '/')).not.toContain('qop');
    expect(old.header('GET', '/')).toContain('username="a \\"b\\"", realm="r\\"q"');
    const polish = new DigestAuthorizer('Żółw', 'x');
    polish.learn(challenge('MD5'));
    expect(polish.header('GET', '/')).toContain("username*=UTF-8''%C5%BB%C3%B3%C5%82w");
  });

  it('[RS12] does not try what it cannot answer', () => {
    expect(mufasa().learn(undefined)).toBe(false);
    expect(mufasa().learn('Basic realm="x"')).toBe(false);
    expect(mufasa().learn('Digest realm="x", nonce="n", qop="auth-int"')).toBe(false);
    expect(mufasa().learn('Digest realm="x", nonce="n", algorithm=UNKNOWN')).toBe(false);
  });
});

describe('other ways', () => {
  it('[RS12] basic is in UTF-8, bearer as it is, none says nothing', () => {
    const basic = authorizerFor({ auth: 'basic', user: 'żaba' }, { password: 'ż:x' });
    expect(basic.header('GET', '/')).toBe(`Basic ${Buffer.from('żaba:ż:x', 'utf8').toString('base64')}`);
    expect(basic.learn('Basic realm="x"')).toBe(false);
    expect(authorizerFor({ auth: 'bearer', user: '' }, { token: 't' }).header('GET', '/')).toBe('Bearer t');
    expect(authorizerFor({ auth: 'none', user: '' }, {}).header('GET', '/')).toBeUndefined();
  });
});
