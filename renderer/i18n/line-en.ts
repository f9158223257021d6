/** Texts of the outside line. */
export const lineEn = {
  failed: {
    none: 'there is no outside line',
    'line-down': 'the outside line does not work',
    'number-unusable': 'it is no number',
    'not-allowed': 'calls there are not allowed',
    premium: 'it is a premium number',
    'too-many-at-once': 'too many calls at once',
    'too-many-this-hour': 'too many calls within an hour',
    'too-many-today': 'too many calls within a day',
    'no-answer': 'nobody answers',
    busy: 'busy',
    rejected: 'the provider refuses the call',
    'no-common-codec': 'there is no common codec',
    lost: 'the connection was lost',
  },
};
