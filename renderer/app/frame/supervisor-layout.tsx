import { Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores, useUi } from '../../store/react.tsx';
import type { Page } from '../../store/ui-store.ts';
import { BundleDrop } from '../files/bundle-drop.tsx';
import { BoardPage } from '../pages/board/board-page.tsx';
import { CallsPage } from '../pages/calls/calls-page.tsx';
import { LinePage } from '../pages/line/line-page.tsx';
import { NumbersPage } from '../pages/numbers-page.tsx';
import { PromptsPage } from '../pages/prompts/prompts-page.tsx';
import { SchedulesPage } from '../pages/schedules-page.tsx';
import { SettingsPage } from '../pages/settings-page.tsx';
import { SyncPage } from '../pages/sync/sync-page.tsx';
import { TeamPage } from '../pages/team-page.tsx';
import { VersionsPage } from '../pages/versions/versions-page.tsx';
import { VoicemailPage } from '../pages/voicemail-page.tsx';
import { Search } from '../search/search.tsx';
import { phoneSlots } from '../slots.ts';
import classes from './frame.module.css';
import { Rail } from './rail.tsx';
import { ResizeHandle } from './resize-handle.tsx';

/** The canvas and its library are the largest part of the window: an operator's never loads them. */
const Designer = lazy(async () => ({ default: (await import('../designer/designer.tsx')).Designer }));

const PAGES = {
  flows: Designer,
  numbers: NumbersPage,
  team: TeamPage,
  prompts: PromptsPage,
  schedules: SchedulesPage,
  calls: CallsPage,
  board: BoardPage,
  voicemail: VoicemailPage,
  versions: VersionsPage,
  sync: SyncPage,
  settings: SettingsPage,
  line: LinePage,
} satisfies Record<Page, React.ComponentType>;

/** Rail, the page, and the phone on the right. */
export function SupervisorLayout() {
  const { t } = useTranslation();
  const page = useUi((state) => state.page);
  const PageComponent = PAGES[page];
  return (
    <div className={classes.body}>
      <Rail />
      <main className={classes.main}>
        <Suspense fallback={<Loader m="auto" aria-label={t('app.loading')} />}>
          <PageComponent />
        </Suspense>
      </main>
      <PhoneColumn />
      <BundleDrop />
      <Search />
    </div>
  );
}

function PhoneColumn() {
  const { t } = useTranslation();
  const { ui } = useStores();
  const open = useUi((state) => state.phoneOpen);
  const widthPx = useUi((state) => state.phoneWidthPx);
  const { PhonePanel } = phoneSlots;
  if (!PhonePanel || !open) return null;
  return (
    <aside className={classes.column} style={{ width: widthPx }} aria-label={t('phone.label')}>
      <ResizeHandle
        label={t('phone.resize')}
        edge="left"
        sizePx={widthPx}
        minPx={280}
        maxPx={480}
        onResize={(phoneWidthPx) => ui.setState({ phoneWidthPx })}
      />
      <PhonePanel />
    </aside>
  );
}
