import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askWeb, MAX_ANSWER_BYTES, type WebRequest } from '../../../electron/pbx/web-request.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { json, startWebService } from '../../support/web-service.ts';

let service: Awaited<ReturnType<typeof startWebService>>;
const logged: unknown[] = [];
const clock = new ManualClock();
const secrets = { crm_token: 'tops3cret"' };

beforeEach(async () => {
  logged.length = 0;
  service = await startWebService(({ url }, response) => {
    if (url.startsWith('/hang')) return;
    if (url.startsWith('/status/')) json(response, { at: url }, Number(url.slice('/status/'.length)));
    else if (url === '/moved') response.writeHead(302, { location: '/status/200' }).end();
    else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (url === '/text') response.end('just text');
    else if (url === '/large') response.end('x'.repeat(MAX_ANSWER_BYTES + 1));
    else if (url === '/cut') response.writeHead(200, { 'content-length': '100' }).end('{"a"');
    else json(response, { ok: true });
  });
});
afterEach(() => service.stop());

function ask(path: string, request: Partial<WebRequest> = {}, cancelled = new AbortController().signal) {
  const url = path.startsWith('http') ? path : service.origin + path;
  const logger = { log: (...line: unknown[]) => void logged.push(line) };
  const whole: WebRequest = { method: 'GET', url, headers: [], timeoutMs: 5000, ...request };
  return askWeb(whole, { clock, logger, secrets }, cancelled);
}

describe('an answer', () => {
  test.each([200, 201, 404, 500])('of status %i with its JSON', async (status) => {
    expect(await ask(`/status/${status}`)).toEqual({ kind: 'response', status, body: { at: `/status/${status}` } });
  });

  test('that is no JSON is its text; redirects are followed', async () => {
    expect(await ask('/text')).toEqual({ kind: 'response', status: 200, body: 'just text' });
    expect(await ask('/moved')).toMatchObject({ status: 200, body: { at: '/status/200' } });
  });

  test.each([
    ['/large', 'answer-too-large'],
    ['/cut', /./],
    ['/loop', /./],
    ['', /./],
    ['ftp://127.0.0.1/', /./],
    ['not an address', /./],
  ])('that cannot be taken, from %s, is a network error', async (path, reason) => {
    const result = await ask(path === '' ? 'http://' : path);
    expect(result).toEqual({ kind: 'network-error', reason: expect.stringMatching(reason) });
    expect(logged).toHaveLength(1);
  });

  test('is none where nobody listens', async () => {
    await service.stop();
    expect(await ask('/')).toEqual({ kind: 'network-error', reason: 'ECONNREFUSED' });
  });

  test('that does not come in time is a timeout', async () => {
    const result = ask('/hang', { timeoutMs: 700 });
    await eventually('the request', () => service.asked.length === 1);
    clock.advance(700);
    expect(await result).toEqual({ kind: 'timeout' });
  });

  test('that nobody waits for any more is given up, quietly', async () => {
    const call = new AbortController();
    const result = ask('/hang', {}, call.signal);
    await eventually('the request', () => service.asked.length === 1);
    call.abort();
    expect((await result).kind).toBe('network-error');
    expect(logged).toEqual([]);
  });
});

describe('what is sent', () => {
  test('has its secrets, escaped for where they go, and nothing of them is logged', async () => {
    await ask('/q?key={secret.crm_token}', {
      method: 'POST',
      headers: [{ name: 'Authorization', value: 'Bearer {secret.crm_token}' }],
      body: '{"token": "{secret.crm_token}"}',
    });
    expect(service.asked[0]).toMatchObject({
      method: 'POST',
      url: '/q?key=tops3cret%22',
      headers: { authorization: 'Bearer tops3cret"', 'content-type': 'application/json', accept: 'application/json' },
      body: '{"token": "tops3cret\\""}',
    });
    await ask('http://127.0.0.1:1/{secret.crm_token}');
    expect(JSON.stringify(logged)).not.toContain('tops3cret');
  });

  test('is not sent at all without a secret that it needs', async () => {
    expect(await ask('/{secret.gone}')).toEqual({ kind: 'network-error', reason: 'unknown-secret.gone' });
    expect(service.asked).toEqual([]);
  });
});
