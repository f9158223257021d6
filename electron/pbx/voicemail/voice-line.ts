import { createDecoder, type VoiceCodec, type VoiceDecoder } from '../../media/codec.ts';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../media/g711.ts';
import { type RtpPacket, timestampDelta } from '../../media/rtp.ts';

/** Packets that are waited for when one is missing: 100 ms. */
const REORDER_PACKETS = 5;
/** A longer gap is not silence but another stream: it is closed up. */
const LONGEST_GAP = 10 * SAMPLE_RATE;

/**
 * Puts the packets of one voice back into one line of sound: in order, what was lost or not sent (keys, silence
 * suppression) as silence of its length (RFC 3550, timestamps).
 */
export class VoiceLine {
  readonly #waiting: RtpPacket[] = [];
  #codec: VoiceCodec | undefined;
  #decoder: VoiceDecoder = createDecoder('PCMU');
  #ssrc: number | undefined;
  #next = 0;

  /** Takes a packet; gives the sound that is complete now. */
  receive(packet: RtpPacket, codec: VoiceCodec): Int16Array {
    if (packet.ssrc !== this.#ssrc) {
      this.#ssrc = packet.ssrc;
      this.#next = packet.timestamp;
      this.#waiting.length = 0;
      this.#codec = undefined;
    }
    if (timestampDelta(this.#next, packet.timestamp) < 0) return new Int16Array(0);
    this.#waiting.push(packet);
    this.#waiting.sort((a, b) => timestampDelta(b.timestamp, a.timestamp));
    return this.#take(codec, false);
  }

  /** What still waits for packets before it. */
  flush(codec: VoiceCodec): Int16Array {
    return this.#take(codec, true);
  }

  #take(codec: VoiceCodec, all: boolean): Int16Array {
    if (codec !== this.#codec) {
      this.#codec = codec;
      this.#decoder = createDecoder(codec);
    }
    const pieces: Int16Array[] = [];
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const gap = timestampDelta(this.#next, first.timestamp);
      if (gap > 0 && !all && this.#waiting.length < REORDER_PACKETS) break;
      this.#waiting.shift();
      if (gap < 0) continue;
      if (gap > 0 && gap <= LONGEST_GAP) pieces.push(new Int16Array(gap));
      const samples = this.#decoder.decode(first.payload);
      pieces.push(samples);
      this.#next = (first.timestamp + samples.length) >>> 0;
    }
    return joined(pieces);
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
