import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { HostServer } from '../../../electron/host/host-server.ts';
import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { silentLogger } from '../../../shared/lib/logger.ts';
import { tempDir } from '../../support/temp-dir.ts';

const handlers = {
  'app.info': async () => ({ version: '1.2.3', host: 'node', platform: 'test', locale: 'en' }),
  'calls.hangUp': async () => {
    throw new DialtreeError({ code: 'test/refused', message: 'No.', hint: 'Ask later.' });
  },
} as Partial<BridgeHandlers> as BridgeHandlers;

let server: HostServer;
let origin: string;
let token: string;

beforeEach(async () => {
  const rendererDir = join(tempDir(), 'renderer');
  mkdirSync(rendererDir);
  writeFileSync(join(rendererDir, 'index.html'), '<title>Dialtree</title>');
  writeFileSync(join(rendererDir, '..', 'secret.txt'), 'secret');
  server = new HostServer({ port: 0, rendererDir, handlers, logger: silentLogger });
  const url = new URL(await server.listen());
  origin = url.origin;
  token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  onTestFinished(() => server.close());
});

/** A raw request: `fetch` would tidy the path and forbids a Host of its own. */
function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers, method }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

/** A page's socket that collects what arrives. */
class Page {
  readonly socket: WebSocket;
  readonly #messages: Record<string, unknown>[] = [];
  #wake: (() => void) | undefined;

  constructor(headers: Record<string, string> = { origin }, path = '/bridge') {
    this.socket = new WebSocket(origin.replace('http', 'ws') + path, { headers });
    this.socket.on('message', (data) => {
      this.#messages.push(JSON.parse(String(data)));
      this.#wake?.();
    });
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => this.socket.once('open', resolve).once('error', reject));
  }

  closed(): Promise<number> {
    return new Promise((resolve) => this.socket.once('close', resolve));
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async next(): Promise<Record<string, unknown>> {
    while (this.#messages.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#messages.shift()!;
  }

  async welcome(): Promise<this> {
    await this.opened();
    this.send({ hello: token });
    expect(await this.next()).toEqual({ welcome: expect.any(String) });
    return this;
  }
}

describe('files', () => {
  it('serves the page with a strict policy', async () => {
    const response = await fetch(origin);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Dialtree');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%00', '/%ff', '/nothing.js'])(
    'has no %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 404 });
    },
  );

  it('answers only requests that name this very server (DNS rebinding)', async () => {
    expect(await get('/', { host: 'evil.example' })).toMatchObject({ status: 403 });
  });

  it('takes no other method', async () => {
    expect(await get('/', {}, 'POST')).toMatchObject({ status: 405 });
  });
});

describe('bridge', () => {
  it('answers a call, and a failed one with its code', async () => {
    const page = await new Page().welcome();
    page.send({ id: 1, call: 'app.info', input: {} });
    expect(await page.next()).toMatchObject({ id: 1, ok: true, output: { version: '1.2.3' } });
    page.send({ id: 2, call: 'calls.hangUp', input: { callId: 'x' } });
    expect(await page.next()).toMatchObject({ id: 2, ok: false, error: { code: 'test/refused', hint: 'Ask later.' } });
  });

  it('refuses unknown calls and malformed input without touching a handler', async () => {
    const page = await new Page().welcome();
    page.send({ id: 1, call: 'constructor', input: {} });
    expect(await page.next()).toMatchObject({ ok: false, error: { code: 'bridge/unknown-call' } });
    page.send({ id: 2, call: 'calls.hangUp', input: { callId: 7 } });
    expect(await page.next()).toMatchObject({ ok: false, error: { code: 'bridge/bad-input' } });
    page.send({ id: 3, call: 'app.info', input: { extra: true } });
    expect(await page.next()).toMatchObject({ ok: false, error: { code: 'bridge/bad-input' } });
  });

  it('sends events to every page that said hello, and to no other', async () => {
    const [a, b] = [await new Page().welcome(), await new Page().welcome()];
    const stranger = new Page();
    await stranger.opened();
    let heard = false;
    stranger.socket.on('message', () => {
      heard = true;
    });
    server.emit('project.saved', { revision: 3, windowId: null });
    for (const page of [a, b]) {
      expect(await page.next()).toEqual({ event: 'project.saved', payload: { revision: 3, windowId: null } });
    }
    expect(heard).toBe(false);
  });

  it('closes on a wrong token', async () => {
    const page = new Page();
    await page.opened();
    page.send({ hello: `${token}x` });
    expect(await page.closed()).toBe(4403);
  });

  it.each(['null', '[]', 'garbage', '{"hello":1}', '{"call":"app.info"}'])(
    'closes on %s instead of hello',
    async (text) => {
      const page = new Page();
      await page.opened();
      page.send(text);
      expect(await page.closed()).toBe(4403);
    },
  );

  it('closes on garbage after hello', async () => {
    const page = await new Page().welcome();
    page.send('garbage');
    expect(await page.closed()).toBe(1007);
  });

  it.each([
    ['no origin', () => ({})],
    ['another origin', () => ({ origin: 'https://evil.example' })],
    ['another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['another host', () => ({ origin: 'http://evil.example', host: 'evil.example' })],
  ])('lets no page in with %s', async (_what, headers) => {
    await expect(new Page(headers() as Record<string, string>).opened()).rejects.toThrow('403');
  });
});

it('says that a port is in use, and how to go on', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const second = new HostServer({ port, rendererDir: '.', handlers, logger: silentLogger });
  await expect(second.listen()).rejects.toMatchObject({ code: 'host/port-in-use', params: { port } });
});
