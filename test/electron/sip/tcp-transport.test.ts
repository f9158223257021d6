import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TcpTransport } from '../../../electron/sip/tcp-transport.ts';
import type { SipFlow } from '../../../electron/sip/transport.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { requestText } from '../../support/sip/messages.ts';

let clock: ManualClock;
let transport: TcpTransport;
let port: number;
let received: { flow: SipFlow; text: string }[];
let closed: SipFlow[];
const sockets: Socket[] = [];

beforeEach(async () => {
  [received, closed] = [[], []];
  clock = new ManualClock();
  transport = new TcpTransport({ clock, host: '127.0.0.1', port: 0, maxConnections: 2 });
  ({ port } = await transport.listen({
    handleText: (flow, text) => received.push({ flow, text }),
    handleClosed: (flow) => closed.push(flow),
  }));
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await transport.close();
});

async function open(): Promise<{ socket: Socket; heard(): string; isClosed(): boolean }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  let gone = false;
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    text += bytes.toString();
  });
  socket.on('close', () => {
    gone = true;
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, heard: () => text, isClosed: () => gone };
}

const ONE = requestText({ body: 'abc' });

test('messages go both ways, however they are cut', async () => {
  const { socket, heard } = await open();
  socket.write(ONE + ONE.slice(0, 20));
  await eventually('the first', () => received.length === 1);
  socket.write(ONE.slice(20));
  await eventually('the second', () => received.length === 2);
  const flow = received[0]?.flow as SipFlow;
  expect(received.map(({ text }) => text)).toEqual([ONE, ONE]);
  expect(received[1]?.flow).toBe(flow);
  expect(flow).toMatchObject({ protocol: 'TCP', reliable: true, remotePort: socket.localPort, isOpen: true });
  flow.send('back');
  await eventually('the answer', () => heard() === 'back');
});

test('[5626 4.4.1] a double CRLF is answered by one CRLF', async () => {
  const { socket, heard } = await open();
  socket.write('\r\n\r\n');
  await eventually('the answer', () => heard() === '\r\n');
  expect(received).toEqual([]);
});

test('[3261 18.3] without Content-Length it is handed on to be refused, and the connection ends', async () => {
  const { socket, isClosed } = await open();
  socket.write(requestText().replace(/Content-Length.*\r\n/, ''));
  await eventually('the refusal', () => received.length === 1);
  expect(received[0]?.text).toContain('Content-Length: unknown');
  socket.end();
  await eventually('the end', isClosed);
  await eventually('that it is told', () => closed.length === 1);
  expect(received[0]?.flow.send('late')).toBe(false);
});

test('a message that does not come to its end is given up', async () => {
  const { socket, isClosed } = await open();
  socket.write(ONE + ONE.slice(0, 20));
  await eventually('the first', () => received.length === 1);
  clock.advance(29_999);
  expect(isClosed()).toBe(false);
  clock.advance(1);
  await eventually('the end', isClosed);
});

test('who is silent between messages may stay', async () => {
  const { socket, isClosed } = await open();
  socket.write(ONE);
  await eventually('the first', () => received.length === 1);
  clock.advance(3_600_000);
  socket.write(ONE);
  await eventually('the second', () => received.length === 2);
  expect(isClosed()).toBe(false);
});

test('more connections than allowed are closed', async () => {
  await open();
  await open();
  const { isClosed } = await open();
  await eventually('the end', isClosed);
});

test('close says goodbye, cuts off who does not, and leaves nothing', async () => {
  const { socket } = await open();
  socket.write(ONE);
  await eventually('the first', () => received.length === 1);
  const done = transport.close();
  await eventually('the timer or the end', () => clock.pending > 0 || closed.length > 0);
  clock.advance(300);
  await done;
  expect(closed).toHaveLength(1);
});

test('a port in use is told', async () => {
  const other = new TcpTransport({ clock, host: '127.0.0.1', port });
  await expect(other.listen({ handleText: () => {}, handleClosed: () => {} })).rejects.toMatchObject({
    code: 'pbx/port-in-use',
  });
});

test('connects to a far end by itself, without listening', async () => {
  const texts: string[] = [];
  const lost: SipFlow[] = [];
  const client = new TcpTransport({ clock, host: '127.0.0.1', port: 0, listens: false });
  const handlers = {
    handleText: (_flow: SipFlow, text: string) => texts.push(text),
    handleClosed: (flow: SipFlow) => lost.push(flow),
  };
  expect((await client.listen(handlers)).port).toBe(0);
  const flow = await client.connect('127.0.0.1', port);
  flow.send(ONE);
  await eventually('the message', () => received.length === 1);
  received[0]?.flow.send(ONE);
  await eventually('the answer', () => texts.length === 1);
  received[0]?.flow.close();
  await eventually('the end', () => lost.includes(flow));
  await client.close();
});

test('says that a far end is not reached', async () => {
  const client = new TcpTransport({ clock, host: '127.0.0.1', port: 0, listens: false });
  await client.listen({ handleText: () => {}, handleClosed: () => {} });
  await transport.close();
  await expect(client.connect('127.0.0.1', port)).rejects.toMatchObject({ code: 'sip/not-reached' });
  await client.close();
  expect(clock.pending).toBe(0);
});
