import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { SipFlow } from '../../../electron/sip/transport.ts';
import { WsTransport } from '../../../electron/sip/ws-transport.ts';
import { eventually } from '../../support/eventually.ts';

let transport: WsTransport;
let port: number;
let texts: string[];
let flows: SipFlow[];
let closed: SipFlow[];

beforeEach(async () => {
  [texts, flows, closed] = [[], [], []];
  transport = new WsTransport({ host: '127.0.0.1', port: 0, maxConnections: 3 });
  ({ port } = await transport.listen({
    handleText: (flow, text) => {
      flows.push(flow);
      texts.push(text);
    },
    handleClosed: (flow) => closed.push(flow),
  }));
});

afterEach(() => transport.close());

function open(protocols: string | string[] = 'sip', headers: Record<string, string> = {}): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, protocols, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

const messageOf = (socket: WebSocket) =>
  new Promise((resolve) => socket.once('message', (data) => resolve(data.toString())));

test('[7118 4.1] speaks the subprotocol sip and nothing else, without compression', async () => {
  const socket = await open(['other', 'sip']);
  expect([socket.protocol, socket.extensions]).toEqual(['sip', '']);
  await expect(open('other')).rejects.toThrow('400');
});

test('[5626 4.4.1] a double CRLF is answered by one CRLF', async () => {
  const socket = await open();
  const answer = messageOf(socket);
  socket.send('\r\n\r\n');
  expect(await answer).toBe('\r\n');
  expect(texts).toEqual([]);
});

test('messages go both ways, text or binary', async () => {
  const socket = await open();
  socket.send('one');
  socket.send(Buffer.from('żwei'));
  await eventually('both', () => texts.length === 2);
  expect(texts).toEqual(['one', 'żwei']);
  const answer = messageOf(socket);
  expect(flows[0]?.send('back')).toBe(true);
  expect(await answer).toBe('back');
  expect(flows[0]).toMatchObject({ protocol: 'WS', reliable: true, remoteAddress: '127.0.0.1', isOpen: true });
  expect(flows[0]?.localAddress).toBe(`127.0.0.1:${port}`);
});

test('a name that only resolves to this computer is refused: DNS rebinding', async () => {
  await expect(open('sip', { Host: 'evil.example' })).rejects.toThrow('403');
  for (const host of ['localhost:1', '127.0.0.1', '[::1]:5']) (await open('sip', { Host: host })).terminate();
});

test('a connection that is gone is told, and takes nothing more', async () => {
  const socket = await open();
  socket.send('hello');
  await eventually('the message', () => flows.length === 1);
  socket.terminate();
  await eventually('the end', () => closed.length === 1);
  expect(closed[0]).toBe(flows[0]);
  expect(flows[0]?.send('late')).toBe(false);
});

test('too large a message ends the connection, not the server', async () => {
  const socket = await open();
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  socket.send('x'.repeat(70_000));
  expect(await ended).toBe(1009);
  (await open()).terminate();
});

test('more connections than allowed are refused', async () => {
  await Promise.all([open(), open(), open()]);
  await expect(open()).rejects.toThrow('503');
});

test('plain HTTP is told to upgrade', async () => {
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(426);
});

test('a port in use and an address that is not of this computer fail with a code', async () => {
  const handlers = { handleText: () => {}, handleClosed: () => {} };
  await expect(new WsTransport({ host: '127.0.0.1', port }).listen(handlers)).rejects.toMatchObject({
    code: 'pbx/port-in-use',
    params: { host: '127.0.0.1', port },
  });
  await expect(new WsTransport({ host: '0.0.0.0', port: 0 }).listen(handlers)).rejects.toMatchObject({
    code: 'pbx/not-loopback',
  });
});

test('close says goodbye to those who listen, and cuts off those who do not', async () => {
  const socket = await open();
  const ended = new Promise((resolve) => socket.once('close', resolve));
  const deaf = connect(port, '127.0.0.1');
  deaf.on('error', () => {});
  await new Promise((resolve) => deaf.once('connect', resolve));
  await transport.close();
  expect(await ended).toBe(1001);
  await expect(open()).rejects.toThrow();
});
