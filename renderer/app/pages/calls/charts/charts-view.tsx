import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueId } from '../../../../../shared/flow/ids.ts';
import { useProject } from '../../../../store/react.tsx';
import { PageSection } from '../../page.tsx';
import callClasses from '../calls.module.css';
import { BusyHours } from './busy-hours.tsx';
import { PERIODS, type Period } from './chart-period.ts';
import { ChartTiles } from './chart-tiles.tsx';
import classes from './charts.module.css';
import { StretchCharts } from './stretch-charts.tsx';
import { QueueTable, StretchTable } from './stretch-table.tsx';
import { offered, useChart } from './use-chart.ts';

/** What became of the calls of queues over time. */
export function ChartsView() {
  const { t } = useTranslation();
  const queues = useProject((project) => project.queues);
  const [queueId, setQueueId] = useState<QueueId | null>(null);
  const [period, setPeriod] = useState<Period>('week');
  const data = useChart(queueId, period);
  return (
    <>
      <div className={classes.choices}>
        <NativeSelect
          label={t('calls.queue')}
          data={[
            { value: '', label: t('calls.charts.allQueues') },
            ...Object.entries(queues).map(([value, { name }]) => ({ value, label: name })),
            ...(queueId === null || queues[queueId] ? [] : [{ value: queueId, label: queueId }]),
          ]}
          value={queueId ?? ''}
          onChange={(event) => setQueueId(event.currentTarget.value || null)}
        />
        <SegmentedControl
          aria-label={t('calls.charts.period')}
          data={PERIODS.map((value) => ({ value, label: t(`calls.charts.periods.${value}`) }))}
          value={period}
          onChange={(value) => setPeriod(value as Period)}
        />
      </div>
      {data === null ? null : (
        <>
          <ChartTiles {...data} />
          {offered(data.total) === 0 ? (
            <p className={callClasses.quiet}>{t('calls.charts.none')}</p>
          ) : (
            <>
              <StretchCharts {...data} />
              <details className={classes.asTable}>
                <summary>{t('calls.charts.asTable')}</summary>
                <StretchTable {...data} />
              </details>
            </>
          )}
          {queueId === null ? (
            <PageSection title={t('calls.charts.queues')}>
              <QueueTable queues={data.queues} onChoose={setQueueId} />
            </PageSection>
          ) : null}
          <PageSection title={t('calls.charts.busy')}>
            <p className={classes.hint}>{t('calls.charts.busyHint')}</p>
            <BusyHours {...data} />
          </PageSection>
        </>
      )}
    </>
  );
}
