import { randomInt } from 'node:crypto';
import { FRAME_SAMPLES } from './g711.ts';
import { type RtpPacket, timestampDelta } from './rtp.ts';

/**
 * Numbering of one leg's outgoing RTP. Prompts, silence, music and relayed audio follow each other in one stream with
 * one SSRC: sequence numbers without a gap, timestamps that always move forward (RFC 3550 5.1), a marker at each
 * beginning, so that the far end's jitter buffer never resets.
 */
export class OutboundStream {
  readonly ssrc = randomInt(1, 2 ** 32);
  #sequence = randomInt(0, 2 ** 15);
  /** Timestamp of tick 0; moves when relayed audio has run ahead of the clock. */
  #base = randomInt(0, 2 ** 31);
  #last: number | undefined;
  /** Source stream that is being relayed and how far its timestamps lie from ours. */
  #relay: { readonly ssrc: number; offset: number } | undefined;
  /** The source's and our timestamp of the telephone-event being relayed. */
  #event: { readonly source: number; readonly ours: number } | undefined;

  /** A packet of the 20 ms clock. */
  fromClock(tick: number, payloadType: number, payload: Uint8Array): RtpPacket {
    const begins = this.#relay !== undefined || this.#last === undefined;
    this.#relay = undefined;
    return this.#packet(payloadType, begins, this.#atTick(tick), payload);
  }

  /** A packet relayed from another leg, voice or telephone-event. `tick` is the clock's, to start from. */
  fromRelay(tick: number, payloadType: number, packet: RtpPacket, payload: Uint8Array, isEvent: boolean): RtpPacket {
    let begins = packet.marker;
    if (this.#relay?.ssrc !== packet.ssrc) {
      this.#relay = { ssrc: packet.ssrc, offset: this.#atTick(tick) - packet.timestamp };
      begins = true;
    }
    let timestamp = (packet.timestamp + this.#relay.offset) >>> 0;
    if (isEvent) {
      // RFC 4733 2.5.1.2: all packets of one event carry the timestamp of its beginning.
      if (this.#event?.source !== packet.timestamp) this.#event = { source: packet.timestamp, ours: timestamp };
      timestamp = this.#event.ours;
    } else if (this.#last !== undefined && timestampDelta(this.#last, timestamp) < -10 * FRAME_SAMPLES) {
      // The source started over (its page was reloaded, say): go on from where we are.
      this.#relay.offset = this.#atTick(tick) - packet.timestamp;
      timestamp = (packet.timestamp + this.#relay.offset) >>> 0;
    }
    return this.#packet(payloadType, begins, timestamp, payload);
  }

  /** Timestamp for the tick, moved forward when something later has already been sent. */
  #atTick(tick: number): number {
    let timestamp = (this.#base + tick * FRAME_SAMPLES) >>> 0;
    if (this.#last !== undefined && timestampDelta(this.#last, timestamp) < FRAME_SAMPLES) {
      const next = (this.#last + FRAME_SAMPLES) >>> 0;
      this.#base = (this.#base + timestampDelta(timestamp, next)) >>> 0;
      timestamp = next;
    }
    return timestamp;
  }

  #packet(payloadType: number, marker: boolean, timestamp: number, payload: Uint8Array): RtpPacket {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    if (this.#last === undefined || timestampDelta(this.#last, timestamp) > 0) this.#last = timestamp;
    return { payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.ssrc, payload };
  }
}
