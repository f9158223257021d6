import type { CallbackOutcome } from '../../../shared/bridge/callbacks.ts';
import type { TextSource } from '../../../shared/flow/speech.ts';

type Failure = Exclude<CallbackOutcome, 'reached' | 'called-in' | 'member-gone'>;

const EN: Readonly<Record<Failure, string>> = {
  busy: 'The caller is busy.',
  'no-answer': 'The caller does not answer.',
  unavailable: 'The caller’s phone cannot be reached.',
  'no-line': 'There is no line to the caller’s number. The request stays on the list.',
};

const PL: Readonly<Record<Failure, string>> = {
  busy: 'Numer rozmówcy jest zajęty.',
  'no-answer': 'Rozmówca nie odbiera.',
  unavailable: 'Telefon rozmówcy jest niedostępny.',
  'no-line': 'Brak linii do numeru rozmówcy. Prośba pozostaje na liście.',
};

/** What an operator hears when the caller could not be reached, in the language of the project. */
export function failureText(outcome: Failure, language: string): TextSource {
  const isPolish = language.toLowerCase().startsWith('pl');
  return { kind: 'text', text: (isPolish ? PL : EN)[outcome], language: isPolish ? 'pl' : 'en' };
}
