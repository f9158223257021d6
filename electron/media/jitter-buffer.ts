import { createDecoder, type SoundRate, ticksOf, type VoiceCodec, type VoiceDecoder } from './codec.ts';
import { FRAME_SAMPLES, SAMPLE_RATE } from './g711.ts';
import { type RtpPacket, timestampDelta } from './rtp.ts';

/** How long a packet waits for those before it, at the beginning and after pauses: 60 ms. */
const DEPTH = 0.06 * SAMPLE_RATE;
/** More than that waits when the sender's clock is faster, or after a stall; then it is cut back to the depth. */
const MOST = 3 * DEPTH;
/** So long nothing comes before the next packet is a new beginning: 100 ms. */
const PAUSE = 0.1 * SAMPLE_RATE;

/**
 * Turns the packets of one stream, as the network delivers them, into sound that is read by a clock of ours: in order,
 * what is missing as its decoder makes up for it, what comes too late left out.
 */
export class JitterBuffer {
  readonly #rate: SoundRate;
  /** Samples in a tick. */
  readonly #scale: number;
  /** By their time, the earliest first. */
  readonly #waiting: RtpPacket[] = [];
  /** Decoded and not read yet. */
  #sound: Int16Array = new Int16Array(0);
  #isPlaying = false;
  /** Timestamp of what is decoded next; undefined before the first packet is. */
  #next: number | undefined;
  /** Ticks that have been read while the first packet waited, and since the last one came. */
  #waited = 0;
  #silent = 0;
  #ssrc: number | undefined;
  #codec: VoiceCodec | undefined;
  #decoder: VoiceDecoder = createDecoder('PCMU');

  /** `rate`: of the sound, Hz. */
  constructor(rate: SoundRate = SAMPLE_RATE) {
    this.#rate = rate;
    this.#scale = rate / SAMPLE_RATE;
  }

  /** Takes a packet of voice. Late ones, and ones that came before, are dropped. */
  receive(packet: RtpPacket, codec: VoiceCodec): void {
    if (packet.ssrc !== this.#ssrc || codec !== this.#codec) {
      this.#ssrc = packet.ssrc;
      this.#codec = codec;
      this.#decoder.close();
      this.#decoder = createDecoder(codec, this.#rate);
      this.#startOver();
    }
    const ahead = this.#next === undefined ? 0 : timestampDelta(this.#next, packet.timestamp);
    // A long pause, or the sender's clock leapt.
    if (Math.abs(ahead) > SAMPLE_RATE) this.#startOver();
    else if (ahead < 0) return;
    const at = this.#waiting.findIndex(({ timestamp }) => timestampDelta(packet.timestamp, timestamp) >= 0);
    if (at === -1) this.#waiting.push(packet);
    else if (this.#waiting[at]?.timestamp !== packet.timestamp) this.#waiting.splice(at, 0, packet);
  }

  /** Gives the decoder's memory back; harmless twice. */
  close(): void {
    this.#decoder.close();
  }

  /** The next 20 ms. */
  read(): Int16Array {
    const frame = new Int16Array(FRAME_SAMPLES * this.#scale);
    if (!this.#isPlaying && !this.#begin()) return frame;
    if (this.#span() > MOST) this.#cutBack();
    for (let at = 0; at < frame.length; ) {
      if (this.#sound.length === 0) this.#decode((frame.length - at) / this.#scale);
      const piece = this.#sound.subarray(0, frame.length - at);
      frame.set(piece, at);
      this.#sound = this.#sound.subarray(piece.length);
      at += piece.length;
    }
    if (this.#silent >= PAUSE) this.#isPlaying = false;
    return frame;
  }

  /** Once packets for the whole depth are there, or the first has waited so long. */
  #begin(): boolean {
    const first = this.#waiting[0];
    if (first === undefined) return false;
    if (this.#span() < DEPTH && this.#waited < DEPTH) {
      this.#waited += FRAME_SAMPLES;
      return false;
    }
    this.#isPlaying = true;
    this.#next = first.timestamp;
    this.#waited = 0;
    this.#silent = 0;
    return true;
  }

  /** Ticks from the first waiting packet to the end of the last. */
  #span(): number {
    const [first, last] = [this.#waiting[0], this.#waiting.at(-1)];
    if (first === undefined || last === undefined) return 0;
    return timestampDelta(first.timestamp, last.timestamp) + ticksOf(this.#codec ?? 'PCMU', last.payload);
  }

  #cutBack(): void {
    while (this.#span() > DEPTH) this.#waiting.shift();
    this.#next = this.#waiting[0]?.timestamp ?? this.#next;
  }

  /** Makes the next sound: a packet's, or up to `most` ticks where it is missing. */
  #decode(most: number): void {
    const first = this.#waiting[0];
    const next = this.#next ?? 0;
    const gap = first === undefined ? most : timestampDelta(next, first.timestamp);
    const missing = Math.min(most, gap);
    if (first === undefined || missing > 0) {
      this.#sound = this.#decoder.conceal(missing, missing === gap ? first?.payload : undefined);
      this.#next = (next + missing) >>> 0;
      this.#silent = first === undefined ? this.#silent + missing : 0;
      return;
    }
    this.#waiting.shift();
    this.#silent = 0;
    this.#sound = this.#decoder.decode(first.payload);
    this.#next = (first.timestamp + this.#sound.length / this.#scale) >>> 0;
  }

  #startOver(): void {
    this.#waiting.length = 0;
    this.#isPlaying = false;
    this.#next = undefined;
    this.#waited = 0;
  }
}
