/**
 * An Opus packet begins with (RFC 6716 3.1)
 *
 *      0 1 2 3 4 5 6 7
 *     +-+-+-+-+-+-+-+-+
 *     | config  |s| c |
 *     +-+-+-+-+-+-+-+-+
 *
 * The config tells mode, bandwidth and length of a frame, c how many of them there are.
 */

/** Lengths of a frame by the last two bits of the config, in ticks of 8000 Hz; configs below 12 are SILK's. */
const SILK_FRAMES = [80, 160, 320, 480] as const;
/** Configs 12 to 15: hybrid. */
const HYBRID_FRAMES = [80, 160] as const;
/** The others: CELT, from 2.5 ms on. */
const CELT_FRAMES = [20, 40, 80, 160] as const;
/** 120 ms (RFC 6716 3.2.5, R5). */
const LONGEST_PACKET = 960;

/** How long a packet sounds, in ticks of 8000 Hz; 0 for what is none. Every length is a whole number of them. */
export function opusTicks(payload: Uint8Array): number {
  const toc = payload[0];
  if (toc === undefined) return 0;
  const ticks = frameTicks(toc >> 3) * frameCount(toc & 3, payload[1]);
  return ticks <= LONGEST_PACKET ? ticks : 0;
}

function frameTicks(config: number): number {
  if (config < 12) return SILK_FRAMES[config & 3] ?? 0;
  if (config < 16) return HYBRID_FRAMES[config & 1] ?? 0;
  return CELT_FRAMES[config & 3] ?? 0;
}

function frameCount(code: number, second: number | undefined): number {
  if (code === 3) return (second ?? 0) & 0x3f;
  return code === 0 ? 1 : 2;
}
