import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { openParentChannel } from '../../../electron/pbx/parent-channel.ts';

afterEach(() => vi.unstubAllGlobals());

test('under Electron the parent port is used: messages are unwrapped, its end is the parent’s', () => {
  const port = Object.assign(new EventEmitter(), { sent: [] as unknown[], started: false });
  const parentPort = Object.assign(port, {
    postMessage: (message: unknown) => port.sent.push(message),
    start: () => {
      port.started = true;
    },
  });
  vi.stubGlobal('process', Object.assign(Object.create(process), { parentPort }));
  const channel = openParentChannel();
  const received: unknown[] = [];
  channel.onMessage((message) => received.push(message));
  channel.onClosed(() => received.push('closed'));
  channel.send({ a: 1 });
  port.emit('message', { data: { b: 2 } });
  port.emit('close');
  channel.close();
  expect([port.started, port.sent, received]).toEqual([true, [{ a: 1 }], [{ b: 2 }, 'closed']]);
});

test('without any parent it says so', () => {
  vi.stubGlobal('process', Object.assign(Object.create(process), { parentPort: undefined, send: undefined }));
  expect(() => openParentChannel()).toThrow('must be started by Dialtree');
});
