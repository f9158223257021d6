import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANSWER_TIMEOUT_MS } from '../../../../electron/services/webhook/post-signed.ts';
import {
  FIRST_RETRY_MS,
  GIVEN_UP_AFTER_MS,
  LONGEST_RETRY_MS,
  MOST_WAITING,
  VoicemailWebhook,
} from '../../../../electron/services/webhook/voicemail-webhook.ts';
import type { VoicemailMessage } from '../../../../shared/bridge/voicemail.ts';
import type { WebhookState } from '../../../../shared/bridge/webhook.ts';
import { type Project, ProjectSchema } from '../../../../shared/flow/project.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { type Asked, startWebService } from '../../../support/web-service.ts';

const SECRET = 'a-secret-that-nobody-else-has';

let clock: ManualClock;
let path: string;
let service: Awaited<ReturnType<typeof startWebService>>;
/** What the service does with the next requests; 200 when there is nothing here. */
let answers: ((request: Asked, response: ServerResponse) => void)[];
let webhook: VoicemailWebhook;
let states: WebhookState[];
let logged: string[];
let environment: Record<string, string>;

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (_request: Asked, response: ServerResponse) =>
    response.writeHead(code, headers).end();

function open(): VoicemailWebhook {
  webhook = new VoicemailWebhook({
    path,
    clock,
    logger: {
      log: (_level, event, { code = '', tries = '' } = {}) => {
        logged.push(`${event} ${code} ${tries}`.trim());
      },
    },
    version: '1.2.3',
    environment,
    random: () => 0.5,
    onState: (state) => states.push(state),
  });
  webhook.open();
  return webhook;
}

function project(part: { url?: string; secretName?: string; id?: string; off?: boolean } = {}): Project {
  const { url = `${service.origin}/voicemail`, secretName = 'voicemail', id = 'p1', off = false } = part;
  return ProjectSchema.parse({
    format: 'dialtree',
    version: 1,
    id,
    name: 'Harbour',
    settings: off ? {} : { voicemailWebhook: { url, secretName } },
    numbers: {},
    people: { ann: { name: 'Ann Smith', extension: '101' } },
    queues: { sales: { name: 'Sales', members: [] } },
    prompts: {},
    schedules: {},
    flows: {},
  });
}

const message = (id: string, part: Partial<VoicemailMessage> = {}): VoicemailMessage => ({
  id,
  mailbox: { kind: 'person', personId: 'ann' },
  caller: { number: '+48600100200', name: 'Łódź' },
  dialled: '100',
  callId: 'c1',
  startedAtMs: Date.UTC(2026, 2, 1, 8, 30),
  durationMs: 4321.5,
  heard: false,
  ...part,
});

const idle = () =>
  eventually('the end of the work', () => (webhook.state.nextTryAtMs ?? null) !== null || webhook.state.waiting === 0);
const arrived = (count: number) => eventually(`${count} requests`, () => service.asked.length >= count);
const bodies = () => service.asked.map(({ body }) => JSON.parse(body) as { id: string });

beforeEach(async () => {
  clock = new ManualClock();
  path = join(tempDir(), 'data', 'webhook.json');
  answers = [];
  states = [];
  logged = [];
  environment = { DIALTREE_SECRET_VOICEMAIL: SECRET };
  service = await startWebService((request, response) => (answers.shift() ?? status(200))(request, response));
});
afterEach(async () => {
  await webhook.close();
  expect(clock.pending).toBe(0);
  await service.stop();
});

describe('what is sent', () => {
  test('[WH1] mailbox, caller, time, length and id', async () => {
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await arrived(1);
    expect(service.asked[0]).toMatchObject({
      method: 'POST',
      url: '/voicemail',
      headers: { 'content-type': 'application/json', 'user-agent': 'Dialtree/1.2.3', 'dialtree-delivery': 'm1' },
    });
    expect(bodies()[0]).toEqual({
      event: 'voicemail.new',
      id: 'm1',
      project: { id: 'p1', name: 'Harbour' },
      mailbox: { kind: 'person', id: 'ann', name: 'Ann Smith', extension: '101' },
      caller: { number: '+48600100200', name: 'Łódź' },
      dialled: '100',
      receivedAt: '2026-03-01T08:30:00.000Z',
      durationMs: 4322,
    });
  });

  test('[WH1] other mailboxes, and people who are gone', async () => {
    open().handleProject(project());
    const mailboxes: VoicemailMessage['mailbox'][] = [
      { kind: 'queue', queueId: 'sales' },
      { kind: 'general' },
      { kind: 'person', personId: 'gone' },
    ];
    for (const [index, mailbox] of mailboxes.entries())
      await webhook.announce(message(`m${index}`, { mailbox }), project());
    await arrived(3);
    expect(bodies()).toMatchObject([
      { mailbox: { kind: 'queue', id: 'sales', name: 'Sales' } },
      { mailbox: { kind: 'general' } },
      { mailbox: { kind: 'person', id: 'gone', name: '', extension: '' } },
    ]);
  });

  test('[WH1] nothing without an address', async () => {
    open().handleProject(project({ off: true }));
    await webhook.announce(message('m1'), project({ off: true }));
    expect([webhook.state.waiting, service.asked, states.at(-1)?.waiting]).toEqual([0, [], 0]);
  });

  test('[WH2] the signature is of the time of the attempt and the very bytes of the body', async () => {
    answers = [status(500)];
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await arrived(1);
    await idle();
    clock.advance(FIRST_RETRY_MS);
    await arrived(2);
    const seconds = service.asked.map(({ headers, body }) => {
      const [, time = '', hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['dialtree-signature'])) ?? [];
      expect(hex).toBe(createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex'));
      return Number(time);
    });
    expect(seconds).toEqual([clock.wallMs() / 1000 - 5, clock.wallMs() / 1000]);
    expect(service.asked[0]?.body).toBe(service.asked[1]?.body);
  });
});

describe('trying again', () => {
  test('[WH3] after 5 s, doubled each time up to an hour; 2xx ends it', async () => {
    answers = Array.from({ length: 12 }, () => status(503));
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    const pauses: number[] = [];
    for (let tries = 1; tries <= 12; tries++) {
      await eventually('the failure', () => logged.includes(`webhook.failed webhook/refused ${tries}`));
      await idle();
      pauses.push((webhook.state.nextTryAtMs ?? 0) - clock.wallMs());
      clock.advance((pauses.at(-1) ?? 0) - 1);
      expect(service.asked).toHaveLength(tries);
      clock.advance(1);
      await arrived(tries + 1);
    }
    expect(pauses.slice(0, 4)).toEqual([5000, 10_000, 20_000, 40_000]);
    expect(pauses.slice(-2)).toEqual([LONGEST_RETRY_MS, LONGEST_RETRY_MS]);
    await eventually('the arrival', () => webhook.state.waiting === 0);
    expect(webhook.state).toMatchObject({ toldAtMs: clock.wallMs(), error: null, nextTryAtMs: null });
  });

  test('[WH3] [WH8] no answer in time, no connection, a redirect: each with its code', async () => {
    answers = [() => {}];
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await arrived(1);
    clock.advance(ANSWER_TIMEOUT_MS);
    await eventually('the timeout', () => webhook.state.error?.code === 'webhook/timeout');
    expect(webhook.state.error?.params).toEqual({ seconds: 10 });
    answers = [(_request, response) => response.socket?.destroy()];
    await idle();
    clock.advance(FIRST_RETRY_MS);
    await eventually('the lost connection', () => webhook.state.error?.code === 'webhook/unreachable');
    answers = [status(302, { location: '/elsewhere' })];
    await idle();
    clock.advance(2 * FIRST_RETRY_MS);
    await eventually('the redirect', () => webhook.state.error?.code === 'webhook/refused');
    expect(webhook.state.error?.params).toEqual({ status: 302 });
    await idle();
    expect(service.asked.map(({ url }) => url)).toEqual(['/voicemail', '/voicemail', '/voicemail']);
    expect(states.some(({ error }) => error?.code === 'webhook/timeout')).toBe(true);
  });

  test('[WH3] after three days it is given up', async () => {
    answers = Array.from({ length: 200 }, () => status(500));
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await arrived(1);
    await idle();
    clock.advance(GIVEN_UP_AFTER_MS);
    await eventually('the end', () => webhook.state.waiting === 0);
    expect(logged.at(-1)).toMatch(/^webhook\.lost webhook\/given-up \d+$/);
  });
});

describe('the queue on the disk', () => {
  test('[WH4] what waits is there before the first attempt, and goes on after a restart where it was', async () => {
    let onDisk = '';
    answers = [
      (request, response) => {
        onDisk = readFileSync(path, 'utf8');
        status(500)(request, response);
      },
    ];
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await eventually('the failure', () => logged.includes('webhook.failed webhook/refused 1'));
    expect(JSON.parse(onDisk)).toMatchObject([{ body: { id: 'm1' }, tries: 0 }]);
    await webhook.close();

    open().handleProject(project());
    await idle();
    expect(webhook.state).toMatchObject({ waiting: 1, nextTryAtMs: clock.wallMs() + FIRST_RETRY_MS });
    clock.advance(FIRST_RETRY_MS);
    await arrived(2);
    expect(bodies().map(({ id }) => id)).toEqual(['m1', 'm1']);
    await eventually('the arrival', () => webhook.state.waiting === 0);
    await webhook.close();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([]);
  });

  test('[WH4] an attempt that a stop ends does not count', async () => {
    answers = [() => {}];
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await arrived(1);
    await webhook.close();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject([{ tries: 0 }]);
    open().handleProject(project());
    await arrived(2);
  });

  test('[WH4] of too many the oldest goes', async () => {
    environment = {};
    open().handleProject(project());
    // Nothing can be sent, and nothing is due again meanwhile.
    for (let n = 0; n <= MOST_WAITING; n++) void webhook.announce(message(`m${n}`), project());
    await eventually('all of them', () => webhook.state.waiting === MOST_WAITING && logged.length > 0);
    expect(logged.filter((line) => line.startsWith('webhook.lost'))).toEqual(['webhook.lost webhook/full 0']);
  });
});

test('[WH5] one after the other, and what is announced waits for none of it', async () => {
  let held: ServerResponse | undefined;
  answers = [
    (_request, response) => {
      held = response;
    },
  ];
  open().handleProject(project());
  await webhook.announce(message('m1'), project());
  await arrived(1);
  // Resolves though the first one is still under way.
  await webhook.announce(message('m2'), project());
  await webhook.announce(message('m3'), project());
  expect([service.asked.length, webhook.state]).toMatchObject([1, { waiting: 3, nextTryAtMs: null }]);
  held?.writeHead(204).end();
  await arrived(3);
  expect(bodies().map(({ id }) => id)).toEqual(['m1', 'm2', 'm3']);
});

describe('the secret', () => {
  test('[WH6] without it nothing is sent, and it is tried again', async () => {
    environment = { DIALTREE_SECRET_OTHER: 'x' };
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await eventually('the failure', () => webhook.state.error !== null);
    expect(webhook.state.error).toMatchObject({
      code: 'webhook/secret-missing',
      params: { variable: 'DIALTREE_SECRET_VOICEMAIL' },
    });
    await webhook.close();
    environment = { DIALTREE_SECRET_VOICEMAIL: SECRET };
    open().handleProject(project());
    await idle();
    clock.advance(FIRST_RETRY_MS);
    await arrived(1);
  });

  test('[WH6] it is in no file, request, state or line of the log', async () => {
    answers = [status(500)];
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await eventually('the failure', () => webhook.state.error !== null);
    await webhook.close();
    expect(JSON.stringify([readFileSync(path, 'utf8'), service.asked, states, logged])).not.toContain(SECRET);
  });
});

describe('the settings', () => {
  test('[WH7] another address is tried at once; none drops what waits', async () => {
    answers = [status(404), status(500)];
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await eventually('the failure', () => logged.includes('webhook.failed webhook/refused 1'));
    await idle();
    webhook.handleProject(project({ url: `${service.origin}/other` }));
    await eventually('the other failure', () => logged.includes('webhook.failed webhook/refused 2'));
    expect(service.asked.map(({ url }) => url)).toEqual(['/voicemail', '/other']);
    await idle();
    webhook.handleProject(project({ off: true }));
    expect(webhook.state).toMatchObject({ waiting: 0, error: null, nextTryAtMs: null });
  });

  test('[WH7] so it is when it changes in the middle of an attempt', async () => {
    let held: ServerResponse | undefined;
    answers = [
      (_request, response) => {
        held = response;
      },
    ];
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await arrived(1);
    webhook.handleProject(project({ url: `${service.origin}/other` }));
    held?.writeHead(500).end();
    await arrived(2);
    await eventually('the arrival', () => webhook.state.waiting === 0);
    expect(service.asked[1]?.url).toBe('/other');
  });

  test('[WH7] what another project left is not sent to this one’s address', async () => {
    answers = [status(500)];
    open().handleProject(project());
    await webhook.announce(message('m1'), project());
    await eventually('the failure', () => logged.includes('webhook.failed webhook/refused 1'));
    await idle();
    webhook.handleProject(project({ id: 'p2', url: `${service.origin}/p2` }));
    expect(webhook.state.waiting).toBe(0);
    clock.advance(LONGEST_RETRY_MS);
    await webhook.announce(message('m2'), project({ id: 'p2', url: `${service.origin}/p2` }));
    await arrived(2);
    await idle();
    webhook.handleProject(project());
    await arrived(3);
    expect(service.asked.map(({ url, headers }) => [url, headers['dialtree-delivery']])).toEqual([
      ['/voicemail', 'm1'],
      ['/p2', 'm2'],
      ['/voicemail', 'm1'],
    ]);
  });
});

test('[WH8] a test is sent at once and signed, and says why it did not arrive', async () => {
  open().handleProject(project());
  await webhook.test();
  expect(bodies()[0]).toMatchObject({ event: 'test', sentAt: new Date(clock.wallMs()).toISOString() });
  expect(service.asked[0]?.headers['dialtree-signature']).toMatch(/^t=\d+,v1=/);
  answers = [status(401)];
  await expect(webhook.test()).rejects.toMatchObject({ code: 'webhook/refused', params: { status: 401 } });
  expect(webhook.state).toMatchObject({ waiting: 0, toldAtMs: null });
  webhook.handleProject(project({ off: true }));
  await expect(webhook.test()).rejects.toMatchObject({ code: 'webhook/off' });
});
