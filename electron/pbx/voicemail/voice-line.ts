import { createDecoder, type SoundRate, ticksOf, type VoiceCodec, type VoiceDecoder } from '../../media/codec.ts';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../media/g711.ts';
import { PacketOrder } from '../../media/packet-order.ts';
import { type RtpPacket, timestampDelta } from '../../media/rtp.ts';

/** Packets that wait when one is missing: 100 ms. */
const REORDER_PACKETS = 5;
/** A longer gap is taken for a pause only if that much time has passed. */
const LONGEST_GAP = 10 * SAMPLE_RATE;
/** The line may lie so far behind the clock: by packets on their way, and clocks that differ. */
const SLACK = 0.2 * SAMPLE_RATE;
/** What may still be on its way when the line is kept up with the time. */
const ON_ITS_WAY = 0.3 * SAMPLE_RATE;

export interface VoiceLineOptions {
  readonly rate?: SoundRate;
  readonly isOneOfTwo?: boolean;
}

/**
 * Puts the packets of one voice back into one line of sound: in order, what was lost or not sent (keys, silence
 * suppression) as silence of its length (RFC 3550, timestamps), or as Opus makes up for it. Where timestamps do not tell (another stream, the
 * beginning, the end) the time that has passed does, so that the line is as long as it really took.
 */
export class VoiceLine {
  readonly #startMs: number;
  readonly #order = new PacketOrder(REORDER_PACKETS);
  readonly #rate: SoundRate;
  readonly #isOneOfTwo: boolean;
  #codec: VoiceCodec | undefined;
  #decoder: VoiceDecoder;
  #ssrc: number | undefined;
  #next = 0;
  /** How much was given so far, in ticks of 8000 Hz, as all numbers here. */
  #length = 0;

  /**
   * `rate`: of the sound that it gives. `isOneOfTwo`: another line begins at the same moment, which both must keep to,
   * whoever is heard first.
   */
  constructor(startMs: number, { rate = SAMPLE_RATE, isOneOfTwo = false }: VoiceLineOptions = {}) {
    this.#startMs = startMs;
    this.#rate = rate;
    this.#isOneOfTwo = isOneOfTwo;
    this.#decoder = createDecoder('PCMU', rate);
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
    return this.#silence(this.#behind(nowMs, 0));
  }

  /** While it goes on: silence for who has sent nothing for a while, up to what may still be on its way. */
  keepUp(nowMs: number): Int16Array {
    const missing = this.#behind(nowMs, ON_ITS_WAY);
    // What comes next follows on that silence.
    this.#next = (this.#next + missing) >>> 0;
    return this.#silence(missing);
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
        this.#decoder = createDecoder(codec, this.#rate);
      }
      const silence = this.#silenceBefore(packet, codec, nowMs);
      pieces.push(this.#decoder.conceal(silence, packet.payload));
      const samples = this.#decoder.decode(packet.payload);
      pieces.push(samples);
      this.#codec = codec;
      this.#ssrc = packet.ssrc;
      const ticks = (samples.length * SAMPLE_RATE) / this.#rate;
      this.#next = (packet.timestamp + ticks) >>> 0;
      this.#length += silence + ticks;
    }
    return joined(pieces);
  }

  #silenceBefore({ ssrc, timestamp, payload }: RtpPacket, codec: VoiceCodec, nowMs: number): number {
    const coming = ticksOf(codec, payload);
    if (this.#isOneOfTwo && this.#ssrc === undefined) return Math.max(0, this.#behindBy(nowMs, coming));
    const behind = this.#behind(nowMs, coming);
    const gap = timestampDelta(this.#next, timestamp);
    const isTold = ssrc === this.#ssrc && gap >= 0 && gap <= Math.max(LONGEST_GAP, behind + SAMPLE_RATE);
    return isTold ? gap : behind;
  }

  #silence(ticks: number): Int16Array {
    this.#length += ticks;
    return new Int16Array((ticks * this.#rate) / SAMPLE_RATE);
  }

  /** How much the line is shorter than the time that has passed, if it is more than usual. */
  #behind(nowMs: number, coming: number): number {
    const behind = this.#behindBy(nowMs, coming);
    return behind > SLACK ? behind : 0;
  }

  #behindBy(nowMs: number, coming: number): number {
    return Math.round(((nowMs - this.#startMs) * SAMPLE_RATE) / 1000) - this.#length - coming;
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
