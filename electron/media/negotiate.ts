import { DialtreeError } from '../../shared/lib/errors.ts';
import { PAYLOAD_TYPES, SAMPLE_RATE, type VoiceCodec } from './g711.ts';
import type { LegFormat } from './media-leg.ts';
import { type Direction, parseSdp, type Sdp, type SdpCodec, type SdpMedia } from './sdp.ts';

/** Voice codecs, the best first. */
const CODECS: readonly VoiceCodec[] = ['PCMU', 'PCMA'];
/** Payload type of telephone-event in our own offers. */
const EVENT_PAYLOAD_TYPE = 101;

/** Codecs of our offers. */
export const OFFERED_CODECS: readonly SdpCodec[] = [
  ...CODECS.map((name) => ({ payloadType: PAYLOAD_TYPES[name], name, clockRate: SAMPLE_RATE })),
  { payloadType: EVENT_PAYLOAD_TYPE, name: 'TELEPHONE-EVENT', clockRate: SAMPLE_RATE },
];

export interface Negotiated {
  readonly sdp: Sdp;
  readonly audioIndex: number;
  readonly audio: SdpMedia;
  readonly format: LegFormat;
  /** What stands in our description. */
  readonly codecs: readonly SdpCodec[];
  readonly direction: Direction;
}

/** Our direction for theirs (RFC 3264 6.1). */
const MIRROR: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/**
 * Reads a description of a browser (`secured`: ICE and DTLS) or of a phone (`plain`: RTP) and decides the format.
 * Throws `media/bad-sdp` for what cannot be read or lacks ICE or DTLS, and `media/no-codec` when no codec is shared.
 */
export function negotiate(text: string, kind: 'secured' | 'plain' = 'secured'): Negotiated {
  const sdp = parseSdp(text);
  if (sdp === undefined) throw bad('it cannot be parsed');
  const audioIndex = sdp.media.findIndex((section) => section.kind === 'audio' && section.port !== 0);
  const audio = sdp.media[audioIndex];
  if (audio === undefined) throw bad('it has no audio');
  if (kind === 'plain' && !/^RTP\/AVPF?$/i.test(audio.protocol)) throw bad(`its audio is ${audio.protocol}`);
  if (kind === 'secured' && (audio.ice === undefined || audio.fingerprint === undefined)) {
    throw bad('it has no ICE or DTLS parameters');
  }
  const voice = CODECS.map((name) => audio.codecs.find((codec) => codec.name === name)).find((codec) => codec);
  if (voice === undefined) {
    throw new DialtreeError({
      code: 'media/no-codec',
      message: 'The phone offers neither G.711 µ-law nor A-law.',
      hint: 'Allow PCMU in the phone.',
    });
  }
  // The event's clock must be the voice codec's: browsers also offer one at 48000 for Opus, and answering with that
  // stretches every digit.
  const event = audio.codecs.find((codec) => codec.name === 'TELEPHONE-EVENT' && codec.clockRate === voice.clockRate);
  // RFC 3264 8.4: an address of zeros is hold as it was before directions; who says it hears nothing.
  // Browsers write it too, before they know their address; theirs means nothing.
  const isHeld = kind === 'plain' && audio.address === '0.0.0.0' && audio.direction === 'sendrecv';
  const direction = isHeld ? 'sendonly' : audio.direction;
  return {
    sdp,
    audioIndex,
    audio,
    codecs: event === undefined ? [voice] : [voice, event],
    direction: MIRROR[direction],
    format: {
      codec: voice.name === 'PCMA' ? 'PCMA' : 'PCMU',
      payloadType: voice.payloadType,
      eventPayloadType: event?.payloadType,
      wantsAudio: direction === 'sendrecv' || direction === 'recvonly',
      sendsAudio: direction === 'sendrecv' || direction === 'sendonly',
    },
  };
}

function bad(why: string): DialtreeError {
  return new DialtreeError({ code: 'media/bad-sdp', message: `The session description cannot be used: ${why}.` });
}
