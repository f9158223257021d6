import { z } from 'zod';
import { LanguageSchema } from './speech.ts';

/** Whether conversations of a queue are recorded: never, when the operator asks for it, or every one. */
export const RECORDING_MODES = ['never', 'on-request', 'always'] as const;
export const RecordingModeSchema = z.enum(RECORDING_MODES);
export type RecordingMode = z.infer<typeof RecordingModeSchema>;

/** The longest that recordings can be kept for, days. */
export const LONGEST_KEPT_DAYS = 3650;

/** What holds for the recordings of a project. */
export const RecordingSettingsSchema = z.strictObject({
  /** What both sides hear before they are recorded, by language; in others, and without any, the usual text. */
  notices: z.record(LanguageSchema, z.string().min(1).max(500)).optional(),
  /** Days after which a recording is deleted; 0, and not there: it is kept. */
  keepDays: z.number().int().min(0).max(LONGEST_KEPT_DAYS).optional(),
});
export type RecordingSettings = z.infer<typeof RecordingSettingsSchema>;

/** What is said where the project has no text of its own. */
export const USUAL_NOTICES = {
  en: 'This call is being recorded.',
  pl: 'Ta rozmowa jest nagrywana.',
} as const;

/** Every notice that calls of a project can hear, by language. */
export function recordingNotices(settings: RecordingSettings | undefined): Readonly<Record<string, string>> {
  return { ...USUAL_NOTICES, ...settings?.notices };
}

/**
 * The language of the notice for a call: that of the first wish that there is a notice for, exactly or as the same base
 * language (`en` for `en-GB`); English when there is none for any.
 */
export function noticeLanguage(available: readonly string[], wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    if (wish === null || wish === undefined) continue;
    const found = available.find((tag) => tag === wish) ?? available.find((tag) => baseOf(tag) === baseOf(wish));
    if (found !== undefined) return found;
  }
  return 'en';
}

function baseOf(tag: string): string {
  return tag.toLowerCase().split('-', 1)[0] ?? tag;
}
