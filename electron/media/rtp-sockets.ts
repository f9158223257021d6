import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { DialtreeError } from '../../shared/lib/errors.ts';

export interface RtpSockets {
  readonly port: number;
  send(bytes: Buffer, port: number, address: string): void;
  /** From the port of RTCP. */
  sendRtcp(bytes: Buffer, port: number, address: string): void;
  /** What is being sent still goes out. */
  close(): Promise<void>;
}

const ATTEMPTS = 20;

/**
 * A pair of UDP ports, RTP on the even one and RTCP on the next (RFC 3550 11).
 * @throws DialtreeError `media/no-port`.
 */
export async function openRtpSockets(
  address: string,
  onPacket: (bytes: Buffer, from: RemoteInfo) => void,
  onRtcp: (bytes: Buffer, from: RemoteInfo) => void,
): Promise<RtpSockets> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const one = await bind(address, 0);
    const port = one?.address().port ?? 0;
    if (one === undefined || port === 0) break;
    const other = await bind(address, port % 2 === 0 ? port + 1 : port - 1);
    if (other === undefined) {
      await close(one);
      continue;
    }
    const [rtp, rtcp] = port % 2 === 0 ? [one, other] : [other, one];
    rtp.on('message', onPacket);
    rtcp.on('message', onRtcp);
    // A phone that is gone makes the system report its closed port; its BYE, or silence, tells that better.
    const sendBy = (socket: Socket) => (bytes: Buffer, toPort: number, toAddress: string) =>
      socket.send(bytes, toPort, toAddress, () => {});
    return {
      port: rtp.address().port,
      send: sendBy(rtp),
      sendRtcp: sendBy(rtcp),
      close: async () => void (await Promise.all([close(rtp), close(rtcp)])),
    };
  }
  throw new DialtreeError({
    code: 'media/no-port',
    message: `There is no free pair of UDP ports on ${address} for the audio of a call.`,
    params: { address },
  });
}

function bind(address: string, port: number): Promise<Socket | undefined> {
  const family = address.includes(':') ? 6 : 4;
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    // Only addresses are sent to: the system's look-up would come back a turn later, for each packet.
    lookup: (host, _options, done) => done(null, host, family),
  });
  return new Promise((resolve) => {
    socket.once('error', () => socket.close(() => resolve(undefined)));
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}

function close(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    try {
      socket.close(() => resolve());
    } catch {
      resolve(); // it was closed before
    }
  });
}
