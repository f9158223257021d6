import { randomInt } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { DialtreeError } from '../../shared/lib/errors.ts';

export interface RtpSockets {
  readonly port: number;
  /** Where to, when there is no `only`; with it, to there. */
  send(bytes: Buffer, port: number, address: string): void;
  /**
   * From now on to and from one place only, which the system then sees to: a packet costs less, and strangers' ones do
   * not even arrive. Undefined: to and from anywhere again.
   */
  only(place: { readonly port: number; readonly address: string } | undefined): void;
  /** From the port of RTCP. */
  sendRtcp(bytes: Buffer, port: number, address: string): void;
  /** What is being sent still goes out. */
  close(): Promise<void>;
}

const ATTEMPTS = 50;
/** Even ports from the first up to the end, which is left out. */
const FIRST_PORT = 10_000;
const END_PORT = 65_534;

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
    // Named, not given by the system: that one would take it back when the socket is no longer `only` for one place.
    const port = 2 * randomInt(FIRST_PORT / 2, END_PORT / 2);
    const rtp = await bind(address, port);
    if (rtp === undefined) continue;
    const rtcp = await bind(address, port + 1);
    if (rtcp === undefined) {
      await close(rtp);
      continue;
    }
    rtp.on('message', onPacket);
    rtcp.on('message', onRtcp);
    let isConnected = false;
    return {
      port,
      // Without a callback an error is nobody's: a phone that is gone makes the system report its closed port; its BYE,
      // or silence, tells that better.
      send: (bytes, toPort, toAddress) => {
        if (isConnected) rtp.send(bytes);
        else rtp.send(bytes, toPort, toAddress);
      },
      sendRtcp: (bytes, toPort, toAddress) => rtcp.send(bytes, toPort, toAddress),
      only: (place) => {
        if (isConnected) rtp.disconnect();
        isConnected = place !== undefined;
        if (place !== undefined) rtp.connect(place.port, place.address);
      },
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
