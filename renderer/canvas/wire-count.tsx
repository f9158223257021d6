import { EdgeText, useStore } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import classes from './canvas.module.css';
import { NEAR_ZOOM } from './far/levels.ts';
import { countText } from './heat.ts';
import type { Point } from './wire-path.ts';

/** From the card's edge: each output has a row of its own, so that counts do not cover one another. */
const BESIDE_PX = 34;

/** How many calls took a wire, where it leaves its card. */
export function WireCount({ count, from }: { readonly count: number; readonly from: Point }) {
  const { t, i18n } = useTranslation();
  const isFar = useStore((state) => state.transform[2] < NEAR_ZOOM);
  return (
    <g>
      <title>{t('calls.heat.wire', { count })}</title>
      <EdgeText
        key={String(isFar)}
        x={from.x + BESIDE_PX}
        y={from.y}
        label={
          <tspan className={classes.heat} data-far={isFar}>
            {countText(count, i18n.language)}
          </tspan>
        }
        labelBgStyle={{ fill: 'var(--dt-canvas)' }}
        labelBgPadding={[3, 1]}
        labelBgBorderRadius={3}
      />
    </g>
  );
}
