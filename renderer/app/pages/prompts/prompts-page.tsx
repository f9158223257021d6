import { Button, TextInput } from '@mantine/core';
import { Plus, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addPrompt, promptHas, promptUsers } from '../../../store/prompt-edits.ts';
import { useProject, useStores } from '../../../store/react.tsx';
import pageClasses from '../page.module.css';
import { Page, PageSection } from '../page.tsx';
import { PromptItem } from './prompt-item.tsx';
import classes from './prompts.module.css';

/** The library of what callers hear: texts and recordings, by language. */
export function PromptsPage() {
  const { t } = useTranslation();
  const { project } = useStores();
  const document = useProject((current) => current);
  const users = useMemo(() => promptUsers(document), [document]);
  const [query, setQuery] = useState('');
  const all = Object.entries(document.prompts);
  const shown = all.filter(([, prompt]) => promptHas(prompt, query));
  return (
    <Page title={t('prompts.title')} hint={t('prompts.hint')}>
      <PageSection
        title={t('prompts.list', { count: all.length })}
        action={
          <Button
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => {
              setQuery('');
              project.replace(addPrompt(project.state.getState().project, t('prompts.newPrompt')));
            }}
          >
            {t('prompts.add')}
          </Button>
        }
      >
        {all.length === 0 ? (
          <p className={pageClasses.empty}>{t('prompts.none')}</p>
        ) : (
          <TextInput
            className={classes.search ?? ''}
            aria-label={t('prompts.search')}
            placeholder={t('prompts.search')}
            leftSection={<Search size={14} aria-hidden />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            data-own-undo
          />
        )}
        {all.length > 0 && shown.length === 0 ? (
          <p className={pageClasses.empty} role="status">
            {t('prompts.notFound')}
          </p>
        ) : null}
        <div className={pageClasses.list}>
          {shown.map(([id, prompt]) => (
            <PromptItem key={id} id={id} prompt={prompt} users={users.get(id) ?? []} />
          ))}
        </div>
      </PageSection>
    </Page>
  );
}
