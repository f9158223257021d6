import { randomInt } from 'node:crypto';
import type { EventStep } from './dtmf/key-sender.ts';
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
  #relay: { readonly ssrc: number; readonly offset: number } | undefined;
  /** Our timestamp of the key that we press for another. */
  #key: number | undefined;
  /** The source's and our timestamp of the telephone-event being relayed. */
  #event: { readonly source: number; readonly ours: number } | undefined;

  /** A packet of the 20 ms clock. */
  fromClock(tick: number, payloadType: number, payload: Uint8Array): RtpPacket {
    const begins = this.#relay !== undefined || this.#last === undefined;
    this.#relay = undefined;
    return this.#packet(payloadType, begins, this.#atTick(tick), payload);
  }

  /** A packet of voice relayed from another leg. `tick` is the clock's, to start from. */
  fromRelay(tick: number, payloadType: number, packet: RtpPacket, payload: Uint8Array): RtpPacket {
    const begins = this.#follow(tick, packet) || packet.marker;
    let timestamp = this.#mapped(packet);
    if (this.#last !== undefined && timestampDelta(this.#last, timestamp) < -10 * FRAME_SAMPLES) {
      // The source started over (its page was reloaded, say): go on from where we are.
      this.#relay = { ssrc: packet.ssrc, offset: this.#atTick(tick) - packet.timestamp };
      timestamp = this.#mapped(packet);
    }
    return this.#packet(payloadType, begins, timestamp, payload);
  }

  /**
   * A telephone-event relayed from another leg: in place of its voice, or beside voice of the clock (`isBeside`). RFC 4733
   * 2.5.1.2: all packets of one event carry the timestamp of its beginning.
   */
  fromEvent(tick: number, payloadType: number, packet: RtpPacket, isBeside: boolean): RtpPacket {
    const begins = (!isBeside && this.#follow(tick, packet)) || packet.marker;
    if (this.#event?.source !== packet.timestamp) {
      const ours = isBeside ? (this.#last ?? this.#atTick(tick)) : this.#mapped(packet);
      this.#event = { source: packet.timestamp, ours };
    }
    return this.#packet(payloadType, begins, this.#event.ours, packet.payload);
  }

  /** A packet of a key that we press for another, beside the voice (RFC 4733 2.5.1.2). */
  fromKey(tick: number, payloadType: number, { begins, payload }: EventStep): RtpPacket {
    if (begins || this.#key === undefined) {
      const [last, before] = [this.#last, this.#key];
      // Two presses never share a timestamp, also where no voice came between them.
      const isNew = last !== undefined && (before === undefined || timestampDelta(before, last) > 0);
      this.#key = isNew ? last : this.#atTick(tick);
    }
    return this.#packet(payloadType, begins, this.#key, payload);
  }

  /** Relays that packet's source from now on; whether it did not before. */
  #follow(tick: number, packet: RtpPacket): boolean {
    if (this.#relay?.ssrc === packet.ssrc) return false;
    this.#relay = { ssrc: packet.ssrc, offset: this.#atTick(tick) - packet.timestamp };
    return true;
  }

  #mapped(packet: RtpPacket): number {
    return (packet.timestamp + (this.#relay?.offset ?? 0)) >>> 0;
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
