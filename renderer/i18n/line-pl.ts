import type { Translation } from './translation.ts';

export const linePl: Translation['line'] = {
  failed: {
    none: 'nie ma linii miejskiej',
    'line-down': 'linia miejska nie działa',
    'number-unusable': 'to nie jest numer',
    'not-allowed': 'tam nie wolno dzwonić',
    premium: 'to numer o podwyższonej opłacie',
    'too-many-at-once': 'za dużo połączeń naraz',
    'too-many-this-hour': 'za dużo połączeń w ciągu godziny',
    'too-many-today': 'za dużo połączeń w ciągu doby',
    'no-answer': 'nikt nie odbiera',
    busy: 'zajęte',
    rejected: 'operator odrzuca połączenie',
    'no-common-codec': 'brak wspólnego kodeka',
    lost: 'utracono połączenie',
  },
};
