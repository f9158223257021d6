import { useEffect } from 'react';
import { flushWhenLeaving } from '../store/project-sync.ts';
import { useStores, useUi } from '../store/react.tsx';
import { useConnection } from './connection.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Banners } from './frame/banners.tsx';
import classes from './frame/frame.module.css';
import { Header } from './frame/header.tsx';
import { OperatorLayout } from './frame/operator-layout.tsx';
import { SupervisorLayout } from './frame/supervisor-layout.tsx';
import { useAppShortcuts } from './frame/use-app-shortcuts.ts';
import { useKeepOnTop } from './frame/use-keep-on-top.ts';
import { useProjectNotices } from './frame/use-project-notices.ts';
import { phoneSlots } from './slots.ts';

/** The whole window: header over the layout of the role. */
export function App() {
  const stores = useStores();
  const role = useUi((ui) => ui.role);
  const connection = useConnection();
  useAppShortcuts();
  useProjectNotices();
  useKeepOnTop();

  useEffect(() => flushWhenLeaving(stores.sync, window), [stores]);

  useEffect(() => {
    if (connection !== 'connected') return;
    // What happened while we could not be reached: other windows' saves, calls. Failures show in the sync state.
    void stores.sync.refresh().catch(() => {});
    void stores.live.refresh().catch(() => {});
    void stores.desk.refresh().catch(() => {});
    void stores.voicemail.refresh().catch(() => {});
    void stores.remote.refresh().catch(() => {});
    void stores.line.refresh().catch(() => {});
  }, [connection, stores]);

  const content = (
    <div className={classes.app}>
      <Header />
      <Banners />
      {role === 'supervisor' ? <SupervisorLayout /> : <OperatorLayout />}
    </div>
  );
  const { Provider } = phoneSlots;
  return <ErrorBoundary>{Provider ? <Provider>{content}</Provider> : content}</ErrorBoundary>;
}
