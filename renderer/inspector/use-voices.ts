import { useEffect } from 'react';
import type { Voice } from '../../shared/bridge/speech.ts';
import { useStores, useVoicesState } from '../store/react.tsx';

const NONE: readonly Voice[] = [];

/** Everything that this machine can read texts with; empty until the answer is there. */
export function useVoices(): readonly Voice[] {
  const { voices } = useStores();
  useEffect(() => voices.load(), [voices]);
  return useVoicesState((state) => state.voices) ?? NONE;
}

/** Whether a voice speaks a language: `en` takes `en-GB` too, and the other way round. */
export function speaks(voice: Pick<Voice, 'language'>, language: string): boolean {
  const spoken = voice.language.toLowerCase();
  const wanted = language.toLowerCase();
  return spoken === wanted || spoken.startsWith(`${wanted}-`) || wanted.startsWith(`${spoken}-`);
}

/** Languages of the voices, called as in `uiLanguage` and sorted so; English and Polish come first. */
export function languageOptions(
  voices: readonly (Pick<Voice, 'language'> & Partial<Pick<Voice, 'engine'>>)[],
  uiLanguage: string,
): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([uiLanguage], { type: 'language', fallback: 'code' });
  // Machine voices name a country each (`pl-PL`); a project that is to be read elsewhere names the language.
  const tagOf = ({ language, engine = 'embedded' }: (typeof voices)[number]) =>
    engine === 'embedded' ? language : (language.split('-', 1)[0] ?? language);
  const tags = new Set(['en', 'pl', ...voices.map(tagOf)]);
  const options = [...tags].flatMap((value) => {
    try {
      return [{ value, label: names.of(value) ?? value }];
    } catch {
      // Not a language tag: nothing that a document may hold.
      return [];
    }
  });
  const rest = options.slice(2).sort((one, other) => one.label.localeCompare(other.label, uiLanguage));
  return [...options.slice(0, 2), ...rest];
}
