import { readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { contactOf } from '../../../electron/sip/contact.ts';
import { TcpTransport } from '../../../electron/sip/tcp-transport.ts';
import { readTls, type TlsMaterial } from '../../../electron/sip/tls-material.ts';
import type { SipFlow } from '../../../electron/sip/transport.ts';
import { WsTransport } from '../../../electron/sip/ws-transport.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { hasOpenssl, lockKey, makeCertificate, type TestCertificate } from '../../support/certificates.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeFlow } from '../../support/sip/fake-flow.ts';
import { requestText } from '../../support/sip/messages.ts';
import { tempDir } from '../../support/temp-dir.ts';

const DAY_MS = 86_400_000;

describe.skipIf(!hasOpenssl)('TLS', () => {
  let files: TestCertificate;
  let other: TestCertificate;
  let tls: TlsMaterial;
  beforeEach(async () => {
    files = makeCertificate();
    other = makeCertificate();
    tls = await readTls(files, Date.now());
  });

  describe('a certificate', () => {
    test('that is good: until when, and for whom', () => {
      expect(tls.endsAtMs - Date.now()).toBeGreaterThan(9 * DAY_MS);
      expect(['localhost', 'pbx.example', '127.0.0.1'].map(tls.covers)).toEqual([true, true, true]);
      expect(['evil.example', '127.0.0.2', '[::1]', '', '.', '*', 'a b', '\0'].filter(tls.covers)).toEqual([]);
    });

    const text = (name: string, content: string): string => {
      const path = join(tempDir(), name);
      writeFileSync(path, content);
      return path;
    };

    test.each([
      ['pbx/tls-cert-missing', () => ({ ...files, certPath: '/nowhere/cert.pem' })],
      ['pbx/tls-key-missing', () => ({ ...files, keyPath: '/nowhere/key.pem' })],
      ['pbx/tls-cert-bad', () => ({ ...files, certPath: text('cert.pem', 'not one') })],
      ['pbx/tls-cert-bad', () => ({ ...files, certPath: files.keyPath })],
      ['pbx/tls-key-bad', () => ({ ...files, keyPath: text('key.pem', 'not one') })],
      ['pbx/tls-key-bad', () => ({ ...files, keyPath: files.certPath })],
      ['pbx/tls-key-locked', () => ({ ...files, keyPath: lockKey(files) })],
      ['pbx/tls-key-mismatch', () => ({ ...files, keyPath: other.keyPath })],
    ])('that is not: %s', async (code, given) => {
      await expect(readTls(given(), Date.now())).rejects.toMatchObject({ code });
    });

    test('that is over, or not yet good', async () => {
      await expect(readTls(files, Date.now() + 11 * DAY_MS)).rejects.toMatchObject({
        code: 'pbx/tls-expired',
        params: { until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
      });
      await expect(readTls(files, Date.now() - 2 * DAY_MS)).rejects.toMatchObject({ code: 'pbx/tls-not-yet' });
    });
  });

  describe('a connection', () => {
    let transport: TcpTransport | WsTransport;
    let port: number;
    const received: { flow: SipFlow; text: string }[] = [];
    const closed: SipFlow[] = [];
    afterEach(() => transport.close());

    async function listen(made: TcpTransport | WsTransport): Promise<void> {
      received.length = 0;
      closed.length = 0;
      transport = made;
      ({ port } = await transport.listen({
        handleText: (flow, text) => received.push({ flow, text }),
        handleClosed: (flow) => closed.push(flow),
      }));
    }
    const listenTls = (maxConnections = 10) =>
      listen(new TcpTransport({ clock: new ManualClock(), host: '127.0.0.1', port: 0, tls, maxConnections }));

    async function open(options: ConnectionOptions = {}): Promise<TLSSocket> {
      const socket = connect({ port, host: '127.0.0.1', ca: readFileSync(files.certPath), ...options });
      socket.on('error', () => {});
      await new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve);
        socket.once('error', reject);
      });
      return socket;
    }

    test('carries messages both ways, and is told to be TLS', async () => {
      await listenTls();
      const socket = await open();
      const text = requestText({ body: 'abc' });
      socket.write(text + text.slice(0, 10));
      socket.write(text.slice(10));
      await eventually('both', () => received.length === 2);
      const { flow } = received[0]!;
      expect(received.map((message) => message.text)).toEqual([text, text]);
      expect(flow).toMatchObject({ protocol: 'TLS', reliable: true, remoteAddress: '127.0.0.1', isOpen: true });
      let heard = '';
      socket.on('data', (bytes) => {
        heard += bytes.toString();
      });
      flow.send('back');
      await eventually('the answer', () => heard === 'back');
      socket.destroy();
      await eventually('the end', () => closed.includes(flow));
    });

    test('of before TLS 1.2 is refused', async () => {
      await listenTls();
      // Without it OpenSSL itself would not offer them.
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      await expect(open(old)).rejects.toThrow(/protocol version|alert/i);
      expect((await open({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).getProtocol()).toBe('TLSv1.2');
      expect((await open()).getProtocol()).toBe('TLSv1.3');
    });

    test('that says nothing of TLS is cut off, and does not keep the transport from closing', async () => {
      await listenTls();
      const silent = connectTcp(port, '127.0.0.1');
      await new Promise((resolve) => silent.once('connect', resolve));
      const loud = connectTcp(port, '127.0.0.1');
      loud.on('error', () => {});
      loud.write(requestText());
      await new Promise((resolve) => loud.once('close', resolve));
      expect(received).toEqual([]);
      const gone = new Promise((resolve) => silent.once('close', resolve));
      await transport.close();
      await gone;
    });

    test('beyond the limit is refused, also while nothing is said', async () => {
      await listenTls(1);
      const first = connectTcp(port, '127.0.0.1');
      await new Promise((resolve) => first.once('connect', resolve));
      const second = connectTcp(port, '127.0.0.1');
      second.on('error', () => {});
      await new Promise((resolve) => second.once('close', resolve));
      first.destroy();
    });

    test('of a WebSocket: wss, under the names of the certificate only', async () => {
      await listen(new WsTransport({ host: '127.0.0.1', port: 0, tls }));
      const ca = readFileSync(files.certPath);
      const dial = (host: string) => new WebSocket(`wss://127.0.0.1:${port}`, 'sip', { ca, headers: { Host: host } });
      const socket = dial('pbx.example');
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      socket.send(requestText());
      await eventually('a message', () => received.length === 1);
      expect(received[0]?.flow).toMatchObject({ protocol: 'WSS', reliable: true });
      const wrong = dial('evil.example');
      await expect(new Promise((_resolve, reject) => wrong.once('error', reject))).rejects.toThrow('403');
      const plain = new WebSocket(`ws://127.0.0.1:${port}`, 'sip');
      await expect(new Promise((_resolve, reject) => plain.once('error', reject))).rejects.toThrow();
      socket.close();
      await eventually('the end', () => closed.length === 1);
    });
  });
});

describe('our Contact', () => {
  const on = (protocol: SipFlow['protocol']) => Object.assign(new FakeFlow(), { protocol }) as SipFlow;
  test.each([
    ['UDP', false, '<sip:pbx@127.0.0.1:5062;transport=udp>'],
    ['TLS', false, '<sip:pbx@127.0.0.1:5062;transport=tls>'],
    ['TLS', true, '<sips:pbx@127.0.0.1:5062>'],
    ['WS', false, '<sip:pbx@127.0.0.1:5062;transport=ws>'],
    ['WSS', false, '<sip:pbx@127.0.0.1:5062;transport=ws>'],
    ['WSS', true, '<sips:pbx@127.0.0.1:5062;transport=ws>'],
  ] as const)('over %s, secure: %s', (protocol, secure, contact) => {
    expect(contactOf('pbx', on(protocol), secure)).toBe(contact);
  });
});
