import { z } from 'zod';
import { IdSchema } from './ids.ts';
import type { Reference } from './node-definition.ts';

/** BCP 47 tag, e.g. `pl` or `en-GB`. */
export const LanguageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as "pl" or "en-GB"');

/** How a text is read. All parts optional: what is missing comes from the project's speech settings (S3). */
export const VoiceSettingsSchema = z.strictObject({
  language: LanguageSchema.optional(),
  /**
   * Id of a voice: one of the embedded engine, e.g. `pl+f2`, or one that a machine may have (`isMachineVoice`). Without it,
   * the language's default voice.
   */
  voice: z.string().min(1).max(100).optional(),
  /** 1 = the voice's natural speed. */
  speed: z.number().min(0.5).max(2).optional(),
  /** 1 = the voice's natural loudness, 0 = silent. */
  volume: z.number().min(0).max(2).optional(),
});
export type VoiceSettings = z.infer<typeof VoiceSettingsSchema>;

/**
 * Whether a voice is one that not every machine has, e.g. `piper:pl_PL-gosia-medium`: where it is not, the embedded voice
 * of the language reads in its place.
 */
export function isMachineVoice(voice: string): boolean {
  return voice.includes(':');
}

/** A text read to the caller by text-to-speech. */
export const TextSourceSchema = z.strictObject({
  kind: z.literal('text'),
  text: z.string().max(5000),
  ...VoiceSettingsSchema.shape,
});
export type TextSource = z.infer<typeof TextSourceSchema>;

/** An audio file of the project's media, named by its content hash (S2). */
export const AudioSourceSchema = z.strictObject({
  kind: z.literal('audio'),
  /** Lower-case SHA-256 of the file's bytes. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 hash in lower-case hex'),
  fileName: z.string().min(1).max(255),
  durationMs: z.number().int().nonnegative(),
});
export type AudioSource = z.infer<typeof AudioSourceSchema>;

/** What a caller hears, of either kind. */
export const SpeechSourceSchema = z.discriminatedUnion('kind', [TextSourceSchema, AudioSourceSchema]);
export type SpeechSource = z.infer<typeof SpeechSourceSchema>;

/** A use of speech in a node: a text or file of its own, or a prompt of the library. */
export const SpeechUseSchema = z.discriminatedUnion('kind', [
  TextSourceSchema,
  AudioSourceSchema,
  z.strictObject({ kind: z.literal('prompt'), promptId: IdSchema }),
]);
export type SpeechUse = z.infer<typeof SpeechUseSchema>;

/** A named prompt of the library, one source per language (language tag → source). */
export const PromptSchema = z.strictObject({
  name: z.string().min(1).max(100),
  sources: z.record(LanguageSchema, SpeechSourceSchema),
});
export type Prompt = z.infer<typeof PromptSchema>;

/** The prompts of the library that uses of speech name. */
export function promptReferences(...uses: readonly (SpeechUse | undefined)[]): Reference[] {
  return uses.flatMap((use) => (use?.kind === 'prompt' ? [{ to: 'prompt' as const, id: use.promptId }] : []));
}
