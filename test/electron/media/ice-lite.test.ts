import { beforeEach, expect, test } from 'vitest';
import { Candidate, Connection, classes, Message, methods, type Protocol } from 'werift';
import { sendOnCheckedPath } from '../../../electron/media/ice-lite.ts';

let connection: Connection;
let protocol: Protocol;

beforeEach(() => {
  connection = new Connection(false, { iceLite: true });
  sendOnCheckedPath(connection);
  const localCandidate = new Candidate('1', 1, 'udp', 1, '127.0.0.1', 5000, 'host');
  protocol = { type: 'stun', localCandidate } as unknown as Protocol;
});

/** A check that has passed, from a port of the browser. */
function check(port: number, nominates = false): void {
  const message = new Message(methods.BINDING, classes.REQUEST);
  message.setAttribute('USERNAME', 'us:them').setAttribute('PRIORITY', 1);
  if (nominates) message.setAttribute('USE-CANDIDATE', null);
  connection.checkIncoming(message, ['127.0.0.1', port], protocol);
}

const port = () => connection.nominated?.remoteCandidate.port;

test('a path that passed a check is used before the browser nominates one', () => {
  expect(port()).toBeUndefined();
  check(1001);
  expect(port()).toBe(1001);
  check(1002);
  expect(port()).toBe(1001);
});

test('a nominated path replaces it, and a later one replaces that', () => {
  check(1001);
  check(1002, true);
  expect(port()).toBe(1002);
  check(1001);
  expect(port()).toBe(1002);
  check(1003, true);
  expect(port()).toBe(1003);
});

test('after a restart the old path is forgotten', async () => {
  check(1001, true);
  await connection.restart();
  expect(port()).toBeUndefined();
  check(1004);
  expect(port()).toBe(1004);
});
