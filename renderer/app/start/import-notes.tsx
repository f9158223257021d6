import { useTranslation } from 'react-i18next';
import { type ImportNote, NOTES, type NoteKind } from '../../../shared/import/notes.ts';
import { SeverityIcon } from '../../ui/severity-icon.tsx';
import classes from './start.module.css';

/** In the order in which they matter. */
const KINDS: readonly NoteKind[] = ['kept', 'left-out', 'else', 'made'];
const SEVERITIES = { kept: 'warning', 'left-out': 'warning', else: 'info', made: 'info' } as const;

/** The report of an import, by kind. */
export function ImportNotes({ notes }: { notes: readonly ImportNote[] }) {
  const { t } = useTranslation();
  // Which params a sentence has is the core's to say.
  const say = t as (key: string, params: object) => string;
  const byKind = Map.groupBy(notes, ({ code }): NoteKind => NOTES[code]);
  return KINDS.map((kind) => {
    const ofKind = byKind.get(kind) ?? [];
    if (ofKind.length === 0) return null;
    return (
      <section key={kind} className={classes.notesOf}>
        <h4 className={classes.subheading}>{t(`start.noteKind.${kind}`, { count: ofKind.length })}</h4>
        <ul className={classes.notes}>
          {ofKind.map(({ code, params, at }) => (
            <li key={`${code} ${at?.nodeId} ${JSON.stringify(params)}`} className={classes.note}>
              <SeverityIcon severity={SEVERITIES[kind]} />
              <span>{say(`start.note.${code}`, params)}</span>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
