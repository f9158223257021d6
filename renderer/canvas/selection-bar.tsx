import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceBetween,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceBetween,
  Focus,
  FoldHorizontal,
  type LucideIcon,
  WandSparkles,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Position } from '../store/flow-edits.ts';
import { useUi } from '../store/react.tsx';
import { ALIGNMENTS, type Alignment, align, DIRECTIONS, type DistributeDirection, distribute } from './align.ts';
import classes from './canvas.module.css';
import type { Scene } from './far/scene.ts';
import { Tool } from './toolbar.tsx';

const ALIGN_ICONS = {
  left: AlignStartVertical,
  centre: AlignCenterVertical,
  right: AlignEndVertical,
  top: AlignStartHorizontal,
  middle: AlignCenterHorizontal,
  bottom: AlignEndHorizontal,
} as const satisfies Record<Alignment, LucideIcon>;
const DISTRIBUTE_ICONS = {
  across: AlignHorizontalSpaceBetween,
  down: AlignVerticalSpaceBetween,
} as const satisfies Record<DistributeDirection, LucideIcon>;

interface SelectionBarProps {
  readonly scene: Scene;
  readonly onMove: (places: Readonly<Record<NodeId, Position>>) => void;
  readonly onShow: (ids: readonly NodeId[]) => void;
  /** Auto-layout of these; what was placed by hand elsewhere stays. */
  readonly onArrange: (ids: readonly NodeId[]) => void;
  readonly onFold: () => void;
}

/** What can be done with several selected cards at once: align, spread evenly, look at, fold. Not there for fewer than two. */
export function SelectionBar({ scene, onMove, onShow, onArrange, onFold }: SelectionBarProps) {
  const { t } = useTranslation();
  const selected = useUi((state) => state.selectedNodes);
  const boxes = selected.flatMap((id) => scene.cards.get(id) ?? []);
  if (boxes.length < 2) return null;
  return (
    <div className={classes.selectionBar} role="toolbar" aria-label={t('canvas.selection')}>
      {ALIGNMENTS.map((alignment) => (
        <Tool
          key={alignment}
          label={t(`canvas.align.${alignment}`)}
          icon={ALIGN_ICONS[alignment]}
          onClick={() => onMove(align(boxes, alignment))}
        />
      ))}
      {boxes.length > 2 ? <span className={classes.toolDivider} /> : null}
      {boxes.length > 2
        ? DIRECTIONS.map((direction) => (
            <Tool
              key={direction}
              label={t(`canvas.distribute.${direction}`)}
              icon={DISTRIBUTE_ICONS[direction]}
              onClick={() => onMove(distribute(boxes, direction))}
            />
          ))
        : null}
      <span className={classes.toolDivider} />
      <Tool
        label={t('canvas.arrangeSelected')}
        icon={WandSparkles}
        onClick={() => onArrange(boxes.map(({ id }) => id))}
      />
      <Tool label={`${t('canvas.showSelected')} (Shift 2)`} icon={Focus} onClick={() => onShow(selected)} />
      <Tool label={`${t('fold.fold')} (Ctrl G)`} icon={FoldHorizontal} onClick={onFold} />
    </div>
  );
}
