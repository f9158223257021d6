import { Button, TextInput } from '@mantine/core';
import { Rocket } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblems, usePublished, useStores, useSync } from '../../../store/react.tsx';
import classes from '../page.module.css';
import { PageSection } from '../page.tsx';
import type { Versions } from './use-versions.ts';
import own from './versions.module.css';

/** Gives the project as it is now a name: kept as a version, or also published. An error keeps it from callers. */
export function PublishSection({ versions }: { readonly versions: Versions }) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState(false);
  const errors = useProblems(({ problems }) => problems.filter(({ severity }) => severity === 'error').length);
  const published = usePublished((state) => state.version);
  const changes = usePublished((state) => state.changes);
  const isSaved = useSync(({ status }) => status !== 'conflict' && status !== 'error');
  const hasName = message.trim() !== '';

  async function run(work: (message: string) => Promise<boolean>): Promise<void> {
    setBusy(true);
    const done = await work(message.trim());
    setBusy(false);
    if (done) setMessage('');
  }

  const since = changes === 0 ? t('versions.asPublished') : t('versions.changedSince', { count: changes });
  return (
    <PageSection title={t('versions.keepTitle')}>
      <p className={classes.empty} role="status">
        {published === null
          ? t('versions.nonePublished')
          : `${t('versions.publishedIs', { name: published.message })}. ${since}.`}
      </p>
      <form
        className={own.keep}
        onSubmit={(event) => {
          event.preventDefault();
          if (hasName) void run(versions.keep);
        }}
      >
        <TextInput
          className={own.message ?? ''}
          label={t('versions.message')}
          placeholder={t('versions.messagePlaceholder')}
          maxLength={500}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
          data-own-undo
        />
        <Button type="submit" variant="default" disabled={!hasName || busy}>
          {t('versions.keep')}
        </Button>
        <Button
          leftSection={<Rocket size={14} aria-hidden />}
          loading={busy}
          disabled={!hasName || errors > 0 || !isSaved}
          onClick={() => void run(versions.publish)}
        >
          {t('versions.publish')}
        </Button>
      </form>
      {errors > 0 ? (
        <p className={own.damaged}>
          {t('versions.hasErrors', { count: errors })}{' '}
          <Button variant="subtle" onClick={() => ui.setState({ page: 'flows', dockOpen: true, dockTab: 'problems' })}>
            {t('versions.toProblems')}
          </Button>
        </p>
      ) : null}
    </PageSection>
  );
}
