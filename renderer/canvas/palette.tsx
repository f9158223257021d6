import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ADDABLE_GROUPS, type AddableGroup, type AddableType, KindTile } from '../ui/nodes/node-looks.tsx';
import classes from './canvas.module.css';

/** Kind of data that a drag from the palette carries. */
export const PALETTE_MIME = 'application/x-dialtree-node';

/** Node types to drag onto the canvas; a click or Enter adds one where the eye is. */
export function Palette({ onAdd }: { onAdd: (type: AddableType) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.palette} role="toolbar" aria-orientation="vertical" aria-label={t('canvas.palette')}>
      {(Object.keys(ADDABLE_GROUPS) as AddableGroup[]).map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is no part of a toolbar
        <div key={group} className={classes.paletteGroup} role="group" aria-labelledby={`palette-${group}`}>
          <span id={`palette-${group}`} className={classes.paletteTitle}>
            {t(`canvas.groups.${group}`)}
          </span>
          {ADDABLE_GROUPS[group].map((type) => (
            <UnstyledButton
              key={type}
              className={classes.paletteItem}
              title={t(`node.${type}.hint`)}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData(PALETTE_MIME, type);
                event.dataTransfer.effectAllowed = 'copy';
              }}
              onClick={() => onAdd(type)}
            >
              <KindTile type={type} size={20} />
              {t(`node.${type}.name`)}
            </UnstyledButton>
          ))}
        </div>
      ))}
      <span className={classes.paletteHint}>{t('canvas.slashHint')}</span>
    </div>
  );
}
