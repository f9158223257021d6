import { createDecoder, type VoiceCodec, type VoiceDecoder } from '../codec.ts';
import { SAMPLE_RATE } from '../g711.ts';
import { type RtpPacket, timestampDelta } from '../rtp.ts';
import { type DtmfDigit, digitOf } from '../telephone-event.ts';
import { ToneDetector } from './tone-detector.ts';

/** A leap in the timestamps by more is no loss but another stream. */
const LONGEST_GAP = SAMPLE_RATE;

/** Finds the keys in the voice packets of a far end that has no telephone-event (ITU-T Q.24 over RFC 3551). */
export class ToneReceiver {
  readonly #detector: ToneDetector;
  #codec: VoiceCodec | undefined;
  #decoder: VoiceDecoder = createDecoder('PCMU');
  #ssrc: number | undefined;
  #next = 0;

  /** A–D, which telephone sets do not have, are not told. */
  constructor(onDigit: (digit: DtmfDigit) => void) {
    this.#detector = new ToneDetector((key) => {
      const digit = digitOf(key);
      if (digit !== undefined) onDigit(digit);
    });
  }

  /** Takes a packet. Late ones are dropped: what came after them has been judged without them. */
  receive(packet: RtpPacket, codec: VoiceCodec): void {
    const gap = packet.ssrc === this.#ssrc ? timestampDelta(this.#next, packet.timestamp) : LONGEST_GAP + 1;
    if (gap < 0 && gap > -LONGEST_GAP) return;
    if (gap !== 0) this.#detector.skip(Math.abs(gap));
    if (packet.ssrc !== this.#ssrc || codec !== this.#codec) {
      this.#decoder = createDecoder(codec);
      this.#codec = codec;
    }
    const samples = this.#decoder.decode(packet.payload);
    this.#detector.receive(samples);
    this.#ssrc = packet.ssrc;
    this.#next = (packet.timestamp + samples.length) >>> 0;
  }
}
