import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SipFlow } from '../../../electron/sip/transport.ts';
import { UdpTransport } from '../../../electron/sip/udp-transport.ts';
import { eventually } from '../../support/eventually.ts';

let transport: UdpTransport;
let port: number;
let received: { flow: SipFlow; text: string }[];
const sockets: Socket[] = [];

beforeEach(async () => {
  received = [];
  transport = new UdpTransport({ host: '127.0.0.1', port: 0, maxFlows: 3 });
  ({ port } = await transport.listen({
    handleText: (flow, text) => received.push({ flow, text }),
    handleClosed: () => {},
  }));
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await transport.close();
});

async function phone(): Promise<{ port: number; texts: string[]; send(bytes: string | Buffer): void }> {
  const socket = createSocket('udp4');
  const texts: string[] = [];
  sockets.push(socket);
  socket.on('message', (bytes) => texts.push(bytes.toString()));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, texts, send: (bytes) => socket.send(bytes, port, '127.0.0.1') };
}

const next = async (count = 1) => {
  await eventually('a message', () => received.length >= count);
  return received[count - 1] as { flow: SipFlow; text: string };
};

test('messages go both ways; one address pair is one flow', async () => {
  const [one, other] = [await phone(), await phone()];
  one.send('first');
  const { flow, text } = await next();
  expect(text).toBe('first');
  expect(flow).toMatchObject({
    protocol: 'UDP',
    reliable: false,
    remoteAddress: '127.0.0.1',
    remotePort: one.port,
    localAddress: `127.0.0.1:${port}`,
    isOpen: true,
  });
  one.send('second');
  expect((await next(2)).flow).toBe(flow);
  other.send('third');
  expect((await next(3)).flow).not.toBe(flow);
  expect(flow.send('żwrotnie')).toBe(true);
  await eventually('the answer', () => one.texts.includes('żwrotnie'));
  flow.to?.(other.port).send('over there');
  await eventually('the answer at the other port', () => other.texts.includes('over there'));
});

test('keep-alives and empty datagrams are dropped', async () => {
  const one = await phone();
  for (const nothing of ['\r\n\r\n', '', '\0', '\0\0\0\0']) one.send(nothing);
  one.send('message');
  await next();
  expect(received.map(({ text }) => text)).toEqual(['message']);
  expect(one.texts).toEqual([]);
});

test('remembers only so many address pairs; a forgotten one still sends', async () => {
  const phones = [await phone(), await phone(), await phone(), await phone()];
  for (const [index, one] of phones.entries()) {
    one.send('hello');
    await next(index + 1);
  }
  expect(transport.flowCount).toBe(3);
  const [first] = phones;
  first?.send('again');
  const again = await next(5);
  expect(again.flow).not.toBe(received[0]?.flow);
  received[0]?.flow.send('still');
  await eventually('the answer', () => first?.texts.includes('still'));
});

test('a phone that is gone does no harm', async () => {
  const one = await phone();
  one.send('hello');
  const { flow } = await next();
  await new Promise<void>((resolve) => sockets.pop()?.close(() => resolve()));
  for (let n = 0; n < 5; n++) expect(flow.send('anyone?')).toBe(true);
  const other = await phone();
  other.send('here');
  await next(2);
});

test('a port in use and an address that is not this computer are told', async () => {
  await expect(new UdpTransport({ host: '127.0.0.1', port }).listen(none)).rejects.toMatchObject({
    code: 'pbx/port-in-use',
    hint: expect.any(String),
  });
  await expect(new UdpTransport({ host: '0.0.0.0', port: 0 }).listen(none)).rejects.toMatchObject({
    code: 'pbx/not-loopback',
  });
});

test('closed, it sends nothing', async () => {
  const one = await phone();
  one.send('hello');
  const { flow } = await next();
  await transport.close();
  await transport.close();
  expect([flow.isOpen, flow.send('late')]).toEqual([false, false]);
});

const none = { handleText: () => {}, handleClosed: () => {} };

test('speaks first to an address that it has not heard of, and knows the answer to be of that flow', async () => {
  const far = await phone();
  const flow = transport.flowTo('127.0.0.1', far.port);
  flow.send('hello');
  await eventually('what was sent', () => far.texts.includes('hello'));
  far.send('answer');
  expect((await next()).flow).toBe(flow);
});

test('only a trunk may listen on an address that others could reach', async () => {
  const handlers = { handleText: () => {}, handleClosed: () => {} };
  const phones = new UdpTransport({ host: '0.0.0.0', port: 0 });
  await expect(phones.listen(handlers)).rejects.toMatchObject({ code: 'pbx/not-loopback' });
});
