import type { describeEn } from './describe-en.ts';
import type { Translation } from './translation.ts';

/** The printable description of a flow, in Polish. */
export const describePl: Translation<typeof describeEn> = {
  noNumber: 'Żaden numer tu nie prowadzi.',
  entry: 'Tu trafiają połączenia na {{number}}. Gdy stąd wyjdą, idą dalej: {{handling}}.',
  hangUp: 'koniec połączenia',
  nobody: 'nikt',
  queue: 'kolejka „{{name}}”',
  recording: 'nagranie „{{file}}”',
  nothing: 'nic',
  says: {
    prompt: 'Mówi: {{said}}.',
    noInputPrompt: 'Bez klawisza: {{said}}.',
    invalidPrompt: 'Po złym klawiszu: {{said}}.',
    lastChancePrompt: 'Przed ostatnią próbą: {{said}}.',
    other: 'Mówi też: {{said}}.',
  },
  uses: 'Korzysta z: {{things}}.',
  thing: {
    person: '„{{name}}”',
    queue: 'kolejka „{{name}}”',
    schedule: 'harmonogram „{{name}}”',
    flow: 'scenariusz „{{name}}”',
    number: 'numer „{{name}}”',
    variable: 'zmienna „{{name}}”',
  },
  repeats: 'Powtarza po naciśnięciu {{keys}}.',
  extensions_one: 'Można wybrać {{count}} numer wewnętrzny.',
  extensions_few: 'Można wybrać {{count}} numery wewnętrzne.',
  extensions_many: 'Można wybrać {{count}} numerów wewnętrznych.',
  extensions_other: 'Można wybrać {{count}} numeru wewnętrznego.',
  defaultHandling: 'domyślna obsługa',
};
