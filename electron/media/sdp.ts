/** The parts of a session description (RFC 8866, RFC 3264) that a voice call with a browser or phone needs. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface SdpCodec {
  readonly payloadType: number;
  /** Upper case, e.g. `PCMU`, `TELEPHONE-EVENT`. */
  readonly name: string;
  readonly clockRate: number;
  /** Format parameters (`a=fmtp`); undefined: none. */
  readonly parameters?: string;
}

export interface SdpMedia {
  readonly kind: string;
  /** 0: refused or stopped. */
  readonly port: number;
  /** Connection address; empty when there is none. */
  readonly address: string;
  readonly protocol: string;
  /** Format list of the m-line as written. */
  readonly formats: string;
  readonly codecs: readonly SdpCodec[];
  readonly direction: Direction;
  readonly mid: string | undefined;
  readonly ice: { readonly ufrag: string; readonly pwd: string; readonly lite: boolean } | undefined;
  readonly fingerprint: { readonly algorithm: string; readonly value: string } | undefined;
  readonly setup: string | undefined;
  /** RTCP comes to the port of RTP (RFC 5761 5.1.1). */
  readonly rtcpMux: boolean;
  /** Where RTCP comes otherwise, when that is not the next port (RFC 3605 2.1). */
  readonly rtcp: { readonly port: number; readonly address: string | undefined } | undefined;
}

export interface Sdp {
  readonly media: readonly SdpMedia[];
  readonly hasBundle: boolean;
}

/** Payload types with a static meaning that need no rtpmap (RFC 3551 table 4). */
const STATIC: Readonly<Record<number, { name: string; clockRate: number }>> = {
  0: { name: 'PCMU', clockRate: 8000 },
  8: { name: 'PCMA', clockRate: 8000 },
  9: { name: 'G722', clockRate: 8000 },
};

/** Encodings that are written in small letters. */
const ENCODINGS: Readonly<Record<string, string>> = { 'TELEPHONE-EVENT': 'telephone-event', OPUS: 'opus' };

const DIRECTIONS: readonly string[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
const MAX_LINES = 2000;

/** Parses a description; undefined when it is none. Unknown lines are skipped. Never throws. */
export function parseSdp(text: string): Sdp | undefined {
  const lines = text.split(/\r?\n/).slice(0, MAX_LINES);
  if (!/^v=0\s*$/.test(lines[0] ?? '')) return undefined;
  const sections: string[][] = [[]];
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push([]);
    sections.at(-1)?.push(line.trimEnd());
  }
  const [session = [], ...media] = sections;
  const parsed = media.map((section) => parseMedia(section, session));
  if (parsed.some((section) => section === undefined)) return undefined;
  return {
    media: parsed as SdpMedia[],
    hasBundle: session.some((line) => line.startsWith('a=group:BUNDLE')),
  };
}

function parseMedia(section: readonly string[], session: readonly string[]): SdpMedia | undefined {
  const match = /^m=(\S+) (\d{1,5})(?:\/\d+)? (\S+) (.+)$/.exec(section[0] ?? '');
  if (match === null) return undefined;
  const [, kind = '', port, protocol = '', formats = ''] = match;
  if (Number(port) > 65_535) return undefined;
  // RFC 8866 6: an attribute at session level holds for every section that does not have its own.
  const attribute = (name: string): string | undefined => attributeOf(section, name) ?? attributeOf(session, name);
  const ufrag = attribute('ice-ufrag');
  const pwd = attribute('ice-pwd');
  const fingerprint = attribute('fingerprint')?.split(' ');
  const direction =
    DIRECTIONS.find((name) => section.includes(`a=${name}`)) ??
    DIRECTIONS.find((name) => session.includes(`a=${name}`)) ??
    'sendrecv';
  return {
    kind,
    port: Number(port),
    address: connectionOf(section) ?? connectionOf(session) ?? '',
    protocol,
    formats,
    codecs: parseCodecs(section, formats),
    direction: direction as Direction,
    mid: attributeOf(section, 'mid'),
    ice: ufrag === undefined || pwd === undefined ? undefined : { ufrag, pwd, lite: session.includes('a=ice-lite') },
    fingerprint:
      fingerprint?.[0] === undefined || fingerprint[1] === undefined
        ? undefined
        : { algorithm: fingerprint[0].toLowerCase(), value: fingerprint[1] },
    setup: attribute('setup'),
    rtcpMux: section.includes('a=rtcp-mux'),
    rtcp: parseRtcpPlace(attributeOf(section, 'rtcp')),
  };
}

/** `53020` or `53020 IN IP4 126.16.64.4` (RFC 3605 2.1). */
function parseRtcpPlace(value: string | undefined): SdpMedia['rtcp'] {
  const match = /^(\d{1,5})(?: IN IP[46] (\S+))?$/i.exec(value ?? '');
  const port = Number(match?.[1] ?? 0);
  return port === 0 || port > 65_535 ? undefined : { port, address: match?.[2] };
}

/** Address of the `c=` line (RFC 8866 5.7). */
function connectionOf(lines: readonly string[]): string | undefined {
  const line = lines.find((candidate) => candidate.startsWith('c='));
  return /^c=IN IP[46] ([^\s/]+)/i.exec(line ?? '')?.[1];
}

function parseCodecs(section: readonly string[], formats: string): SdpCodec[] {
  const maps = new Map<number, { name: string; clockRate: number }>();
  for (const line of section) {
    const match = /^a=rtpmap:(\d{1,3}) ([^/\s]+)\/(\d{1,6})/.exec(line);
    if (match !== null) {
      maps.set(Number(match[1]), { name: (match[2] ?? '').toUpperCase(), clockRate: Number(match[3]) });
    }
  }
  return formats.split(' ').flatMap((format) => {
    const payloadType = Number(format);
    const codec = maps.get(payloadType) ?? STATIC[payloadType];
    if (codec === undefined || !/^\d{1,3}$/.test(format)) return [];
    const parameters = parametersOf(section, format);
    return [{ payloadType, ...codec, ...(parameters === undefined ? {} : { parameters }) }];
  });
}

function parametersOf(section: readonly string[], format: string): string | undefined {
  const prefix = `a=fmtp:${format} `;
  return section.find((line) => line.startsWith(prefix))?.slice(prefix.length);
}

function attributeOf(lines: readonly string[], name: string): string | undefined {
  const prefix = `a=${name}:`;
  return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length);
}

/** Our side of one audio section, to be written. */
export interface LocalAudio {
  readonly address: string;
  readonly port: number;
  readonly codecs: readonly SdpCodec[];
  readonly direction: Direction;
  readonly mid: string | undefined;
  readonly ssrc: number;
  /** RTCP comes to the port of RTP; browsers' always does. */
  readonly rtcpMux?: boolean;
  /** What a browser needs; plain RTP (RFC 3551) without it. */
  readonly secured?: {
    readonly ice: { readonly ufrag: string; readonly pwd: string; readonly candidates: readonly string[] };
    readonly fingerprint: { readonly algorithm: string; readonly value: string };
    readonly setup: 'actpass' | 'passive';
  };
}

export interface SdpIdentity {
  readonly sessionId: number;
  /** Rises with each description of the session (RFC 3264 8). */
  readonly version: number;
}

/**
 * Writes an offer, or the answer to `offer`: one section per section of the offer, in its order, everything but the
 * first audio refused by port 0 (RFC 3264 6).
 */
export function formatSdp(identity: SdpIdentity, audio: LocalAudio, offer?: { sdp: Sdp; audioIndex: number }): string {
  const lines = [
    'v=0',
    `o=- ${identity.sessionId} ${identity.version} IN ${addressType(audio.address)} ${audio.address}`,
    's=-',
    't=0 0',
  ];
  if (audio.secured !== undefined) lines.push('a=ice-lite');
  if (audio.mid !== undefined && (offer === undefined || offer.sdp.hasBundle))
    lines.push(`a=group:BUNDLE ${audio.mid}`);
  if (audio.secured !== undefined) lines.push('a=msid-semantic: WMS dialtree');
  if (offer === undefined) lines.push(...audioLines(audio, audio.secured ? 'UDP/TLS/RTP/SAVPF' : 'RTP/AVP'));
  for (const [index, section] of offer?.sdp.media.entries() ?? []) {
    if (index === offer?.audioIndex) {
      lines.push(...audioLines(audio, section.protocol));
    } else {
      lines.push(
        `m=${section.kind} 0 ${section.protocol} ${section.formats}`,
        `c=IN ${addressType(audio.address)} ${audio.address}`,
        'a=inactive',
      );
      if (section.mid !== undefined) lines.push(`a=mid:${section.mid}`);
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

function audioLines(audio: LocalAudio, protocol: string): string[] {
  const lines = [
    `m=audio ${audio.port} ${protocol} ${audio.codecs.map((codec) => codec.payloadType).join(' ')}`,
    `c=IN ${addressType(audio.address)} ${audio.address}`,
  ];
  const { secured } = audio;
  if (audio.mid !== undefined) lines.push(`a=mid:${audio.mid}`);
  lines.push(`a=${audio.direction}`);
  if (secured !== undefined || audio.rtcpMux) lines.push('a=rtcp-mux');
  if (secured !== undefined) {
    const { ice, fingerprint, setup } = secured;
    lines.push(`a=ice-ufrag:${ice.ufrag}`, `a=ice-pwd:${ice.pwd}`);
    lines.push(`a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`, `a=setup:${setup}`);
  }
  for (const { payloadType, name, clockRate, parameters } of audio.codecs) {
    lines.push(`a=rtpmap:${payloadType} ${ENCODINGS[name] ?? name}/${clockRate}${name === 'OPUS' ? '/2' : ''}`);
    if (parameters !== undefined) lines.push(`a=fmtp:${payloadType} ${parameters}`);
  }
  lines.push('a=ptime:20');
  if (secured === undefined) return lines;
  lines.push('a=msid:dialtree audio', `a=ssrc:${audio.ssrc} cname:dialtree`);
  lines.push(...secured.ice.candidates.map((candidate) => `a=candidate:${candidate}`), 'a=end-of-candidates');
  return lines;
}

function addressType(address: string): 'IP4' | 'IP6' {
  return address.includes(':') ? 'IP6' : 'IP4';
}
