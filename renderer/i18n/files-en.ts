/** Texts of what happens to a project's files, in English. */
export const filesEn = {
  diskFull: 'Not saved: disk full',
  readOnly: 'Not saved: read-only',
  recovered: 'Unsaved work is back',
  recoveredText: 'Dialtree ended before your last changes could be saved. They are in the project again.',
  recoveredConflicts:
    'Dialtree ended before your last changes could be saved. They are in the project again. Where others had changed the same, yours were kept; the other version is in the project’s backups.',
  changedOutside: 'Changed outside Dialtree',
  changedOutsideText: 'Another program wrote {{path}}. Its changes are in the project now.',
  refused: 'A change outside Dialtree was not taken',
  refusedText: '{{message}} You go on with the last good version; the next save keeps that file in the backups.',
  moved: 'The project is a folder now',
  movedText: 'It lies in {{to}}. A copy of the old file is in its backups.',
};
