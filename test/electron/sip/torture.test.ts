import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestSecret } from '../../../electron/sip/digest.ts';
import { parseMessage } from '../../../electron/sip/parse.ts';
import { UdpTransport } from '../../../electron/sip/udp-transport.ts';
import { UserAgent } from '../../../electron/sip/user-agent.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { requestText } from '../../support/sip/messages.ts';

/** The torture messages of RFC 4475, by the names they have there; bodies are shorter where they do not matter. */
const FOLDER = join(import.meta.dirname, '../../fixtures/rfc4475');
const read = (name: string) => readFileSync(join(FOLDER, `${name}.sip`));
const names = readdirSync(FOLDER).map((file) => file.replace('.sip', ''));

/** How each is to be taken: a status for requests that are refused unread, nothing for what may be dropped. */
const EXPECTED: Readonly<Record<string, 'valid' | number | 'dropped'>> = {
  ...Object.fromEntries(names.map((name) => [name, 'valid' as const])),
  badinv01: 400, // 3.1.2.1
  clerr: 400, // 3.1.2.2
  ncl: 400, // 3.1.2.3
  scalar02: 400, // 3.1.2.4
  scalarlg: 'dropped', // 3.1.2.5
  quotbal: 400, // 3.1.2.6
  ltgtruri: 400, // 3.1.2.7
  lwsruri: 400, // 3.1.2.8
  lwsstart: 400, // 3.1.2.9
  trws: 400, // 3.1.2.10
  // 3.1.2.11: escaped headers in a Request-URI are ignored here, which 4475 allows.
  // 3.1.2.12: a bad Date may be ignored.
  // 3.1.2.13: so may a Contact of which the "?" is taken for a part.
  badaspec: 400, // 3.1.2.14
  baddn: 400, // 3.1.2.15
  badvers: 505, // 3.1.2.16
  mismatch01: 400, // 3.1.2.17
  mismatch02: 400, // 3.1.2.18
  bigcode: 'dropped', // 3.1.2.19
  insuf: 400, // 3.3.1
  multi01: 400, // 3.3.8
  mcl01: 400, // 3.3.9
};

describe('[4475] what the parser makes of', () => {
  test.each(names)('%s', (name) => {
    const result = parseMessage(read(name).toString());
    const expected = EXPECTED[name];
    const actual = result.ok ? 'valid' : result.request === null ? 'dropped' : result.status;
    expect(actual === 'valid' ? actual : { actual, why: result.ok ? '' : result.reason }).toEqual(
      expected === 'valid' ? 'valid' : { actual: expected, why: expect.any(String) },
    );
  });
});

const REALM = 'dialtree.test';
let clock: ManualClock;
let agent: UserAgent;
let port: number;
let calls: number;
let answers: string[];
const socket = () => createSocket('udp4');
let phone: ReturnType<typeof socket>;

beforeEach(async () => {
  clock = new ManualClock();
  [calls, answers] = [0, []];
  agent = new UserAgent({
    clock,
    transports: [new UdpTransport({ host: '127.0.0.1', port: 0 })],
    realm: REALM,
    product: 'Dialtree',
    secretOf: (user) => (user === '101' ? digestSecret(user, REALM, 'pw') : undefined),
    onInvite: () => calls++,
    onRegistration: () => {},
  });
  port = (await agent.listen())[0]?.port ?? 0;
  phone = socket();
  phone.on('message', (bytes) => answers.push(bytes.toString()));
  await new Promise<void>((resolve) => phone.bind(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  phone.close();
  // Retransmissions and timers run out by themselves.
  clock.advance(200_000);
  expect(agent.load).toEqual({ sessions: 0, transactions: 0 });
  await agent.close();
  expect(clock.pending).toBe(0);
});

/** One at a time, so that none is lost for want of room. */
const send = (bytes: Buffer | string) =>
  new Promise<void>((resolve) => phone.send(bytes, port, '127.0.0.1', () => setImmediate(resolve)));

/** A request that is answered proves that the server still lives, and that all before it was read. */
let probes = 0;
async function probe(): Promise<void> {
  const callId = `probe-${++probes}`;
  const text = requestText({ method: 'OPTIONS', callId, fromTag: callId, branch: `z9hG4bK${callId};rport` });
  await send(text.replace('SIP/2.0/WS', 'SIP/2.0/UDP'));
  await eventually('an answer to the probe', () => answers.some((answer) => answer.includes(callId)));
}

describe('a server over UDP', () => {
  test('[4475] survives every torture message, lets nobody in, answers where it can', async () => {
    for (const name of names) await send(read(name));
    await probe();
    expect(calls).toBe(0);
    expect(agent.registrar.users()).toEqual([]);
    expect(answers.filter((answer) => !/^SIP\/2\.0 [3-6]\d\d /.test(answer))).toEqual([]);
  });

  test('survives datagrams of any kind', async () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ maxLength: 300 }).map((text) => Buffer.from(text)),
    );
    for (const bytes of fc.sample(garbage, { numRuns: 300, seed: 1 })) await send(Buffer.from(bytes));
    await probe();
  });

  test('survives messages with pieces cut out, doubled and changed', async () => {
    const seed = fc
      .constantFrom(...names, 'own')
      .map((name) => (name === 'own' ? Buffer.from(requestText({ method: 'INVITE', body: 'v=0\r\n' })) : read(name)));
    const change = fc.record({
      at: fc.nat({ max: 2000 }),
      length: fc.nat({ max: 60 }),
      put: fc.uint8Array({ maxLength: 20 }),
    });
    const mutated = fc.tuple(seed, fc.array(change, { minLength: 1, maxLength: 5 })).map(([bytes, changes]) =>
      changes.reduce((text, { at, length, put }) => {
        const from = at % (text.length + 1);
        return Buffer.concat([text.subarray(0, from), put, text.subarray(from + length)]);
      }, bytes),
    );
    for (const bytes of fc.sample(mutated, { numRuns: 500, seed: 2 })) await send(bytes);
    await probe();
    expect(calls).toBe(0);
  });

  test('survives requests, answers and ACKs of a few dialogs in any order', async () => {
    const message = fc
      .record({
        method: fc.constantFrom('INVITE', 'ACK', 'BYE', 'CANCEL', 'REGISTER', 'OPTIONS', 'UPDATE', 'INFO', 'SIP'),
        branch: fc.constantFrom('z9hG4bKa', 'z9hG4bKb', 'old'),
        callId: fc.constantFrom('a', 'b'),
        cseq: fc.integer({ min: 0, max: 3 }),
        toTag: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
      })
      .map(({ method, toTag, ...rest }) => {
        const text = requestText({
          method: method === 'SIP' ? 'INVITE' : method,
          ...rest,
          ...(toTag ? { toTag } : {}),
        });
        return method === 'SIP' ? text.replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n') : text;
      });
    for (const text of fc.sample(message, { numRuns: 500, seed: 3 }))
      await send(text.replace(/branch=(\S+)/, 'branch=$1;rport'));
    await probe();
    expect(calls).toBe(0);
  });
});
