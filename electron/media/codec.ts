import { decodeG711, type G711Codec } from './g711.ts';
import { G722Decoder } from './g722/g722.ts';
import { Halver } from './half-band.ts';

/** Every one has 64 kbit/s and a clock of 8000 Hz in RTP, G.722 too (RFC 3551 4.5.2): a byte is a tick of it. */
export type VoiceCodec = G711Codec | 'G722';

/** Static payload types (RFC 3551 table 4). */
export const PAYLOAD_TYPES: Readonly<Record<VoiceCodec, number>> = { PCMU: 0, PCMA: 8, G722: 9 };

/** Comfort noise (RFC 3389), also where it was not agreed: it tells that who sends it is silent. */
export const COMFORT_NOISE = 13;

/** Payloads of one stream, in their order, to sound of 8000 Hz: a sample for each byte. */
export interface VoiceDecoder {
  decode(payload: Uint8Array): Int16Array;
}

export function createDecoder(codec: VoiceCodec): VoiceDecoder {
  if (codec !== 'G722') return { decode: (payload) => decodeG711(codec, payload) };
  const [decoder, halver] = [new G722Decoder(), new Halver()];
  return { decode: (payload) => halver.process(decoder.decode(payload)) };
}
