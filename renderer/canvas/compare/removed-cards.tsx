import { ViewportPortal } from '@xyflow/react';
import { Minus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { KindTile } from '../../ui/nodes/node-looks.tsx';
import { cardSize } from '../card-geometry.ts';
import classes from './compare.module.css';
import type { FlowComparison } from './compare-flows.ts';

/** More would be in the way, and slow. */
const MOST = 300;

/** Where nodes stood that are gone: to be looked at, not to be touched. */
export function RemovedCards({ removed }: { readonly removed: FlowComparison['removed'] }) {
  const { t } = useTranslation();
  return (
    <ViewportPortal>
      <ul className={classes.ghosts} aria-label={t('compare.ghosts')}>
        {removed.slice(0, MOST).map(([id, node]) => {
          const { width, height } = cardSize(node);
          const { x, y } = node.position;
          return (
            <li key={id} className={classes.ghost} style={{ width, height, transform: `translate(${x}px, ${y}px)` }}>
              <Minus size={18} role="img" aria-label={t('compare.isRemoved')} />
              <KindTile type={node.type} size={28} />
              <s>{node.name || t(`node.${node.type}.name`)}</s>
            </li>
          );
        })}
      </ul>
    </ViewportPortal>
  );
}
