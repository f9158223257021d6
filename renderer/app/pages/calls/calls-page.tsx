import { Button, Loader, SegmentedControl } from '@mantine/core';
import { Download } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../../../store/react.tsx';
import { notify, notifyFailure } from '../../../ui/notify.ts';
import { base64Of, download } from '../../files/download.ts';
import pageClasses from '../page.module.css';
import { Page, PageSection } from '../page.tsx';
import { CallFilters, type FilterFields, filterOf, NO_FILTER } from './call-filters.tsx';
import { CallRow } from './call-row.tsx';
import classes from './calls.module.css';
import { useCalls } from './use-calls.ts';

/** Tells spreadsheets that what follows is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/** Charts and their library are loaded when someone looks at them. */
const ChartsView = lazy(async () => ({ default: (await import('./charts/charts-view.tsx')).ChartsView }));

const VIEWS = ['list', 'charts'] as const;

/** What the log of calls holds: each call, or how they were over time. */
export function CallsPage() {
  const { t } = useTranslation();
  const [view, setView] = useState<(typeof VIEWS)[number]>('list');
  return (
    <Page title={t('calls.title')} hint={t('calls.hint')}>
      <SegmentedControl
        className={classes.views ?? ''}
        aria-label={t('calls.views.label')}
        data={VIEWS.map((value) => ({ value, label: t(`calls.views.${value}`) }))}
        value={view}
        onChange={(value) => setView(value as (typeof VIEWS)[number])}
      />
      {view === 'list' ? (
        <CallList />
      ) : (
        <Suspense fallback={<Loader aria-label={t('app.loading')} />}>
          <ChartsView />
        </Suspense>
      )}
    </Page>
  );
}

/** Every call that came in: found, opened, and saved for a spreadsheet. */
function CallList() {
  const { t } = useTranslation();
  const { bridge } = useStores();
  const [fields, setFields] = useState<FilterFields>(NO_FILTER);
  const filter = useMemo(() => filterOf(fields), [fields]);
  const { page, isLoading, changes, more } = useCalls(filter);
  const [open, setOpen] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const total = page?.total ?? 0;
  const isFiltered = Object.keys(filter).length > 0;

  async function saveCsv(): Promise<void> {
    setSaving(true);
    try {
      const { csv, leftOut } = await bridge.call('callLog.csv', { filter });
      download(t('calls.csvFile'), await base64Of(new Blob([BYTE_ORDER_MARK, csv])), 'text/csv;charset=utf-8');
      if (leftOut > 0) notify({ color: 'orange', message: t('calls.leftOut', { count: leftOut }) });
    } catch (error) {
      notifyFailure(error);
    }
    setSaving(false);
  }

  return (
    <>
      <CallFilters fields={fields} onChange={setFields} />
      <PageSection
        title={page ? t('calls.list', { count: total }) : t(isLoading ? 'calls.loading' : 'calls.title')}
        action={
          <Button
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            loading={isSaving}
            disabled={total === 0}
            onClick={() => void saveCsv()}
          >
            {t('calls.csv')}
          </Button>
        }
      >
        {page && page.calls.length > 0 ? (
          <div className={classes.scroll}>
            <table className={classes.table} aria-busy={isLoading}>
              <thead>
                <tr>
                  <th scope="col">{t('calls.started')}</th>
                  <th scope="col">{t('calls.caller')}</th>
                  <th scope="col">{t('calls.dialled')}</th>
                  <th scope="col">{t('calls.flow')}</th>
                  <th scope="col">
                    {t('calls.queue')} · {t('calls.person')}
                  </th>
                  <th scope="col">{t('calls.outcome')}</th>
                  <th scope="col" className={classes.number}>
                    {t('calls.waited')}
                  </th>
                  <th scope="col" className={classes.number}>
                    {t('calls.talked')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {page.calls.map((call) => (
                  <CallRow
                    key={call.callId}
                    call={call}
                    changes={changes}
                    isOpen={open === call.callId}
                    onToggle={() => setOpen(open === call.callId ? null : call.callId)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {page?.calls.length === 0 ? (
          <p className={pageClasses.empty}>{t(isFiltered ? 'calls.noneFound' : 'calls.none')}</p>
        ) : null}
        {page?.cursor ? (
          <Button variant="default" className={classes.more ?? ''} loading={isLoading} onClick={more}>
            {t('calls.more')}
          </Button>
        ) : null}
      </PageSection>
    </>
  );
}
