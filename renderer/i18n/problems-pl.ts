import type { problemsEn } from './problems-en.ts';
import type { Translation } from './translation.ts';

/** What is wrong with a project, by code, in Polish. */
export const problemsPl: Translation<typeof problemsEn> = {
  'flow/no-start': 'Scenariusz nie ma startu: żadne połączenie do niego nie wejdzie.',
  'flow/several-starts': 'Scenariusz ma kilka startów: tędy połączenia nie wchodzą.',
  'flow/into-start': '{{output}} prowadzi z powrotem na start: drugi raz nic się tam nie dzieje.',
  'flow/open-output': '{{output}} prowadzi donikąd: połączenie przejdzie do domyślnej obsługi numeru.',
  'flow/dangling-connection':
    '{{output}} prowadzi do usuniętego węzła: połączenie przejdzie do domyślnej obsługi numeru.',
  'flow/unknown-output': 'Jest połączenie z wyjścia {{output}}, którego ten węzeł nie ma. Nigdy nie zadziała.',
  'flow/empty-prompt': 'Nie ma nic do powiedzenia: połączenie przejdzie do domyślnej obsługi numeru.',
  'flow/unknown-prompt': 'Zapowiedzi nie ma już w bibliotece: połączenie przejdzie do domyślnej obsługi.',
  'flow/prompt-without-source': 'Zapowiedź „{{prompt}}” nie ma tekstu ani nagrania.',
  'flow/prompt-language': 'Zapowiedź „{{prompt}}” nie ma wersji „{{wanted}}”: dzwoniący usłyszy „{{language}}”.',
  'flow/menu-without-keys': 'Menu nie ma żadnego klawisza: każdy wybór będzie zły.',
  'flow/key-twice': 'Klawisz {{key}} powtarza menu i prowadzi dalej: poprowadzi dalej.',
  'flow/hash-ignored': 'Klawisz # ma działanie, ale to menu pomija #: nigdy nie zadziała.',
  'flow/no-people': 'Nie wybrano nikogo, do kogo dzwonić.',
  'flow/no-number': 'Nie podano numeru.',
  'flow/no-extensions': 'Nie ma numeru wewnętrznego do wpisania: cokolwiek wpisze dzwoniący, jest złe.',
  'flow/unknown-person': 'Jednej z osób, do których tu się dzwoni, nie ma już w projekcie.',
  'flow/no-queue': 'Nie wybrano kolejki.',
  'flow/unknown-queue': 'Tej kolejki nie ma już w projekcie.',
  'flow/queue-without-members': 'Kolejka „{{queue}}” nie ma członków: nikt nie odbierze.',
  'flow/no-schedule': 'Nie wybrano harmonogramu.',
  'flow/unknown-schedule': 'Harmonogramu nie ma już w projekcie.',
  'flow/unknown-time-zone':
    'Harmonogram „{{schedule}}” ma nieznaną strefę czasową „{{timeZone}}”: nigdy nie jest otwarty.',
  'flow/no-weight': 'Żadna gałąź nie ma udziału w połączeniach: wszystkie idą pierwszą.',
  'flow/no-sub-flow': 'Nie wybrano scenariusza.',
  'flow/unknown-sub-flow': 'Scenariusza nie ma już w projekcie.',
  'flow/result-without-output': 'Scenariusz „{{flow}}” zwraca „{{result}}”, co nie ma tu wyjścia.',
  'flow/result-never-returned': 'Scenariusz „{{flow}}” nigdy nie zwraca „{{result}}”: to wyjście jest martwe.',
  'flow/no-target': 'Nie wybrano węzła, do którego iść.',
  'flow/unknown-target': 'Węzeł docelowy usunięto: połączenia przejmie domyślna obsługa numeru.',
  'flow/empty-case': '{{output}} nie ma numeru: nigdy nie zachodzi.',
  'flow/unknown-flow': 'Scenariusz numeru {{number}} usunięto: połączenia przejmie domyślna obsługa.',
  'flow/no-flow': 'Numer {{number}} używa menu głosowego, ale nie wybrano scenariusza.',
  'flow/duplicate-number': 'Numer {{number}} występuje dwa razy: tylko jeden z nich zadziała.',
  'flow/duplicate-extension': '{{other}} i {{person}} mają ten sam numer {{extension}}: odbierze {{other}}.',
  atNumber: {
    'flow/no-number': 'Domyślna obsługa numeru {{number}} to numer zewnętrzny, którego nie podano.',
    'flow/unknown-person': 'Domyślną obsługą numeru {{number}} jest osoba, której nie ma już w projekcie.',
    'flow/unknown-queue': 'Domyślną obsługą numeru {{number}} jest kolejka, której nie ma już w projekcie.',
    'flow/queue-without-members': 'Domyślną obsługą numeru {{number}} jest kolejka „{{queue}}” bez członków.',
  },
};
