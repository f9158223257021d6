/**
 * RTCP packets (RFC 3550 6.4–6.6), the kinds that a call between two needs. Each begins with
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |V=2|P|  count  |      PT       |    length in words, less 1    |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 * and several of them make one datagram.
 */
export type RtcpPacket = SenderReport | ReceiverReport | SourceDescription | Goodbye;

export interface SenderReport {
  readonly kind: 'sender-report';
  readonly ssrc: number;
  /** When it was sent, NTP time: seconds since 1900 and 2^-32 s. */
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  /** The same moment in the clock of the sender's RTP. */
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
  readonly blocks: readonly ReportBlock[];
}

export interface ReceiverReport {
  readonly kind: 'receiver-report';
  readonly ssrc: number;
  readonly blocks: readonly ReportBlock[];
}

/** What a receiver tells of one source (RFC 3550 6.4.1). */
export interface ReportBlock {
  readonly ssrc: number;
  /** Lost since the report before, in 1/256. */
  readonly fractionLost: number;
  /** Lost since the beginning; negative when packets came twice. 24 bits. */
  readonly totalLost: number;
  /** Highest sequence number received, with the number of its cycles above. */
  readonly highestSequence: number;
  /** Interarrival jitter, in the clock of RTP. */
  readonly jitter: number;
  /** Middle 32 bits of the last sender report's NTP time; 0: there was none. */
  readonly lastReport: number;
  /** Since that report, in 1/65536 s. */
  readonly delaySinceLastReport: number;
}

export interface SourceDescription {
  readonly kind: 'description';
  readonly ssrc: number;
  readonly cname: string;
}

export interface Goodbye {
  readonly kind: 'bye';
  readonly ssrcs: readonly number[];
}

const TYPES = { senderReport: 200, receiverReport: 201, description: 202, bye: 203 } as const;
const CNAME = 1;
const BLOCK_BYTES = 24;

/** Whether a datagram at a port of RTP is RTCP: RTP never has these types with the marker bit (RFC 5761 4). */
export function isRtcp(bytes: Buffer): boolean {
  const type = bytes[1] ?? 0;
  return bytes.length > 1 && type >= 192 && type <= 223;
}

/** A compound packet on the wire. */
export function serialiseRtcp(packets: readonly RtcpPacket[]): Buffer {
  return Buffer.concat(packets.map(serialiseOne));
}

/**
 * Reads a compound packet; undefined when it fails the checks of RFC 3550 A.2 (version, a report first and without
 * padding, lengths that add up). Kinds that are not known, and descriptions without a name, are skipped.
 */
export function parseRtcp(bytes: Buffer): RtcpPacket[] | undefined {
  const packets: RtcpPacket[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined;
    const first = bytes.readUInt8(at);
    const type = bytes.readUInt8(at + 1);
    const end = at + 4 + 4 * bytes.readUInt16BE(at + 2);
    if (first >> 6 !== 2 || end > bytes.length) return undefined;
    const isPadded = (first & 0x20) !== 0;
    if (at === 0 && (isPadded || (type !== TYPES.senderReport && type !== TYPES.receiverReport))) return undefined;
    const packet = parseOne(type, first & 0x1f, bytes.subarray(at + 4, end));
    if (packet === 'damaged') return undefined;
    if (packet !== undefined) packets.push(packet);
    at = end;
  }
  return packets.length === 0 ? undefined : packets;
}

function serialiseOne(packet: RtcpPacket): Buffer {
  switch (packet.kind) {
    case 'sender-report': {
      const body = Buffer.alloc(24);
      const { ssrc, ntpSeconds, ntpFraction, rtpTimestamp, packets, octets } = packet;
      for (const [index, word] of [ssrc, ntpSeconds, ntpFraction, rtpTimestamp, packets, octets].entries()) {
        body.writeUInt32BE(word >>> 0, 4 * index);
      }
      return framed(TYPES.senderReport, packet.blocks.length, [body, ...packet.blocks.map(serialiseBlock)]);
    }
    case 'receiver-report':
      return framed(TYPES.receiverReport, packet.blocks.length, [
        word(packet.ssrc),
        ...packet.blocks.map(serialiseBlock),
      ]);
    case 'description': {
      const name = Buffer.from(packet.cname).subarray(0, 255);
      const item = Buffer.concat([Buffer.of(CNAME, name.length), name]);
      // The list ends with at least one zero, and at a word's border (RFC 3550 6.5).
      const end = Buffer.alloc(4 - (item.length % 4));
      return framed(TYPES.description, 1, [word(packet.ssrc), item, end]);
    }
    case 'bye':
      return framed(TYPES.bye, packet.ssrcs.length, packet.ssrcs.map(word));
  }
}

function framed(type: number, count: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.of(0x80 | count, type, 0, 0);
  head.writeUInt16BE(body.length / 4, 2);
  return Buffer.concat([head, body]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function serialiseBlock(block: ReportBlock): Buffer {
  const bytes = Buffer.alloc(BLOCK_BYTES);
  bytes.writeUInt32BE(block.ssrc, 0);
  bytes.writeUInt8(block.fractionLost, 4);
  bytes.writeIntBE(Math.max(-0x80_0000, Math.min(0x7f_ffff, block.totalLost)), 5, 3);
  bytes.writeUInt32BE(block.highestSequence >>> 0, 8);
  bytes.writeUInt32BE(block.jitter >>> 0, 12);
  bytes.writeUInt32BE(block.lastReport >>> 0, 16);
  bytes.writeUInt32BE(block.delaySinceLastReport >>> 0, 20);
  return bytes;
}

function parseOne(type: number, count: number, body: Buffer): RtcpPacket | 'damaged' | undefined {
  switch (type) {
    case TYPES.senderReport: {
      if (body.length < 24 + count * BLOCK_BYTES) return 'damaged';
      return {
        kind: 'sender-report',
        ssrc: body.readUInt32BE(0),
        ntpSeconds: body.readUInt32BE(4),
        ntpFraction: body.readUInt32BE(8),
        rtpTimestamp: body.readUInt32BE(12),
        packets: body.readUInt32BE(16),
        octets: body.readUInt32BE(20),
        blocks: parseBlocks(count, body.subarray(24)),
      };
    }
    case TYPES.receiverReport: {
      if (body.length < 4 + count * BLOCK_BYTES) return 'damaged';
      return { kind: 'receiver-report', ssrc: body.readUInt32BE(0), blocks: parseBlocks(count, body.subarray(4)) };
    }
    case TYPES.description:
      return parseDescription(count, body);
    case TYPES.bye: {
      if (body.length < 4 * count) return 'damaged';
      return { kind: 'bye', ssrcs: Array.from({ length: count }, (_, index) => body.readUInt32BE(4 * index)) };
    }
    default:
      return undefined;
  }
}

function parseBlocks(count: number, bytes: Buffer): ReportBlock[] {
  return Array.from({ length: count }, (_, index) => {
    const at = index * BLOCK_BYTES;
    return {
      ssrc: bytes.readUInt32BE(at),
      fractionLost: bytes.readUInt8(at + 4),
      totalLost: bytes.readIntBE(at + 5, 3),
      highestSequence: bytes.readUInt32BE(at + 8),
      jitter: bytes.readUInt32BE(at + 12),
      lastReport: bytes.readUInt32BE(at + 16),
      delaySinceLastReport: bytes.readUInt32BE(at + 20),
    };
  });
}

/** The first source's name: an end of a call describes itself only. */
function parseDescription(count: number, body: Buffer): SourceDescription | undefined {
  if (count === 0 || body.length < 4) return undefined;
  for (let at = 4; at + 2 <= body.length && body[at] !== 0; ) {
    const length = body.readUInt8(at + 1);
    const from = at + 2;
    if (from + length > body.length) return undefined;
    if (body[at] === CNAME) {
      return { kind: 'description', ssrc: body.readUInt32BE(0), cname: body.toString('utf8', from, from + length) };
    }
    at = from + length;
  }
  return undefined;
}
