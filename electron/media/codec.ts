import { decodeG711, type G711Codec, SAMPLE_RATE } from './g711.ts';
import { G722Decoder } from './g722/g722.ts';
import { Doubler, Halver } from './half-band.ts';
import { opusTicks } from './opus/opus-packet.ts';
import { OpusVoiceDecoder } from './opus/opus-voice-decoder.ts';

/**
 * All but Opus have 64 kbit/s and a clock of 8000 Hz in RTP, G.722 too (RFC 3551 4.5.2): a byte is a tick of it. Opus has
 * 48,000 Hz there (RFC 7587 4.1); legs turn it to 8000, at which all of `media/` counts.
 */
export type VoiceCodec = G711Codec | 'G722' | 'OPUS';

/** Static payload types (RFC 3551 table 4), and a dynamic one of our offers. */
export const PAYLOAD_TYPES: Readonly<Record<VoiceCodec, number>> = { PCMU: 0, PCMA: 8, G722: 9, OPUS: 111 };

/** Comfort noise (RFC 3389), also where it was not agreed: it tells that who sends it is silent. */
export const COMFORT_NOISE = 13;

/** What sound is decoded to, Hz. */
export type SoundRate = 8000 | 16_000;

/** Codecs that carry more than 3.4 kHz. */
export function isWide(codec: VoiceCodec | undefined): boolean {
  return codec === 'G722' || codec === 'OPUS';
}

/** How long a payload sounds, in ticks of 8000 Hz. */
export function ticksOf(codec: VoiceCodec, payload: Uint8Array): number {
  return codec === 'OPUS' ? opusTicks(payload) : payload.length;
}

/** Payloads of one stream, in their order, to sound: as many samples at 8000 Hz as `ticksOf` says. */
export interface VoiceDecoder {
  decode(payload: Uint8Array): Int16Array;
  /** The sound of packets that are missing, so many ticks; `next` comes right after them. */
  conceal(ticks: number, next?: Uint8Array): Int16Array;
  /** Gives its memory back; harmless twice. */
  close(): void;
}

export function createDecoder(codec: VoiceCodec, rate: SoundRate = SAMPLE_RATE): VoiceDecoder {
  if (codec === 'OPUS') return new OpusVoiceDecoder(rate);
  return {
    decode: codec === 'G722' ? g722Decoder(rate) : g711Decoder(codec, rate),
    conceal: (ticks) => new Int16Array((ticks * rate) / SAMPLE_RATE),
    close: () => {},
  };
}

function g711Decoder(codec: G711Codec, rate: SoundRate): VoiceDecoder['decode'] {
  if (rate === SAMPLE_RATE) return (payload) => decodeG711(codec, payload);
  const doubler = new Doubler();
  return (payload) => doubler.process(decodeG711(codec, payload));
}

function g722Decoder(rate: SoundRate): VoiceDecoder['decode'] {
  const decoder = new G722Decoder();
  if (rate !== SAMPLE_RATE) return (payload) => decoder.decode(payload);
  const halver = new Halver();
  return (payload) => halver.process(decoder.decode(payload));
}
