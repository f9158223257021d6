import type { Settings } from '../../shared/flow/project.ts';
import type { TextSource } from '../../shared/flow/speech.ts';

/** A text with everything that it leaves open taken from the project, as a caller will hear it. */
export function resolveText(use: TextSource, settings: Settings): TextSource {
  const projectLanguage = settings.speech.language ?? settings.language;
  // The project's voice speaks the project's language only.
  const ownLanguage = use.language !== undefined && use.language !== projectLanguage;
  return withoutUndefined({
    ...use,
    language: use.language ?? projectLanguage,
    voice: use.voice ?? (ownLanguage ? undefined : settings.speech.voice),
    speed: use.speed ?? settings.speech.speed,
    volume: use.volume ?? settings.speech.volume,
  });
}

/** The same without keys that have no value: JSON has no `undefined`, and documents are compared as JSON. */
export function withoutUndefined<Result extends object>(
  value: { [Key in keyof Result]: Result[Key] | undefined },
): Result {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Result;
}
