import { extensionFor } from '../bundle/media-type.ts';
import { damaged, MAX_DURATION_MS, notSupported, tooLong } from './audio-errors.ts';
import { type DecodedAudio, durationMsOf } from './decoded-audio.ts';
import { readWav } from './wav-reader.ts';

/**
 * Decodes a recording: WAV, mp3, FLAC or Ogg Vorbis, told by its bytes. The decoders are loaded when first used.
 * @throws DialtreeError `audio/not-supported`, `audio/damaged`, `audio/too-large`.
 */
export async function decodeAudio(bytes: Buffer): Promise<DecodedAudio> {
  const kind = extensionFor(bytes);
  const decode = kind === undefined ? undefined : DECODERS[kind];
  if (!decode) throw notSupported();
  const audio = await decode(bytes);
  if (durationMsOf(audio) === 0) throw damaged('it has no sound');
  if (durationMsOf(audio) > MAX_DURATION_MS) throw tooLong();
  return audio;
}

/** What the decoders below answer. */
interface Answer {
  readonly sampleRate: number;
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
}

const DECODERS: Readonly<Record<string, (bytes: Buffer) => DecodedAudio | Promise<DecodedAudio>>> = {
  wav: readWav,
  mp3: async (bytes) => {
    const { MPEGDecoder } = await import('mpg123-decoder');
    return decodeBy(new MPEGDecoder({ enableGapless: true }), (decoder) => decoder.decode(bytes));
  },
  flac: async (bytes) => {
    const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
    return decodeBy(new FLACDecoder(), (decoder) => decoder.decodeFile(bytes));
  },
  ogg: async (bytes) => {
    // The first page names its codec; Opus and Speex come in the same container.
    if (!bytes.subarray(0, 128).includes('\u0001vorbis', 0, 'latin1')) throw notSupported();
    const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
    return decodeBy(new OggVorbisDecoder(), (decoder) => decoder.decodeFile(bytes));
  },
};

async function decodeBy<Decoder extends { readonly ready: Promise<void>; free(): void }>(
  decoder: Decoder,
  decode: (decoder: Decoder) => Answer | Promise<Answer>,
): Promise<DecodedAudio> {
  await decoder.ready;
  let answer: Answer;
  try {
    answer = await decode(decoder);
  } catch (cause) {
    throw damaged('it cannot be decoded', cause);
  } finally {
    decoder.free();
  }
  // They answer bytes they cannot read with a rate of 0, and throw nothing.
  if (answer.samplesDecoded === 0 || !(answer.sampleRate > 0)) throw damaged('it cannot be decoded');
  return {
    sampleRateHz: answer.sampleRate,
    channels: answer.channelData.map((samples) => samples.subarray(0, answer.samplesDecoded)),
  };
}
