import type { Settings } from './project.ts';

const USUAL = {
  en: ['Break', 'Lunch', 'Training', 'Other work'],
  pl: ['Przerwa', 'Obiad', 'Szkolenie', 'Inne zadania'],
} as const;

/** Why operators of a project may pause: its own list, or the usual one in its language. */
export function pauseReasonsOf({
  pauseReasons,
  language,
}: Pick<Settings, 'pauseReasons' | 'language'>): readonly string[] {
  return pauseReasons ?? USUAL[language.toLowerCase().startsWith('pl') ? 'pl' : 'en'];
}
