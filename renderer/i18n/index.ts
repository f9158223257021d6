import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { pl } from './pl.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

export const LANGUAGES = ['en', 'pl'] as const;
export type UiLanguage = (typeof LANGUAGES)[number];

const LANGUAGE_KEY = 'dialtree.language';

/** The kept language, else the system's where we speak it, else English. */
export function preferredLanguage(kept: string | null, systemLanguages: readonly string[]): UiLanguage {
  if (kept === 'en' || kept === 'pl') return kept;
  for (const tag of systemLanguages) {
    const language = tag.slice(0, 2).toLowerCase();
    if (language === 'en' || language === 'pl') return language;
  }
  return 'en';
}

/** Starts the texts in `language`. All of them are in the bundle, so this needs no waiting. */
export function startI18n(language: UiLanguage): i18n {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, pl: { translation: pl } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return i18next;
}

/** Reads the wanted language of this browser profile. */
export function keptLanguage(storage: Pick<Storage, 'getItem'>): string | null {
  return storage.getItem(LANGUAGE_KEY);
}

/** Switches the language now and for the next time. */
export function switchLanguage(language: UiLanguage, storage: Pick<Storage, 'setItem'>): void {
  storage.setItem(LANGUAGE_KEY, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
