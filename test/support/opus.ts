import { prepareOpus } from '../../electron/media/opus/opus-library.ts';
import { parseOpusSettings } from '../../electron/media/opus/opus-settings.ts';
import { OpusVoiceDecoder } from '../../electron/media/opus/opus-voice-decoder.ts';
import { OpusVoiceEncoder } from '../../electron/media/opus/opus-voice-encoder.ts';

/** Samples of 20 ms at 16 kHz. */
export const WIDE_FRAME = 320;

/** A far end's packets of sound of 16 kHz, 20 ms each. */
export async function opusPackets(samples: Int16Array, parameters = ''): Promise<Uint8Array[]> {
  await prepareOpus();
  const encoder = new OpusVoiceEncoder(parseOpusSettings(parameters));
  // One that expects loss puts redundancy into its packets.
  encoder.noteLoss(parameters.includes('useinbandfec=1') ? 0.2 : 0);
  const packets: Uint8Array[] = [];
  for (let at = 0; at + WIDE_FRAME <= samples.length; at += WIDE_FRAME) {
    packets.push(encoder.encode(samples.subarray(at, at + WIDE_FRAME)));
  }
  encoder.close();
  return packets;
}

/** What a far end hears of packets, at 16 kHz. */
export async function opusHeard(packets: readonly Uint8Array[]): Promise<Int16Array> {
  await prepareOpus();
  const decoder = new OpusVoiceDecoder(16_000);
  const pieces = packets.map((packet) => decoder.decode(packet));
  decoder.close();
  const heard = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    heard.set(piece, at);
    at += piece.length;
  }
  return heard;
}
