import { SAMPLE_RATE } from './g711.ts';
import { type RtpPacket, timestampDelta } from './rtp.ts';
import { parseTelephoneEvent, serialiseTelephoneEvent } from './telephone-event.ts';

/** A moment in both clocks. */
interface Pair {
  readonly ssrc: number;
  readonly theirs: number;
  readonly ours: number;
}

/** Longer events are told as if they were so long (RFC 4733 2.3: 16 bits). */
const LONGEST_EVENT = 0xffff;

/**
 * Between the clock of a codec in RTP and ours of 8000 Hz, packet by packet: timestamps keep their distances, durations of
 * telephone-events are turned too. The faster clock is a multiple of ours, and sounds are a whole number of ticks long.
 */
export class StreamClock {
  readonly #scale: number;
  readonly #eventScale: number;
  #received: Pair | undefined;
  #sent: Pair | undefined;

  /** `eventClockRate`: of the durations of telephone-events; their timestamps are the voice's. */
  constructor(clockRate: number, eventClockRate = clockRate) {
    this.#scale = clockRate / SAMPLE_RATE;
    this.#eventScale = eventClockRate / SAMPLE_RATE;
  }

  /** A packet of the far end, in our clock. */
  fromFarEnd(packet: RtpPacket, isEvent: boolean): RtpPacket {
    if (this.#scale === 1) return packet;
    const { ssrc, timestamp } = packet;
    const before = this.#received?.ssrc === ssrc ? this.#received : { ssrc, theirs: timestamp, ours: timestamp };
    const ticks = Math.floor(timestampDelta(before.theirs, timestamp) / this.#scale);
    const ours = (before.ours + ticks) >>> 0;
    // The remainder stays: what moves on by less than a tick at a time moves on all the same.
    this.#received = { ssrc, theirs: (before.theirs + ticks * this.#scale) >>> 0, ours };
    return this.#turned(packet, ours, isEvent, 1 / this.#eventScale);
  }

  /** A packet of ours, in the far end's clock. */
  toFarEnd(packet: RtpPacket, isEvent: boolean): RtpPacket {
    if (this.#scale === 1) return packet;
    const { ssrc, timestamp } = packet;
    const before = this.#sent ?? { ssrc, theirs: timestamp, ours: timestamp };
    const theirs = (before.theirs + timestampDelta(before.ours, timestamp) * this.#scale) >>> 0;
    this.#sent = { ssrc, theirs, ours: timestamp };
    return this.#turned(packet, theirs, isEvent, this.#eventScale);
  }

  #turned(packet: RtpPacket, timestamp: number, isEvent: boolean, scale: number): RtpPacket {
    const event = isEvent ? parseTelephoneEvent(packet.payload) : undefined;
    if (event === undefined) return { ...packet, timestamp };
    const durationSamples = Math.min(LONGEST_EVENT, Math.round(event.durationSamples * scale));
    return { ...packet, timestamp, payload: serialiseTelephoneEvent({ ...event, durationSamples }) };
  }
}
