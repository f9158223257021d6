import { createDecoder, type VoiceCodec, type VoiceDecoder } from '../codec.ts';
import { SAMPLE_RATE } from '../g711.ts';
import { PacketOrder } from '../packet-order.ts';
import { type RtpPacket, timestampDelta } from '../rtp.ts';
import { type DtmfDigit, digitOf } from '../telephone-event.ts';
import { ToneDetector } from './tone-detector.ts';

/** Packets that wait when one is missing: 60 ms. */
const REORDER_PACKETS = 3;

/** Finds the keys in the voice packets of a far end that has no telephone-event (ITU-T Q.24 over RFC 3551). */
export class ToneReceiver {
  readonly #detector: ToneDetector;
  readonly #order = new PacketOrder(REORDER_PACKETS);
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

  /** Takes a packet; one without a payload tells of silence. */
  receive(packet: RtpPacket, codec: VoiceCodec): void {
    for (const next of this.#order.receive(packet, codec)) this.#listen(next, codec);
  }

  /** Gives the decoder's memory back; harmless twice. */
  close(): void {
    this.#decoder.close();
  }

  #listen(packet: RtpPacket, codec: VoiceCodec): void {
    const isSame = packet.ssrc === this.#ssrc && codec === this.#codec;
    if (!isSame) {
      this.#decoder.close();
      this.#decoder = createDecoder(codec);
    }
    // Another stream is a pause of any length.
    const gap = isSame ? timestampDelta(this.#next, packet.timestamp) : SAMPLE_RATE;
    if (gap !== 0) this.#detector.skip(Math.abs(gap));
    const samples = this.#decoder.decode(packet.payload);
    this.#detector.receive(samples);
    this.#codec = codec;
    this.#ssrc = packet.ssrc;
    this.#next = (packet.timestamp + samples.length) >>> 0;
  }
}
