import type { filesEn } from './files-en.ts';
import type { Translation } from './translation.ts';

/** Texts of what happens to a project's files, in Polish. */
export const filesPl: Translation<typeof filesEn> = {
  diskFull: 'Nie zapisano: dysk pełny',
  readOnly: 'Nie zapisano: tylko do odczytu',
  recovered: 'Niezapisana praca wróciła',
  recoveredText: 'Dialtree zakończyło się, zanim zapisano ostatnie zmiany. Są znów w projekcie.',
  recoveredConflicts:
    'Dialtree zakończyło się, zanim zapisano ostatnie zmiany. Są znów w projekcie. Tam, gdzie inni zmienili to samo, zostały Twoje; druga wersja jest w kopiach zapasowych projektu.',
  changedOutside: 'Zmieniono poza Dialtree',
  changedOutsideText: 'Inny program zapisał {{path}}. Jego zmiany są już w projekcie.',
  refused: 'Zmiany spoza Dialtree nie przyjęto',
  refusedText:
    '{{message}} Pracujesz dalej na ostatniej dobrej wersji; przy następnym zapisie tamten plik trafi do kopii zapasowych.',
  moved: 'Projekt jest teraz folderem',
  movedText: 'Leży w {{to}}. Kopia starego pliku jest w jego kopiach zapasowych.',
  menu: 'Projekty',
  new: 'Nowy projekt…',
  open: 'Otwórz folder…',
  export: 'Eksportuj jako plik',
  import: 'Importuj plik…',
  recent: 'Otwierane wcześniej',
  newTitle: 'Nowy projekt',
  name: 'Nazwa projektu',
  language: 'Język głosu',
  create: 'Utwórz',
  openTitle: 'Otwórz projekt',
  path: 'Folder projektu',
  pathHint: 'Na komputerze, na którym działa Dialtree, np. /home/anna/sklep',
  openNow: 'Otwórz',
  notOpened: 'Projekt nie został otwarty',
  notCreated: 'Projekt nie został utworzony',
  notExported: 'Projekt nie został wyeksportowany',
  notImported: 'Plik nie został zaimportowany',
  tooLarge: 'Plik jest większy niż {{max}} MB. Skopiuj folder projektu: jest w nim to samo.',
  imported: 'Projekt jest zaimportowany i otwarty.',
  missing_one: 'Brakuje {{count}} nagrania: dzwoniący go nie usłyszą.',
  missing_few: 'Brakuje {{count}} nagrań: dzwoniący ich nie usłyszą.',
  missing_many: 'Brakuje {{count}} nagrań: dzwoniący ich nie usłyszą.',
  missing_other: 'Brakuje {{count}} nagrania: dzwoniący ich nie usłyszą.',
  dropTitle: 'Zaimportować ten projekt?',
  dropText:
    '„{{name}}” stanie się osobnym projektem obok innych i zostanie otwarty. To, co jest teraz otwarte, zostaje bez zmian.',
  cancel: 'Anuluj',
  importNow: 'Importuj',
};
