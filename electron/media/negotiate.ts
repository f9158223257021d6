import { DialtreeError } from '../../shared/lib/errors.ts';
import { PAYLOAD_TYPES, type VoiceCodec } from './codec.ts';
import { SAMPLE_RATE } from './g711.ts';
import type { LegFormat } from './media-leg.ts';
import { type Direction, parseSdp, type Sdp, type SdpCodec, type SdpMedia } from './sdp.ts';

/** G.711, the better first. */
const NARROW: readonly VoiceCodec[] = ['PCMU', 'PCMA'];
/** Payload type of telephone-event in our own offers. */
const EVENT_PAYLOAD_TYPE = 101;

/** Codecs of an offer of ours with these voices. */
function offered(voices: readonly VoiceCodec[]): readonly SdpCodec[] {
  return [
    ...voices.map((name) => ({ payloadType: PAYLOAD_TYPES[name], name, clockRate: SAMPLE_RATE })),
    { payloadType: EVENT_PAYLOAD_TYPE, name: 'TELEPHONE-EVENT', clockRate: SAMPLE_RATE },
  ];
}

/** To browsers. */
export const OFFERED_CODECS = offered(NARROW);
/** To phones: G.722 first only if that spares the conversation from being transcoded. */
export const PHONE_CODECS = { narrow: offered([...NARROW, 'G722']), wide: offered(['G722', ...NARROW]) } as const;

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
  const voice = chooseVoice(audio.codecs, kind);
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
      codec: voice.name,
      payloadType: voice.payloadType,
      eventPayloadType: event?.payloadType,
      wantsAudio: direction === 'sendrecv' || direction === 'recvonly',
      sendsAudio: direction === 'sendrecv' || direction === 'sendonly',
    },
  };
}

/** Whether a phone's offer asks for G.722 before all others. */
export function prefersWideband(offer: string): boolean {
  try {
    return negotiate(offer, 'plain').format.codec === 'G722';
  } catch {
    return false;
  }
}

type VoiceChoice = SdpCodec & { readonly name: VoiceCodec };

/** G.722 where a phone has it before G.711 (RFC 3264 6.1: the offerer's order), else the better law. */
function chooseVoice(codecs: readonly SdpCodec[], kind: 'secured' | 'plain'): VoiceChoice | undefined {
  const known: readonly VoiceCodec[] = kind === 'plain' ? [...NARROW, 'G722'] : NARROW;
  const voices = codecs.filter((codec): codec is VoiceChoice => {
    return codec.clockRate === SAMPLE_RATE && known.some((name) => name === codec.name);
  });
  if (voices[0]?.name === 'G722') return voices[0];
  return NARROW.map((name) => voices.find((codec) => codec.name === name)).find((codec) => codec !== undefined);
}

function bad(why: string): DialtreeError {
  return new DialtreeError({ code: 'media/bad-sdp', message: `The session description cannot be used: ${why}.` });
}
