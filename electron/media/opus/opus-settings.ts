/** What a far end asks of who sends it Opus (RFC 7587 6.1). */
export interface OpusSettings {
  /** It can make use of forward error correction. */
  readonly fec: boolean;
  /** It prefers that nothing is sent during silence. */
  readonly dtx: boolean;
  /** Bits a second, at most. */
  readonly maxBitrate: number | undefined;
  /** All packets of one size: sizes tell an eavesdropper about what is said. */
  readonly constantBitrate: boolean;
}

/** Clock of Opus in RTP, whatever it carries (RFC 7587 4.1). */
export const OPUS_CLOCK_RATE = 48_000;
/** What we say of ourselves in descriptions: lost packets are mended from those after them. */
export const OUR_OPUS_PARAMETERS = 'minptime=10;useinbandfec=1';

/** Reads the format parameters of a description (RFC 7587 7); what is missing has its default. */
export function parseOpusSettings(parameters: string | undefined): OpusSettings {
  const values = new Map(
    (parameters ?? '').split(';').map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [name.trim().toLowerCase(), value.trim()] as const;
    }),
  );
  const bitrate = Number(values.get('maxaveragebitrate') ?? Number.NaN);
  return {
    fec: values.get('useinbandfec') === '1',
    dtx: values.get('usedtx') === '1',
    // RFC 7587 6.1: 6000 to 510000.
    maxBitrate: bitrate >= 6000 && bitrate <= 510_000 ? bitrate : undefined,
    constantBitrate: values.get('cbr') === '1',
  };
}
