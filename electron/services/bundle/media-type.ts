/** Endings that recordings have, with what their bytes begin with (`at`: offset). */
const SIGNATURES: Readonly<Record<string, readonly { readonly at: number; readonly bytes: string }[]>> = {
  wav: [{ at: 8, bytes: 'WAVE' }],
  ogg: [{ at: 0, bytes: 'OggS' }],
  flac: [{ at: 0, bytes: 'fLaC' }],
  m4a: [{ at: 4, bytes: 'ftyp' }],
  mp3: [{ at: 0, bytes: 'ID3' }],
};

/** Whether bytes are what their ending says. */
export function isOfType(extension: string, bytes: Uint8Array): boolean {
  const signatures = Object.hasOwn(SIGNATURES, extension) ? SIGNATURES[extension] : undefined;
  const found = signatures?.some(({ at, bytes: wanted }) => {
    return Buffer.from(bytes.subarray(at, at + wanted.length)).toString('latin1') === wanted;
  });
  // An MPEG audio frame begins with eleven ones.
  const isFrame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0;
  return found === true || (extension === 'mp3' && isFrame);
}

/** The ending for bytes; undefined for what is no recording. */
export function extensionFor(bytes: Uint8Array): string | undefined {
  return Object.keys(SIGNATURES).find((extension) => isOfType(extension, bytes));
}
