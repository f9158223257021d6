import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueStretch } from '../../../../../shared/bridge/calls.ts';
import type { QueueId } from '../../../../../shared/flow/ids.ts';
import { useProject } from '../../../../store/react.tsx';
import callClasses from '../calls.module.css';
import { stretchText } from './chart-period.ts';
import { type Figure, figureTexts } from './chart-text.ts';
import { type ChartData, NOTHING } from './use-chart.ts';

interface FigureRow {
  readonly key: string;
  readonly name: ReactNode;
  readonly stretch: QueueStretch;
}

/** Every stretch of the charts as numbers, for who cannot or will not see them drawn. */
export function StretchTable({ stretches, edgesMs, unit }: Pick<ChartData, 'stretches' | 'edgesMs' | 'unit'>) {
  const { t, i18n } = useTranslation();
  const rows = stretches.map((stretch, at) => {
    const startMs = edgesMs[at] ?? 0;
    return { key: String(startMs), name: stretchText(startMs, unit, i18n.language), stretch };
  });
  return <FigureTable label={t('calls.charts.asTable')} first={t('calls.charts.when')} rows={rows} />;
}

interface QueueTableProps {
  readonly queues: ChartData['queues'];
  readonly onChoose: (queueId: QueueId) => void;
}

/** Each queue's figures; its name leads to its charts. One that the project has no more is named by its id. */
export function QueueTable({ queues, onChoose }: QueueTableProps) {
  const { t } = useTranslation();
  const known = useProject((project) => project.queues);
  const figures = new Map(queues.map((one) => [one.queueId, one]));
  const ids = new Set([...Object.keys(known), ...figures.keys()]);
  const rows = [...ids].map((queueId) => ({
    key: queueId,
    name: (
      <UnstyledButton className={callClasses.toggle} onClick={() => onChoose(queueId)}>
        {known[queueId]?.name ?? queueId}
      </UnstyledButton>
    ),
    stretch: figures.get(queueId) ?? NOTHING,
  }));
  return <FigureTable label={t('calls.charts.queues')} first={t('calls.queue')} rows={rows} />;
}

interface FigureTableProps {
  readonly label: string;
  /** What the first column holds. */
  readonly first: string;
  readonly rows: readonly FigureRow[];
}

function FigureTable({ label, first, rows }: FigureTableProps) {
  const { t, i18n } = useTranslation();
  const figures = Object.keys(figureTexts(NOTHING, i18n.language)) as Figure[];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is too wide it is scrolled by the keyboard, too
    <section className={callClasses.scroll} aria-label={label} tabIndex={0}>
      <table className={callClasses.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col" className={callClasses.number}>
                {t(`calls.charts.figures.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, stretch }) => {
            const texts = figureTexts(stretch, i18n.language);
            return (
              <tr key={key}>
                <th scope="row">{name}</th>
                {figures.map((figure) => (
                  <td key={figure} className={callClasses.number}>
                    {texts[figure]}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
