import { ticksOf, type VoiceCodec } from './codec.ts';
import { SAMPLE_RATE } from './g711.ts';
import { type RtpPacket, timestampDelta } from './rtp.ts';

/** A packet that is so much too early or late is of another beginning: 1 s. */
const LEAP = SAMPLE_RATE;

/**
 * Puts the packets of a voice in order again (RFC 3550: by their timestamps). One that does not follow right after the
 * last waits until `patience` packets wait; what comes later than that, or came before, is dropped.
 */
export class PacketOrder {
  readonly #patience: number;
  /** The earliest first. */
  readonly #waiting: RtpPacket[] = [];
  #ssrc: number | undefined;
  #codec: VoiceCodec = 'PCMU';
  /** Timestamp that follows the last packet given. */
  #next: number | undefined;

  constructor(patience: number) {
    this.#patience = patience;
  }

  /** Takes a packet; gives those whose turn it is now. */
  receive(packet: RtpPacket, codec: VoiceCodec): RtpPacket[] {
    const ahead = this.#next === undefined ? 0 : timestampDelta(this.#next, packet.timestamp);
    const begins = packet.ssrc !== this.#ssrc || ahead < -LEAP;
    const before = begins ? this.flush() : [];
    if (begins) this.#next = packet.timestamp;
    else if (ahead < 0) return before;
    this.#ssrc = packet.ssrc;
    this.#codec = codec;
    const at = this.#waiting.findIndex(({ timestamp }) => timestampDelta(packet.timestamp, timestamp) >= 0);
    if (at === -1) this.#waiting.push(packet);
    else if (this.#waiting[at]?.timestamp !== packet.timestamp) this.#waiting.splice(at, 0, packet);
    return [...before, ...this.#take(false)];
  }

  /** What still waits for packets before it. */
  flush(): RtpPacket[] {
    return this.#take(true);
  }

  #take(all: boolean): RtpPacket[] {
    const ready: RtpPacket[] = [];
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const isNext = first.timestamp === this.#next;
      if (!isNext && !all && this.#waiting.length < this.#patience) break;
      this.#waiting.shift();
      ready.push(first);
      this.#next = (first.timestamp + ticksOf(this.#codec, first.payload)) >>> 0;
    }
    return ready;
  }
}
