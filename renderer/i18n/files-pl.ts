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
};
