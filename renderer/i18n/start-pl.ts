import type { startEn } from './start-en.ts';
import type { Translation } from './translation.ts';

/** New flows from texts, samples and other programs, in Polish. */
export const startPl: Translation<typeof startEn> = {
  title: 'Nowy scenariusz',
  choice: {
    empty: { title: 'Narysuj', text: 'Pusty scenariusz ze startem: przeciągaj połączenia i karty.' },
    samples: {
      title: 'Zacznij od przykładu',
      text: 'Sklep, przychodnia, pomoc techniczna, urząd: można od razu zadzwonić.',
    },
    text: { title: 'Napisz', text: 'Wpisz menu jako listę z wcięciami; powstanie z niej rysunek.' },
    import: { title: 'Przenieś', text: 'Z Twilio Studio, Asterisk lub FreePBX, z raportem o różnicach.' },
  },
  text: {
    title: 'Z tekstu',
    hint: 'Jeden wiersz na klawisz, głębsze wiersze to menu za nim. Wiersze bez klawisza to słowa, które usłyszą dzwoniący.',
    name: 'Nazwa scenariusza',
    label: 'Menu',
    example:
      'Dziękujemy za telefon.\n1 Sprzedaż -> kolejka Sprzedaż\n2 Serwis\n  W jakiej sprawie?\n  1 Internet -> kolejka Technicy\n  2 Godziny otwarcia: Od poniedziałku do piątku, od dziewiątej do siedemnastej.\n  * Wstecz\n0 Recepcja -> 101\n9 Powtórz\nbrak wyboru -> 101',
    preview: 'Co to znaczy',
    help: 'Po strzałce (->): „kolejka Sprzedaż”, numer wewnętrzny, numer zewnętrzny, „osoba Anna”, „poczta głosowa”, „wstecz”, „powtórz”, „menu główne”, „menu Serwis”, „rozłącz”. Bez strzałki wiersz prowadzi do kolejki lub osoby o tej nazwie. Po dwukropku: słowa dla dzwoniących. „brak wyboru ->” i „błędny klawisz ->” mówią, co dzieje się bez wyboru.',
    line: 'Wiersz {{line}}:',
    problem: {
      'key-twice': 'klawisz {{key}} ma już działanie.',
      indent: 'stoi głębiej niż wiersze przed nim i płycej niż ich menu.',
      'menu-unknown': 'nie ma menu „{{name}}”.',
      'back-at-top': 'nie ma menu, do którego można wrócić.',
      'too-long': 'tekst jest dłuższy niż {{max}} znaków.',
    },
    make: 'Utwórz scenariusz',
  },
  samples: {
    title: 'Przykłady',
    hint: 'Każdy ma godziny otwarcia, kolejki i pocztę głosową. Zmieniaj, co chcesz: jest twój.',
    add: 'Dodaj',
    addNamed: 'Dodaj „{{name}}”',
  },
  import: {
    title: 'Import',
    hint: 'Scenariusze Twilio Studio (JSON), dialplany Asteriska (extensions.conf), IVR z FreePBX (JSON lub zrzut bazy danych).',
    choose: 'Wybierz plik…',
    orDrop: 'albo upuść go tutaj',
    paste: 'Albo wklej',
    report: 'Raport',
    found: '{{program}}:',
    flows_one: '{{count}} scenariusz,',
    flows_few: '{{count}} scenariusze,',
    flows_many: '{{count}} scenariuszy,',
    flows_other: '{{count}} scenariusza,',
    steps_one: '{{count}} węzeł.',
    steps_few: '{{count}} węzły.',
    steps_many: '{{count}} węzłów.',
    steps_other: '{{count}} węzła.',
    take: 'Dodaj do projektu',
  },
  program: { 'twilio-studio': 'Twilio Studio', asterisk: 'Dialplan Asteriska', freepbx: 'FreePBX' },
  noteKind: {
    kept_one: 'Zachowane jako szare pole, do zastąpienia ręcznie ({{count}})',
    kept_few: 'Zachowane jako szare pola, do zastąpienia ręcznie ({{count}})',
    kept_many: 'Zachowane jako szare pola, do zastąpienia ręcznie ({{count}})',
    kept_other: 'Zachowane jako szare pola, do zastąpienia ręcznie ({{count}})',
    'left-out_one': 'Pominięte ({{count}})',
    'left-out_few': 'Pominięte ({{count}})',
    'left-out_many': 'Pominięte ({{count}})',
    'left-out_other': 'Pominięte ({{count}})',
    else_one: 'Tutaj inaczej ({{count}})',
    else_few: 'Tutaj inaczej ({{count}})',
    else_many: 'Tutaj inaczej ({{count}})',
    else_other: 'Tutaj inaczej ({{count}})',
    made_one: 'Dodane do projektu ({{count}})',
    made_few: 'Dodane do projektu ({{count}})',
    made_many: 'Dodane do projektu ({{count}})',
    made_other: 'Dodane do projektu ({{count}})',
  },
  note: {
    'step-kept': '„{{name}}” ({{kind}}) nie ma odpowiednika.',
    'expression-kept': 'W tekście „{{text}}” jest nieznana tu wartość; jest czytany tak, jak go zapisano.',
    'sound-wanted': 'Nagrania „{{name}}” nie ma w pliku: zapowiedź mówi swoją nazwę, dopóki nie wpiszesz jej treści.',
    'speech-input': '„{{name}}” rozumiał mowę; tutaj dzwoniący naciskają klawisze.',
    'extensions-open': 'Dzwoniący mogą wybrać każdy numer wewnętrzny, gdzie było {{pattern}}.',
    'nowhere-to-go': 'Skok prowadzi do {{target}}, czego nie ma w pliku: połączenia tam się kończą.',
    'option-left-out': '{{option}}: nie ma tu odpowiednika.',
    'messages-left-out_one': '{{count}} krok, do którego nie trafia żadne połączenie, np. dla wiadomości SMS.',
    'messages-left-out_few': '{{count}} kroki, do których nie trafia żadne połączenie, np. dla wiadomości SMS.',
    'messages-left-out_many': '{{count}} kroków, do których nie trafia żadne połączenie, np. dla wiadomości SMS.',
    'messages-left-out_other': '{{count}} kroku, do których nie trafia żadne połączenie, np. dla wiadomości SMS.',
    'file-not-read': '{{file}}: nie odczytano.',
    'person-made': '{{name}}, numer wewnętrzny {{extension}}',
    'queue-made': 'Kolejka „{{name}}”; wybierz, kto w niej odbiera',
    'variable-made': 'Zmienna {{name}}',
    'schedule-made': 'Harmonogram „{{name}}”',
    'number-made': 'Numer {{number}}',
  },
  error: {
    'import/empty': 'W tym pliku nic nie ma. Wybierz inny.',
    'import/too-large':
      'Ten tekst jest dłuższy niż {{max}} milionów znaków. Wyeksportuj tylko menu głosowe: z bazy danych tabele o nazwach zaczynających się od „ivr”.',
    'import/unknown':
      'To nie jest plik znanego tu programu. Znane są scenariusze Twilio Studio (JSON), dialplany Asteriska (extensions.conf) i FreePBX (JSON lub zrzut bazy danych).',
    'import/not-json':
      'Plik wygląda na JSON, ale nim nie jest: może został ucięty przy kopiowaniu. Wyeksportuj go ponownie. ({{message}})',
    'import/not-studio':
      'Ten JSON nie jest scenariuszem Twilio Studio ({{path}}). W Studio otwórz scenariusz, w widżecie wyzwalacza wybierz „Show Flow JSON” i skopiuj całość.',
    'import/no-calls':
      'Ten scenariusz Studio nie ma nic dla połączeń przychodzących: wyzwalacz nie prowadzi nigdzie przez „Incoming Call”. Scenariuszy dla wiadomości nie da się przenieść.',
    'import/no-menu':
      'W tym pliku nie ma menu głosowego. Z dialplanu wybierz plik z kontekstami menu, z FreePBX tabele modułu IVR.',
  },
};
