import { Tooltip } from '@mantine/core';
import { Check, CircleDot, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSync } from '../../store/react.tsx';
import classes from './frame.module.css';

const ICONS = {
  saved: Check,
  unsaved: CircleDot,
  saving: LoaderCircle,
  error: CloudOff,
  conflict: TriangleAlert,
} as const;

/** Whether the project is saved. */
export function SyncIndicator() {
  const { t, i18n } = useTranslation();
  const status = useSync((state) => state.status);
  const path = useSync((state) => state.path);
  const savedAtMs = useSync((state) => state.savedAtMs);
  const Icon = ICONS[status];
  const time =
    savedAtMs === null ? null : new Date(savedAtMs).toLocaleTimeString(i18n.language, { timeStyle: 'short' });
  return (
    <Tooltip label={time === null ? path : t('sync.savedAt', { time, path })}>
      <span className={classes.sync} data-status={status} role="status" data-testid="sync-state">
        <Icon size={14} aria-hidden />
        <span>{t(`sync.${status}`)}</span>
      </span>
    </Tooltip>
  );
}
