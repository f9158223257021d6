import { DialtreeError } from '../../shared/lib/errors.ts';
import { PAYLOAD_TYPES, type VoiceCodec } from './codec.ts';
import { isG711, SAMPLE_RATE } from './g711.ts';
import type { LegFormat } from './media-leg.ts';
import { OPUS_CLOCK_RATE, OUR_OPUS_PARAMETERS, parseOpusSettings } from './opus/opus-settings.ts';
import { type Direction, parseSdp, type Sdp, type SdpCodec, type SdpMedia } from './sdp.ts';

/** Whom a description is for: a browser (ICE and DTLS) or a phone (plain RTP). */
export type LegKind = 'secured' | 'plain';

/** G.711, the better first. */
const NARROW: readonly VoiceCodec[] = ['PCMU', 'PCMA'];
/** What a kind of leg speaks. */
const KNOWN: Readonly<Record<LegKind, readonly VoiceCodec[]>> = {
  secured: [...NARROW, 'OPUS'],
  plain: [...NARROW, 'G722', 'OPUS'],
};
/** Payload types of telephone-event in our own offers, by its clock. */
const EVENT_PAYLOAD_TYPES = { [SAMPLE_RATE]: 101, [OPUS_CLOCK_RATE]: 110 } as const;
const EVENT_PARAMETERS = '0-15';

/**
 * Codecs of an offer of ours, the preferred first: that of the other end spares the conversation from being transcoded.
 * Where it cannot be had, one that carries as much. Opus is offered only for wideband: next to G.711 it gains nothing.
 */
export function offeredCodecs(kind: LegKind, other: VoiceCodec | undefined): readonly SdpCodec[] {
  return offered(kind === 'plain' ? offeredToPhone(other) : offeredToBrowser(other));
}

function offeredToPhone(other: VoiceCodec | undefined): readonly VoiceCodec[] {
  if (other === 'OPUS') return ['OPUS', 'G722', ...NARROW];
  return other === 'G722' ? ['G722', ...NARROW] : [...lawsLike(other), 'G722'];
}

function offeredToBrowser(other: VoiceCodec | undefined): readonly VoiceCodec[] {
  return other === 'OPUS' || other === 'G722' ? ['OPUS', ...NARROW] : lawsLike(other);
}

function lawsLike(other: VoiceCodec | undefined): readonly VoiceCodec[] {
  return other === 'PCMA' ? ['PCMA', 'PCMU'] : NARROW;
}

function offered(voices: readonly VoiceCodec[]): readonly SdpCodec[] {
  const rates = [...new Set(voices.map(clockRateOf))];
  return [
    ...voices.map((name) => ({ payloadType: PAYLOAD_TYPES[name], name, clockRate: clockRateOf(name), ...ours(name) })),
    // One for each clock of the voices (RFC 4733 2.1).
    ...rates.map((clockRate) => ({
      payloadType: EVENT_PAYLOAD_TYPES[clockRate],
      name: 'TELEPHONE-EVENT',
      clockRate,
      parameters: EVENT_PARAMETERS,
    })),
  ];
}

function clockRateOf(codec: VoiceCodec): typeof SAMPLE_RATE | typeof OPUS_CLOCK_RATE {
  return codec === 'OPUS' ? OPUS_CLOCK_RATE : SAMPLE_RATE;
}

/** What we say of ourselves beside a codec, whatever the far end says of itself (RFC 3264 6.1). */
function ours(name: string): { readonly parameters?: string } {
  return name === 'OPUS' ? { parameters: OUR_OPUS_PARAMETERS } : {};
}

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
 * Reads a description of a browser or a phone and decides the format; `like` goes before all others. Throws
 * `media/bad-sdp` for what cannot be read or lacks ICE or DTLS, and `media/no-codec` when no codec is shared.
 */
export function negotiate(text: string, kind: LegKind = 'secured', like?: VoiceCodec): Negotiated {
  const sdp = parseSdp(text);
  if (sdp === undefined) throw bad('it cannot be parsed');
  const audioIndex = sdp.media.findIndex((section) => section.kind === 'audio' && section.port !== 0);
  const audio = sdp.media[audioIndex];
  if (audio === undefined) throw bad('it has no audio');
  if (kind === 'plain' && !/^RTP\/AVPF?$/i.test(audio.protocol)) throw bad(`its audio is ${audio.protocol}`);
  if (kind === 'secured' && (audio.ice === undefined || audio.fingerprint === undefined)) {
    throw bad('it has no ICE or DTLS parameters');
  }
  const voice = chooseVoice(audio.codecs, kind, like);
  if (voice === undefined) {
    throw new DialtreeError({
      code: 'media/no-codec',
      message: 'The phone offers neither G.711 µ-law nor A-law.',
      hint: 'Allow PCMU in the phone.',
    });
  }
  const event = chooseEvent(audio.codecs, voice);
  // RFC 3264 8.4: an address of zeros is hold as it was before directions; who says it hears nothing.
  // Browsers write it too, before they know their address; theirs means nothing.
  const isHeld = kind === 'plain' && audio.address === '0.0.0.0' && audio.direction === 'sendrecv';
  const direction = isHeld ? 'sendonly' : audio.direction;
  const { payloadType, name, clockRate } = voice;
  const answered = { payloadType, name, clockRate, ...ours(name) };
  return {
    sdp,
    audioIndex,
    audio,
    codecs: event === undefined ? [answered] : [answered, { ...event, parameters: EVENT_PARAMETERS }],
    direction: MIRROR[direction],
    format: {
      codec: name,
      payloadType,
      clockRate,
      ...(name === 'OPUS' ? { opus: parseOpusSettings(voice.parameters) } : {}),
      eventPayloadType: event?.payloadType,
      eventClockRate: event?.clockRate,
      wantsAudio: direction === 'sendrecv' || direction === 'recvonly',
      sendsAudio: direction === 'sendrecv' || direction === 'sendonly',
    },
  };
}

/** The codec that an offer asks for before all others that we have; undefined when it cannot be used. */
export function preferredCodec(offer: string, kind: LegKind): VoiceCodec | undefined {
  try {
    return negotiate(offer, kind).format.codec;
  } catch {
    return undefined;
  }
}

type VoiceChoice = SdpCodec & { readonly name: VoiceCodec };

/** G.722 or Opus where the far end has it before G.711 (RFC 3264 6.1: the offerer's order), else the better law. */
function chooseVoice(
  codecs: readonly SdpCodec[],
  kind: LegKind,
  like: VoiceCodec | undefined,
): VoiceChoice | undefined {
  const voices = codecs.filter((codec): codec is VoiceChoice => {
    const known = KNOWN[kind].find((name) => name === codec.name);
    return known !== undefined && codec.clockRate === clockRateOf(known);
  });
  const [first] = voices;
  if (first === undefined) return undefined;
  const alike = voices.find((codec) => codec.name === like);
  if (alike !== undefined || !isG711(first.name)) return alike ?? first;
  return NARROW.map((name) => voices.find((codec) => codec.name === name)).find((codec) => codec !== undefined);
}

/**
 * The event's clock is to be the voice codec's (RFC 4733 2.1): browsers offer both, and answering G.711 with that of Opus
 * stretches every digit. Firefox and some phones have the one of 8000 Hz only, and use it beside Opus.
 */
function chooseEvent(codecs: readonly SdpCodec[], voice: VoiceChoice): SdpCodec | undefined {
  const events = codecs.filter(({ name }) => name === 'TELEPHONE-EVENT');
  const alike = events.find(({ clockRate }) => clockRate === voice.clockRate);
  return alike ?? (voice.name === 'OPUS' ? events.find(({ clockRate }) => clockRate === SAMPLE_RATE) : undefined);
}

function bad(why: string): DialtreeError {
  return new DialtreeError({ code: 'media/bad-sdp', message: `The session description cannot be used: ${why}.` });
}
