import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { authorizerFor } from '../../../../electron/services/sync/authorizer.ts';
import { BackOff } from '../../../../electron/services/sync/back-off.ts';
import { HttpClient, type HttpClientOptions } from '../../../../electron/services/sync/http-client.ts';
import { EncryptedSecretStore, MemorySecretStore } from '../../../../electron/services/sync/secret-store.ts';
import { TinyServer, type TinyServerOptions } from '../../../support/sync/tiny-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const open: TinyServer[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

async function tiny(options: TinyServerOptions = {}): Promise<TinyServer> {
  const server = new TinyServer(options);
  await server.start();
  open.push(server);
  return server;
}

function client(part: Partial<HttpClientOptions> = {}): HttpClient {
  const made = new HttpClient({ authorizer: authorizerFor({ auth: 'none', user: '' }, {}), ...part });
  onTestFinished(() => made.close());
  return made;
}

const get = (url: string, part?: Partial<HttpClientOptions>) => client(part).send({ method: 'GET', url });

describe('TLS', () => {
  /** Keys and certificates of an authority of our own. */
  function authority() {
    const dir = tempDir();
    mkdirSync(dir, { recursive: true });
    const ssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
    const read = (name: string) => readFileSync(join(dir, name), 'utf8');
    const newKey = (name: string, subject: string) => [
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-subj',
      subject,
    ];
    ssl(...newKey('ca', '/CN=Test authority'), '-x509', '-days', '2', '-out', 'ca.crt');
    const issue = (name: string, host: string) => {
      ssl(...newKey(name, `/CN=${name}`), '-out', `${name}.csr`);
      writeFileSync(join(dir, 'ext'), `subjectAltName=${host}\n`);
      const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'ext'];
      ssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-days', '2', '-out', `${name}.crt`);
      return { cert: read(`${name}.crt`), key: read(`${name}.key`) };
    };
    return { ca: read('ca.crt'), issue };
  }

  it('[RS12] a further authority and a client certificate are used; without them it is said what is missing', async () => {
    const { ca, issue } = authority();
    const ours = issue('client', 'DNS:client');
    const server = await tiny({
      tls: { ...issue('server', 'IP:127.0.0.1'), ca, requestCert: true, rejectUnauthorized: true },
    });
    server.files.set('/a', Buffer.from('hello'));
    const known = { caPem: ca, certPem: ours.cert, keyPem: ours.key };
    expect((await get(`${server.url}/a`, known)).body.toString()).toBe('hello');
    await expect(get(`${server.url}/a`)).rejects.toMatchObject({ code: 'sync/tls-unknown-authority' });
    await expect(get(`${server.url}/a`, { caPem: ca })).rejects.toMatchObject({ code: 'sync/tls-client-certificate' });
  });

  it('[RS13] says when the name is another or there is no TLS at all', async () => {
    const { ca, issue } = authority();
    const other = await tiny({ tls: issue('other', 'DNS:elsewhere.example') });
    await expect(get(`${other.url}/a`, { caPem: ca })).rejects.toMatchObject({ code: 'sync/tls-other-name' });
    const plain = await tiny();
    await expect(get(`${plain.url.replace('http:', 'https:')}/a`)).rejects.toMatchObject({ code: 'sync/tls-not-tls' });
  });

  it('[RS12] certificates and keys that cannot be used are told before anything is sent', async () => {
    const { ca, issue } = authority();
    const [one, other] = [issue('one', 'DNS:one'), issue('other', 'DNS:other')];
    const server = await tiny();
    for (const bad of [
      { caPem: 'nonsense' },
      { certPem: 'nonsense', keyPem: one.key },
      { certPem: one.cert, keyPem: other.key },
      { keyPem: 'nonsense' },
    ]) {
      await expect(get(`${server.url}/a`, bad)).rejects.toMatchObject({ code: 'sync/bad-certificate' });
    }
    expect(server.seen).toEqual([]);
    expect((await get(`${server.url}/a`, { caPem: ca, certPem: one.cert, keyPem: one.key })).status).toBe(404);
  });

  it('[RS13] a redirect from TLS to none is not followed', async () => {
    const { ca, issue } = authority();
    const [plain, safe] = [await tiny(), await tiny({ tls: issue('server', 'IP:127.0.0.1') })];
    safe.intercept = (_, answer) => Boolean(answer.writeHead(301, { location: `${plain.url}/a` }).end());
    await expect(get(`${safe.url}/a`, { caPem: ca })).rejects.toMatchObject({ code: 'sync/redirect' });
    expect(plain.seen).toEqual([]);
  });
});

describe('answers', () => {
  it('[RS13] a body that ends early, or that cannot be unpacked, is an error', async () => {
    const server = await tiny();
    server.intercept = (_, answer) => {
      answer.writeHead(200, { 'content-length': '100' }).write('half', () => answer.destroy());
      return true;
    };
    await expect(get(`${server.url}/a`)).rejects.toMatchObject({ code: 'sync/cut' });
    server.intercept = (_, answer) => Boolean(answer.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'));
    await expect(get(`${server.url}/a`)).rejects.toMatchObject({ code: 'sync/cut' });
  });

  it('[RS13] chunked and compressed bodies arrive whole', async () => {
    const server = await tiny({ gzip: true });
    server.files.set('/a', Buffer.from('x'.repeat(100_000)));
    expect((await get(`${server.url}/a`)).body.toString()).toBe('x'.repeat(100_000));
    server.intercept = (_, answer) => {
      answer.write('one ');
      answer.write('two');
      answer.end();
      return true;
    };
    expect((await get(`${server.url}/a`)).body.toString()).toBe('one two');
  });

  it('[RS13] redirects in a circle, silence and nobody there are told apart', async () => {
    const server = await tiny();
    server.intercept = (_, answer) => Boolean(answer.writeHead(302, { location: '/a' }).end());
    await expect(get(`${server.url}/a`)).rejects.toMatchObject({ code: 'sync/redirect' });
    server.intercept = () => true;
    await expect(get(`${server.url}/a`, { idleTimeoutMs: 30 })).rejects.toMatchObject({ code: 'sync/timeout' });
    const { url } = server;
    await server.stop();
    open.splice(0);
    await expect(get(`${url}/a`)).rejects.toMatchObject({ code: 'sync/unreachable' });
  });

  it('[RS12] digest: one challenge, then the nonce is used again', async () => {
    const server = await tiny({
      authorize: ({ headers }) =>
        headers.authorization?.startsWith('Digest username="ann"') ||
        'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256',
    });
    server.files.set('/a', Buffer.from('hello'));
    const one = client({ authorizer: authorizerFor({ auth: 'digest', user: 'ann' }, { password: 'x' }) });
    await one.send({ method: 'GET', url: `${server.url}/a` });
    await one.send({ method: 'PUT', url: `${server.url}/a`, body: Buffer.from('new') });
    expect(server.seen).toEqual(['GET /a → 401', 'GET /a → 200', 'PUT /a → 204']);
    expect(server.headers.at(-1)?.authorization).toContain('nc=00000002');
  });
});

describe('secrets', () => {
  it('[RS12] lie encrypted on disk, and are forgotten', async () => {
    const path = join(tempDir(), 'secrets.json');
    const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a);
    const cipher = {
      isAvailable: () => true,
      encrypt: (text: string) => turn(Buffer.from(text)),
      decrypt: (bytes: Uint8Array) => Buffer.from(turn(bytes)).toString(),
    };
    const store = new EncryptedSecretStore(path, cipher);
    expect(await store.get('https://a/x')).toBeNull();
    await store.set('https://a/x', { password: 'HUSH' });
    expect(readFileSync(path, 'utf8')).not.toContain('HUSH');
    expect(await new EncryptedSecretStore(path, cipher).get('https://a/x')).toEqual({ password: 'HUSH' });
    expect(await store.get('https://b/x')).toBeNull();
    const broken = { ...cipher, decrypt: () => '{' };
    expect(await new EncryptedSecretStore(path, broken).get('https://a/x')).toBeNull();
    await store.remove('https://a/x');
    expect(await store.get('https://a/x')).toBeNull();
  });

  it('[RS12] stay in memory where the system cannot encrypt; the environment may give them', async () => {
    const path = join(tempDir(), 'secrets.json');
    const none = { isAvailable: () => false, encrypt: () => Buffer.alloc(0), decrypt: () => '' };
    const store = new EncryptedSecretStore(path, none);
    await store.set('a', { token: 'T' });
    expect(await store.get('a')).toEqual({ token: 'T' });
    expect(await new EncryptedSecretStore(path, none).get('a')).toBeNull();
    const given = new MemorySecretStore({ DIALTREE_SYNC_PASSWORD: 'P' });
    expect(await given.get('a')).toEqual({ password: 'P' });
    await given.set('a', { token: 'T' });
    expect(await given.get('a')).toEqual({ token: 'T' });
  });
});

describe('back-off', () => {
  it('[RS11] doubles up to its limit, begins anew after a success, and has jitter', () => {
    const steady = new BackOff({ random: () => 0.5, pollMs: 8000, longestMs: 5000 });
    expect([1, 2, 3, 4, 5].map(() => steady.failed())).toEqual([1000, 2000, 4000, 5000, 5000]);
    expect(steady.succeeded()).toBe(8000);
    expect(steady.failed()).toBe(1000);
    expect(new BackOff({ random: () => 0, pollMs: 1000 }).succeeded()).toBe(800);
    expect(new BackOff({ random: () => 0.999, pollMs: 1000 }).succeeded()).toBe(1200);
  });
});
