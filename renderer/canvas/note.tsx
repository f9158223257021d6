import { UnstyledButton } from '@mantine/core';
import { type Node, type NodeProps, NodeResizer } from '@xyflow/react';
import { Check, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { NOTE_COLOURS, type Note as NoteContent } from '../../shared/flow/note.ts';
import { changeNote, removeNotes } from '../store/note-edits.ts';
import { useStores } from '../store/react.tsx';
import { useCanvasActions } from './actions.ts';
import classes from './note.module.css';

export interface NoteData extends Record<string, unknown> {
  readonly note: NoteContent;
}
export type NoteNode = Node<NoteData, 'note'>;

const MIN_WIDTH_PX = 80;
const MIN_HEIGHT_PX = 60;

/** A sticky note: text to type into, and when selected its colours, its size and a way to take it off. */
export const NoteCard = memo(function NoteCard({ id, data: { note }, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation();
  const { project } = useStores();
  const { flowId } = useCanvasActions();
  const change = (part: Partial<NoteContent>, coalesce?: string) =>
    project.editFlow(
      flowId,
      (flow) => changeNote(flow, id, part),
      coalesce === undefined ? {} : { coalesce: `note:${id}:${coalesce}` },
    );
  return (
    <div className={classes.note} data-colour={note.colour} data-selected={selected}>
      <NodeResizer
        isVisible={selected}
        minWidth={MIN_WIDTH_PX}
        minHeight={MIN_HEIGHT_PX}
        onResizeEnd={(_event, { x, y, width, height }) => change({ position: { x, y }, width, height })}
      />
      <div className={classes.strip}>
        {selected ? (
          <span className={`${classes.tools} nodrag`} role="toolbar" aria-label={t('note.colours')}>
            {NOTE_COLOURS.map((colour) => (
              <UnstyledButton
                key={colour}
                className={classes.swatch}
                data-colour={colour}
                aria-label={t(`note.${colour}`)}
                aria-pressed={colour === note.colour}
                onClick={() => change({ colour })}
              >
                {colour === note.colour ? <Check size={12} aria-hidden /> : null}
              </UnstyledButton>
            ))}
            <UnstyledButton
              className={classes.swatch}
              aria-label={t('note.remove')}
              onClick={() => project.editFlow(flowId, (flow) => removeNotes(flow, [id]))}
            >
              <Trash2 size={13} aria-hidden />
            </UnstyledButton>
          </span>
        ) : null}
      </div>
      <textarea
        className={`${classes.text} nodrag nowheel`}
        aria-label={t('note.text')}
        placeholder={t('note.placeholder')}
        maxLength={2000}
        value={note.text}
        onChange={(event) => change({ text: event.currentTarget.value }, 'text')}
      />
    </div>
  );
});
