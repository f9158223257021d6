import { createDecoder, ticksOf, type VoiceCodec, type VoiceDecoder } from '../../media/codec.ts';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../media/g711.ts';
import { PacketOrder } from '../../media/packet-order.ts';
import { type RtpPacket, timestampDelta } from '../../media/rtp.ts';

/** Packets that wait when one is missing: 100 ms. */
const REORDER_PACKETS = 5;
/** A longer gap is taken for a pause only if that much time has passed. */
const LONGEST_GAP = 10 * SAMPLE_RATE;
/** The line may lie so far behind the clock: by packets on their way, and clocks that differ. */
const SLACK = 0.2 * SAMPLE_RATE;

/**
 * Puts the packets of one voice back into one line of sound: in order, what was lost or not sent (keys, silence
 * suppression) as silence of its length (RFC 3550, timestamps), or as Opus makes up for it. Where timestamps do not tell (another stream, the
 * beginning, the end) the time that has passed does, so that the line is as long as it really took.
 */
export class VoiceLine {
  readonly #startMs: number;
  readonly #order = new PacketOrder(REORDER_PACKETS);
  #codec: VoiceCodec | undefined;
  #decoder: VoiceDecoder = createDecoder('PCMU');
  #ssrc: number | undefined;
  #next = 0;
  /** Samples given so far. */
  #length = 0;

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  /** Takes a packet; gives the sound that is complete now. One without a payload tells of silence up to its time. */
  receive(packet: RtpPacket, codec: VoiceCodec, nowMs: number): Int16Array {
    return this.#join(this.#order.receive(packet, codec), codec, nowMs);
  }

  /** At the end: what still waits for packets before it. */
  flush(codec: VoiceCodec, nowMs: number): Int16Array {
    return this.#join(this.#order.flush(), codec, nowMs);
  }

  /** After that: the silence since, when nothing was sent any more. */
  fill(nowMs: number): Int16Array {
    const silence = new Int16Array(this.#behind(nowMs, 0));
    this.#length += silence.length;
    return silence;
  }

  /** Gives the decoder's memory back; harmless twice. */
  close(): void {
    this.#decoder.close();
  }

  #join(packets: readonly RtpPacket[], codec: VoiceCodec, nowMs: number): Int16Array {
    const pieces: Int16Array[] = [];
    for (const packet of packets) {
      if (packet.ssrc !== this.#ssrc || codec !== this.#codec) {
        this.#decoder.close();
        this.#decoder = createDecoder(codec);
      }
      const silence = this.#silenceBefore(packet, codec, nowMs);
      pieces.push(this.#decoder.conceal(silence, packet.payload));
      const samples = this.#decoder.decode(packet.payload);
      pieces.push(samples);
      this.#codec = codec;
      this.#ssrc = packet.ssrc;
      this.#next = (packet.timestamp + samples.length) >>> 0;
      this.#length += silence + samples.length;
    }
    return joined(pieces);
  }

  #silenceBefore({ ssrc, timestamp, payload }: RtpPacket, codec: VoiceCodec, nowMs: number): number {
    const behind = this.#behind(nowMs, ticksOf(codec, payload));
    const gap = timestampDelta(this.#next, timestamp);
    const isTold = ssrc === this.#ssrc && gap >= 0 && gap <= Math.max(LONGEST_GAP, behind + SAMPLE_RATE);
    return isTold ? gap : behind;
  }

  /** Samples by which the line is shorter than the time that has passed, if it is more than usual. */
  #behind(nowMs: number, coming: number): number {
    const behind = Math.round(((nowMs - this.#startMs) * SAMPLE_RATE) / 1000) - this.#length - coming;
    return behind > SLACK ? behind : 0;
  }
}

export function joined(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Whether someone speaks in a piece: a frame of it is louder than a quiet room (−44 dB of full scale). */
export function hasVoice(samples: Int16Array): boolean {
  for (let start = 0; start < samples.length; start += FRAME_SAMPLES) {
    let sum = 0;
    const end = Math.min(samples.length, start + FRAME_SAMPLES);
    for (let i = start; i < end; i++) sum += (samples[i] ?? 0) ** 2;
    if (Math.sqrt(sum / (end - start)) > QUIET) return true;
  }
  return false;
}

const QUIET = 32_768 * 10 ** (-44 / 20);
