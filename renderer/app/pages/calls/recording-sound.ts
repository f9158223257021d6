import type { Bridge } from '../../../../shared/bridge/contract.ts';

/** The sound of a recording as a file, read piece by piece; of one that goes on, what there is by now. */
export async function recordingSound(bridge: Bridge, id: string): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let totalBytes: number | undefined;
  for (let from = 0; from < (totalBytes ?? Number.POSITIVE_INFINITY); ) {
    const piece = await bridge.call('recordings.audio', { id, from });
    const bytes = Uint8Array.from(atob(piece.base64), (character) => character.charCodeAt(0));
    if (bytes.length === 0) break;
    totalBytes ??= piece.totalBytes;
    pieces.push(bytes);
    from += bytes.length;
  }
  return new Blob(pieces, { type: 'audio/wav' });
}
