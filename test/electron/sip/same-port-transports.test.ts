import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { SamePortTransports } from '../../../electron/sip/same-port-transports.ts';
import { TcpTransport } from '../../../electron/sip/tcp-transport.ts';
import type { SipTransport } from '../../../electron/sip/transport.ts';
import { UdpTransport } from '../../../electron/sip/udp-transport.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';

const host = '127.0.0.1';
const none = { handleText: () => {}, handleClosed: () => {} };

function both(port: number): SamePortTransports {
  const group = new SamePortTransports(port, (chosen): SipTransport[] => [
    new UdpTransport({ host, port: chosen }),
    new TcpTransport({ clock: new ManualClock(), host, port: chosen }),
  ]);
  onTestFinished(() => group.close());
  return group;
}

test('UDP and TCP have one port', async () => {
  const group = both(0);
  const { port } = await group.listen(none);
  expect(port).toBeGreaterThan(0);
  await expect(new UdpTransport({ host, port }).listen(none)).rejects.toMatchObject({ code: 'pbx/port-in-use' });
  await expect(both(port).listen(none)).rejects.toMatchObject({ code: 'pbx/port-in-use' });
  await group.close();
  await expect(both(port).listen(none)).resolves.toEqual({ host, port });
});

test('a port that only one of them can have is an error, and leaves the other free', async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  const port = await new Promise<number>((resolve) =>
    server.listen(0, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
  await expect(both(port).listen(none)).rejects.toMatchObject({ code: 'pbx/port-in-use' });
  const udp = new UdpTransport({ host, port });
  await expect(udp.listen(none)).resolves.toEqual({ host, port });
  await udp.close();
});

test('a free port that the second cannot have is given back for another', async () => {
  let made = 0;
  const group = new SamePortTransports(0, (port) => [
    new UdpTransport({ host, port }),
    // The first time it meets a port that somebody else has.
    port !== 0 && made++ === 0
      ? new UdpTransport({ host, port })
      : new TcpTransport({ clock: new ManualClock(), host, port }),
  ]);
  onTestFinished(() => group.close());
  expect((await group.listen(none)).port).toBeGreaterThan(0);
  expect(made).toBe(2);
});
