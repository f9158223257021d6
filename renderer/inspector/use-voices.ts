import { useEffect, useState } from 'react';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { Voice } from '../../shared/bridge/speech.ts';
import { useStores } from '../store/react.tsx';

const known = new WeakMap<Bridge, Promise<readonly Voice[]>>();

/** The voices of the speech engine; asked for once per window, empty until the answer is there. */
export function useVoices(): readonly Voice[] {
  const { bridge } = useStores();
  const [voices, setVoices] = useState<readonly Voice[]>([]);
  useEffect(() => {
    let gone = false;
    const asked = known.get(bridge) ?? bridge.call('speech.voices', {});
    known.set(bridge, asked);
    asked.then(
      (list) => gone || setVoices(list),
      // A failure is not kept: the next form that opens asks again.
      () => known.delete(bridge),
    );
    return () => {
      gone = true;
    };
  }, [bridge]);
  return voices;
}

/** Whether a voice speaks a language: `en` takes `en-GB` too, and the other way round. */
export function speaks(voice: Pick<Voice, 'language'>, language: string): boolean {
  const spoken = voice.language.toLowerCase();
  const wanted = language.toLowerCase();
  return spoken === wanted || spoken.startsWith(`${wanted}-`) || wanted.startsWith(`${spoken}-`);
}

/** Languages of the voices, called as in `uiLanguage` and sorted so; English and Polish come first. */
export function languageOptions(
  voices: readonly Pick<Voice, 'language'>[],
  uiLanguage: string,
): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([uiLanguage], { type: 'language', fallback: 'code' });
  const tags = new Set(['en', 'pl', ...voices.map((voice) => voice.language)]);
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
