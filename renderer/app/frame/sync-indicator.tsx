import { Tooltip, UnstyledButton } from '@mantine/core';
import { Check, CircleDot, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRemote, useStores, useSync, useUi } from '../../store/react.tsx';
import { STATUS_ICONS } from '../../sync/remote-status.ts';
import classes from './frame.module.css';

const ICONS = {
  saved: Check,
  unsaved: CircleDot,
  saving: LoaderCircle,
  error: CloudOff,
  conflict: TriangleAlert,
} as const;

/** Whether the project is saved here, and, where it has an endpoint, in step with it. */
export function SyncIndicator() {
  return (
    <>
      <LocalState />
      <RemoteState />
    </>
  );
}

function LocalState() {
  const { t, i18n } = useTranslation();
  const status = useSync((state) => state.status);
  const path = useSync((state) => state.path);
  const savedAtMs = useSync((state) => state.savedAtMs);
  const code = useSync((state) => state.error?.code);
  const Icon = ICONS[status];
  const time =
    savedAtMs === null ? null : new Date(savedAtMs).toLocaleTimeString(i18n.language, { timeStyle: 'short' });
  return (
    <Tooltip label={time === null ? path : t('sync.savedAt', { time, path })}>
      <span className={classes.sync} data-status={status} role="status" data-testid="sync-state">
        <Icon size={14} aria-hidden />
        <span className={classes.syncText}>{status === 'error' ? t(errorText(code)) : t(`sync.${status}`)}</span>
      </span>
    </Tooltip>
  );
}

/** What a person can mend is said at once; the banner says the rest. */
function errorText(code: string | undefined) {
  if (code === 'project/disk-full') return 'files.diskFull';
  return code === 'project/read-only' ? 'files.readOnly' : 'sync.error';
}

function RemoteState() {
  const { t } = useTranslation();
  const { ui } = useStores();
  const role = useUi((state) => state.role);
  const status = useRemote((state) => state.status);
  if (status === 'off') return null;
  const Icon = STATUS_ICONS[status];
  const text = t(`remote.status.${status}`);
  const content = (
    <>
      <Icon size={14} aria-hidden />
      <span className={classes.syncText}>{text}</span>
    </>
  );
  const marks = { className: classes.sync ?? '', 'data-remote': status, 'data-testid': 'remote-state' };
  return (
    <Tooltip label={t(`remote.statusHint.${status}`)} multiline maw={320}>
      {role === 'supervisor' ? (
        <UnstyledButton
          {...marks}
          aria-label={t('remote.open', { status: text })}
          onClick={() => ui.setState({ page: 'sync' })}
        >
          {content}
        </UnstyledButton>
      ) : (
        // An operator's window has no pages.
        <span {...marks} role="status">
          {content}
        </span>
      )}
    </Tooltip>
  );
}
