import { Tooltip, UnstyledButton } from '@mantine/core';
import { Rocket } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { usePublished, useStores } from '../../store/react.tsx';
import { whenIdle } from '../../ui/when-idle.ts';
import classes from './frame.module.css';

/** Nobody waits for it while the window opens. */
const ASK_WITHIN_MS = 3000;

/** Which version is published, and whether the project has changed since; leads to the page for it. */
export function PublishedChip() {
  const { t, i18n } = useTranslation();
  const { ui, published } = useStores();
  const version = usePublished((state) => state.version);
  const changes = usePublished((state) => state.changes);
  useEffect(() => whenIdle(() => void published.refresh(), ASK_WITHIN_MS), [published]);
  if (!version) return null;
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const name = version.message || when.format(version.savedAtMs);
  const since = changes === 0 ? t('versions.asPublished') : t('versions.changedSince', { count: changes });
  return (
    <Tooltip label={`${t('versions.publishedIs', { name })} · ${since}`}>
      <UnstyledButton
        className={`${classes.sync} ${classes.wideOnly}`}
        data-status={changes === 0 ? 'saved' : 'unsaved'}
        aria-label={`${t('versions.publishedIs', { name })}. ${since}`}
        onClick={() => ui.setState({ page: 'versions' })}
      >
        <Rocket size={14} aria-hidden />
        <span className={classes.syncText}>{changes === 0 ? t('versions.published') : since}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
