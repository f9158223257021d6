/**
 * RTP fixed header (RFC 3550 5.1):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                           timestamp                           |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |           synchronization source (SSRC) identifier            |
 *     +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  /** 16 bits. */
  readonly sequence: number;
  /** 32 bits, in samples of the payload's clock rate. */
  readonly timestamp: number;
  /** 32 bits. */
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

const FIXED_BYTES = 12;

/** A packet on the wire, without CSRCs and extensions. */
export function serialiseRtp(packet: RtpPacket): Buffer {
  const bytes = Buffer.allocUnsafe(FIXED_BYTES + packet.payload.length);
  bytes[0] = 0x80;
  bytes[1] = (packet.marker ? 0x80 : 0) | packet.payloadType;
  bytes.writeUInt16BE(packet.sequence, 2);
  bytes.writeUInt32BE(packet.timestamp, 4);
  bytes.writeUInt32BE(packet.ssrc, 8);
  bytes.set(packet.payload, FIXED_BYTES);
  return bytes;
}

/** Reads a packet; undefined when it is not RTP version 2 or is cut off. CSRCs, extensions and padding are skipped. */
export function parseRtp(bytes: Buffer): RtpPacket | undefined {
  if (bytes.length < FIXED_BYTES || (bytes.readUInt8(0) & 0xc0) !== 0x80) return undefined;
  const first = bytes.readUInt8(0);
  let offset = FIXED_BYTES + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (bytes.length < offset + 4) return undefined;
    offset += 4 + 4 * bytes.readUInt16BE(offset + 2);
  }
  const padding = first & 0x20 ? bytes.readUInt8(bytes.length - 1) : 0;
  const end = bytes.length - padding;
  if (end < offset || (first & 0x20 && padding === 0)) return undefined;
  return {
    payloadType: bytes.readUInt8(1) & 0x7f,
    marker: (bytes.readUInt8(1) & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(offset, end),
  };
}

/** How far `to` is ahead of `from`, modulo 2**32: negative when it is behind. */
export function timestampDelta(from: number, to: number): number {
  return (to - from) | 0;
}
