import { z } from 'zod';

/** S2: an mp3 file passes as it is up to this size, bytes. */
export const MAX_MP3_BYTES = 2 * 1024 * 1024;
/** What is converted may be this large before, bytes. */
export const MAX_IMPORT_BYTES = 30 * 1024 * 1024;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A recording that is in the project now; the parts of an `AudioSource`. */
export const ImportedAudioSchema = z.strictObject({
  sha256: Sha256,
  durationMs: z.number().int().nonnegative(),
  fileName: z.string().min(1).max(255),
  /** It is not the file as it came. */
  converted: z.boolean(),
});
export type ImportedAudio = z.infer<typeof ImportedAudioSchema>;

/** Calls about the project's recordings. */
export const mediaCalls = {
  /**
   * Takes a file into the project (S2): mp3, mono, at most 2 MB, as it is. Anything else fails with `audio/not-mp3`,
   * `audio/not-mono`, `audio/too-large`, `audio/not-supported` or `audio/damaged`; the parameter `convertible` is 1
   * when `convert: true` would take it, as a mono WAV of 16 kHz.
   */
  'media.import': {
    input: z.strictObject({
      fileName: z.string().min(1),
      base64: z.string().max(Math.ceil(MAX_IMPORT_BYTES / 3) * 4 + 4),
      convert: z.boolean().default(false),
    }),
    output: ImportedAudioSchema,
  },
  /** Makes a part of a recording one of its own, as a mono WAV of 16 kHz. Fails with `audio/outside`, `media/…`. */
  'media.trim': {
    input: z.strictObject({
      sha256: Sha256,
      fileName: z.string().min(1),
      fromMs: z.number().int().nonnegative(),
      toMs: z.number().int().positive(),
    }),
    output: ImportedAudioSchema,
  },
  /** A recording's bytes and media type, for playing it. Fails with `media/…`. */
  'media.audio': {
    input: z.strictObject({ sha256: Sha256 }),
    output: z.strictObject({ base64: z.string(), type: z.string() }),
  },
  /** How loud it is over time: the peaks of `count` equal parts, from 0 to 1. Fails with `media/…`, `audio/…`. */
  'media.peaks': {
    input: z.strictObject({ sha256: Sha256, count: z.number().int().min(1).max(2000) }),
    output: z.strictObject({ peaks: z.array(z.number()), durationMs: z.number().int() }),
  },
} as const;
