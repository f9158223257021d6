import { boardPl } from './board-pl.ts';
import { callsPl } from './calls-pl.ts';
import { describePl } from './describe-pl.ts';
import { designerPl } from './designer-pl.ts';
import { deskPl } from './desk-pl.ts';
import { fieldsPl } from './fields-pl.ts';
import { filesPl } from './files-pl.ts';
import { formsPl } from './forms-pl.ts';
import { linePl } from './line-pl.ts';
import { pagesPl } from './pages-pl.ts';
import { phonePl } from './phone-pl.ts';
import { problemsPl } from './problems-pl.ts';
import { promptsPl } from './prompts-pl.ts';
import { recordingPl } from './recording-pl.ts';
import { remotePl } from './remote-pl.ts';
import { startPl } from './start-pl.ts';
import type { Translation } from './translation.ts';
import { versionsPl } from './versions-pl.ts';

/** Every text of the window, in Polish. */
export const pl: Translation = {
  app: {
    name: 'Dialtree',
    connecting: 'Łączenie z Dialtree…',
    loading: 'Otwieranie projektu…',
    cannotOpen: 'Nie można otworzyć projektu',
    cannotConnect: 'To okno nie może połączyć się z Dialtree',
    tryAgain: 'Spróbuj ponownie',
    createSample: 'Zacznij od przykładowego projektu',
    crashed: 'W tym oknie wystąpił błąd',
    crashedHint: 'Praca jest zapisywana na bieżąco. Odśwież okno, aby kontynuować.',
    reload: 'Odśwież',
    dismiss: 'Zamknij komunikat',
  },
  calls: callsPl,
  dialog: { close: 'Zamknij' },
  header: {
    onTop: 'Okno zawsze na wierzchu',
    popups: 'Menu i podpowiedzi',
    menu: 'Ustawienia tego okna',
    language: 'Język',
    theme: 'Motyw',
    themeAuto: 'Systemowy',
    themeLight: 'Jasny',
    themeDark: 'Ciemny',
    role: 'Rola',
    supervisor: 'Kierownik',
    operator: 'Operator',
    renameProject: 'Nazwa projektu',
    undo: 'Cofnij',
    redo: 'Ponów',
    showInspector: 'Pokaż lub ukryj inspektora',
    showPhone: 'Pokaż lub ukryj telefon',
    showDock: 'Pokaż lub ukryj dolny panel',
  },
  fields: fieldsPl,
  files: filesPl,
  line: linePl,
  sync: {
    saved: 'Zapisano',
    unsaved: 'Niezapisane zmiany',
    saving: 'Zapisywanie…',
    error: 'Nie zapisano',
    conflict: 'Zmieniono gdzie indziej',
    retry: 'Zapisz teraz',
    savedAt: 'Zapisano o {{time}} w {{path}}',
    conflictText: 'Ten projekt zmieniono w innym oknie lub programie podczas Twojej pracy.',
    takeTheirs: 'Wczytaj tamtą wersję',
    keepOurs: 'Zachowaj moją',
    conflictHint: 'Nic nie przepadnie: odrzuconą wersję przywróci „Cofnij”.',
    errorText: 'Nie udało się zapisać projektu: {{message}}',
    lost: 'Utracono połączenie z Dialtree. Ponowne łączenie…',
    lostHint: 'Pracuj dalej: zmiany zapiszą się, gdy tylko połączenie wróci.',
    refused: 'Dialtree uruchomiono od nowa. Otwórz je ponownie pod ostatnio wypisanym adresem.',
  },
  prompts: promptsPl,
  rail: {
    prompts: 'Zapowiedzi',
    versions: 'Publikacja',
    calls: 'Połączenia',
    board: 'Tablica',
    label: 'Strony',
    flows: 'Scenariusze',
    numbers: 'Numery',
    team: 'Kolejki i zespół',
    schedules: 'Godziny',
    voicemail: 'Poczta',
    sync: 'Zdalnie',
    settings: 'Ustawienia',
    line: 'Linia miejska',
  },
  dock: {
    label: 'Dolny panel',
    problems: 'Problemy',
    problemsCount: 'Problemy: {{count}}',
    simulator: 'Symulator',
    tests: 'Testy',
    testsCount: 'Testy: {{count}} niezaliczonych',
    trace: 'Przebieg',
    close: 'Zamknij panel',
    resize: 'Wysokość dolnego panelu',
  },
  inspector: {
    label: 'Inspektor',
    resize: 'Szerokość inspektora',
    name: 'Nazwa',
    duplicate: 'Duplikuj',
    remove: 'Usuń',
    outputs: 'Co dalej',
    optionalHint: 'Niepołączone wyjście prowadzi do domyślnej obsługi wybranego numeru.',
    leadsTo: '{{output}}: prowadzi do',
    notConnected: 'Niepołączone',
    defaultHandling: 'Domyślna obsługa',
    goThere: 'Przejdź do tego węzła',
    goThereFrom: '{{output}}: przejdź do węzła docelowego',
    hints_one: '{{count}} wskazówka',
    hints_few: '{{count}} wskazówki',
    hints_many: '{{count}} wskazówek',
    hints_other: '{{count}} wskazówki',
    nodesSelected_one: 'Zaznaczono {{count}} węzeł',
    nodesSelected_few: 'Zaznaczono {{count}} węzły',
    nodesSelected_many: 'Zaznaczono {{count}} węzłów',
    nodesSelected_other: 'Zaznaczono {{count}} węzła',
    connection: 'Połączenie',
    connectionText: '„{{from}}”, wyjście {{output}}, prowadzi do „{{to}}”.',
  },
  board: boardPl,
  recording: recordingPl,
  desk: deskPl,
  phone: phonePl,
  ...designerPl,
  ...formsPl,
  ...pagesPl,
  problem: problemsPl,
  remote: remotePl,
  start: startPl,
  describe: describePl,
  versions: versionsPl,
};
