import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { stretchText } from './chart-period.ts';
import { averageText } from './chart-text.ts';
import classes from './charts.module.css';
import { type ChartData, offered } from './use-chart.ts';

const HEIGHT_PX = 180;

/** Calls, service level and wait over the period. */
export function StretchCharts({ stretches, edgesMs, unit }: Pick<ChartData, 'stretches' | 'edgesMs' | 'unit'>) {
  const { t, i18n } = useTranslation();
  const rows = stretches.map((one, at) => ({
    name: stretchText(edgesMs[at] ?? 0, unit, i18n.language),
    answered: one.answered,
    abandoned: one.abandoned,
    level: offered(one) === 0 ? null : Math.round((100 * one.within) / offered(one)),
    wait: one.answered === 0 ? null : Math.round(one.answerMs / one.answered / 1000),
  }));
  const common = { h: HEIGHT_PX, data: rows, dataKey: 'name', tickLine: 'none', gridAxis: 'x' } as const;
  const figure = (name: 'answered' | 'abandoned' | 'level' | 'wait', color: string) => ({
    name,
    color,
    label: t(`calls.charts.figures.${name}`),
  });
  return (
    <div className={classes.charts}>
      <Chart title={t('calls.charts.volume')} isWide>
        <BarChart
          {...common}
          type="stacked"
          withLegend
          series={[figure('answered', 'var(--dt-ok)'), figure('abandoned', 'var(--dt-danger)')]}
          yAxisProps={{ allowDecimals: false, width: 40 }}
          barProps={{ isAnimationActive: false }}
        />
      </Chart>
      <Chart title={t('calls.charts.figures.level')}>
        <LineChart
          {...common}
          series={[figure('level', 'var(--dt-accent)')]}
          unit="%"
          yAxisProps={{ domain: [0, 100], width: 48 }}
          lineProps={{ isAnimationActive: false }}
          curveType="linear"
          connectNulls={false}
        />
      </Chart>
      <Chart title={t('calls.charts.figures.wait')}>
        <LineChart
          {...common}
          series={[figure('wait', 'var(--dt-warning)')]}
          valueFormatter={(seconds) => averageText(seconds * 1000, 1)}
          yAxisProps={{ width: 48 }}
          lineProps={{ isAnimationActive: false }}
          curveType="linear"
          connectNulls={false}
        />
      </Chart>
    </div>
  );
}

interface ChartProps {
  readonly title: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

function Chart({ title, isWide = false, children }: ChartProps) {
  return (
    <figure className={classes.chart} data-wide={isWide || undefined}>
      <figcaption>{title}</figcaption>
      {children}
    </figure>
  );
}
