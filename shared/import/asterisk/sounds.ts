import type { SpeechUse } from '../../flow/speech.ts';
import { spoken } from '../flow-draft.ts';
import type { DialplanTranslator } from './translator.ts';

/** Files that are played one after the other, as one prompt of the library. */
export function soundsOf(files: string, walk: DialplanTranslator): SpeechUse {
  const names = files
    .split('&')
    .map((file) => file.trim())
    .filter((file) => file !== '');
  return names.length === 0 ? spoken('') : walk.flow.draft.soundNamed(names.join(' + '));
}
