const ID3_HEADER_BYTES = 10;
/** Padding and tags that do not tell their size lie before the first frame; further than this is no mp3. */
const SEARCH_BYTES = 64 * 1024;
const MODE_MONO = 3;

/**
 * How many channels an mp3 file has, by its first frame (ISO/IEC 11172-3, 2.4.1.3); undefined when there is none.
 *
 *     11111111 111VVLL. BBBBRR.. MM......   version, layer, bit rate, sample rate, mode
 */
export function mp3Channels(bytes: Buffer): 1 | 2 | undefined {
  const start = afterId3(bytes);
  const end = Math.min(bytes.length - 4, start + SEARCH_BYTES);
  for (let at = start; at <= end; at++) {
    if (isFrame(bytes.readUInt32BE(at))) return bytes[at + 3]! >> 6 === MODE_MONO ? 1 : 2;
  }
  return undefined;
}

/** ID3v2 (section 3.1): the size is four bytes of seven bits each, without the header. */
function afterId3(bytes: Buffer): number {
  if (bytes.toString('latin1', 0, 3) !== 'ID3' || bytes.length < ID3_HEADER_BYTES) return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return ID3_HEADER_BYTES + (((a & 0x7f) << 21) | ((b & 0x7f) << 14) | ((c & 0x7f) << 7) | (d & 0x7f));
}

/** A header of layer III whose fields have no reserved value. */
function isFrame(header: number): boolean {
  const version = (header >>> 19) & 3;
  const layer = (header >>> 17) & 3;
  const bitRate = (header >>> 12) & 15;
  const sampleRate = (header >>> 10) & 3;
  return header >>> 21 === 0x7ff && version !== 1 && layer === 1 && bitRate !== 15 && sampleRate !== 3;
}
