/** One captured UDP packet over IPv4. */
export interface CapturedPacket {
  /** Kernel's time of sending, ms since the epoch. */
  readonly atMs: number;
  readonly sourcePort: number;
  readonly targetPort: number;
  /** As much of the payload as was captured; valid until the next packet. */
  readonly payload: Buffer;
}

const FILE_HEADER_BYTES = 24;
const PACKET_HEADER_BYTES = 16;
const ETHERNET_BYTES = 14;
const UDP_BYTES = 8;
const UDP = 17;
/** Magic of little-endian captures with microseconds (tcpdump's own format, pcap-savefile(5)). */
const MAGIC = 0xa1b2c3d4;

/** Reads a capture of a loopback interface as it is written; gives each UDP packet to `take`. */
export class PcapReader {
  readonly #take: (packet: CapturedPacket) => void;
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;

  constructor(take: (packet: CapturedPacket) => void) {
    this.#take = take;
  }

  write(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (!this.#begun) {
      if (bytes.length < FILE_HEADER_BYTES) {
        this.#rest = bytes;
        return;
      }
      if (bytes.readUInt32LE(0) !== MAGIC) throw new Error('this is no capture with microseconds');
      this.#begun = true;
      at = FILE_HEADER_BYTES;
    }
    for (;;) {
      if (bytes.length - at < PACKET_HEADER_BYTES) break;
      const captured = bytes.readUInt32LE(at + 8);
      const end = at + PACKET_HEADER_BYTES + captured;
      if (bytes.length < end) break;
      this.#read(bytes, at, end);
      at = end;
    }
    this.#rest = bytes.subarray(at);
  }

  #read(bytes: Buffer, at: number, end: number): void {
    const ip = at + PACKET_HEADER_BYTES + ETHERNET_BYTES;
    if (bytes[ip + 9] !== UDP) return;
    const udp = ip + ((bytes[ip] ?? 0) & 0x0f) * 4;
    this.#take({
      atMs: bytes.readUInt32LE(at) * 1000 + bytes.readUInt32LE(at + 4) / 1000,
      sourcePort: bytes.readUInt16BE(udp),
      targetPort: bytes.readUInt16BE(udp + 2),
      payload: bytes.subarray(udp + UDP_BYTES, end),
    });
  }
}
