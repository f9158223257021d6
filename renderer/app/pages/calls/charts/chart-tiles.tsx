import { useTranslation } from 'react-i18next';
import { type Figure, figureTexts } from './chart-text.ts';
import classes from './charts.module.css';
import type { ChartData } from './use-chart.ts';

/** The figures of the whole period, each beside what it was in the one before. */
export function ChartTiles({ total, previous }: Pick<ChartData, 'total' | 'previous'>) {
  const { t, i18n } = useTranslation();
  const now = figureTexts(total, i18n.language);
  const before = figureTexts(previous, i18n.language);
  return (
    <dl className={classes.tiles}>
      {(Object.keys(now) as Figure[]).map((figure) => (
        <div key={figure}>
          <dt>{t(`calls.charts.figures.${figure}`)}</dt>
          <dd>
            <strong>{now[figure]}</strong>
            <small>{t('calls.charts.before', { value: before[figure] })}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
