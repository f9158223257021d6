import { ActionIcon, Button, Select } from '@mantine/core';
import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Prompt, SpeechSource } from '../../../../shared/flow/speech.ts';
import { languageOptions, useVoices } from '../../../inspector/use-voices.ts';
import { duplicatePrompt, missingLanguages, type PromptUser, withSource } from '../../../store/prompt-edits.ts';
import { useProject, useStores } from '../../../store/react.tsx';
import { DraftInput } from '../../../ui/draft-input.tsx';
import pageClasses from '../page.module.css';
import { PromptSource } from './prompt-source.tsx';
import classes from './prompts.module.css';
import { RemovePrompt } from './remove-prompt.tsx';

interface PromptItemProps {
  readonly id: string;
  readonly prompt: Prompt;
  readonly users: readonly PromptUser[];
}

/** One prompt: its name, who says it, what it says in each language, and the languages it lacks. */
export function PromptItem({ id, prompt, users }: PromptItemProps) {
  const { t, i18n } = useTranslation();
  const { project, ui } = useStores();
  const missing = useProject((document) => missingLanguages(document, prompt).join(' '));
  const languages = languageOptions(useVoices(), i18n.language);
  const nameOf = (tag: string) => languages.find(({ value }) => value === tag)?.label ?? tag;

  function set(language: string, source: SpeechSource | undefined, typing?: string): void {
    project.edit(
      (document) => {
        const current = document.prompts[id];
        if (current) document.prompts[id] = withSource(current, language, source);
      },
      typing === undefined ? {} : { coalesce: `prompt:${id}:${language}:${typing}` },
    );
  }
  const addLanguage = (language: string) => set(language, { kind: 'text', text: '' });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> would need a visible legend
    <div className={pageClasses.item} role="group" aria-label={prompt.name}>
      <DraftInput
        className={pageClasses.wide ?? ''}
        label={t('prompts.name')}
        value={prompt.name}
        maxLength={100}
        check={(text) => (text.trim() === '' ? t('field.required') : undefined)}
        commit={(name) =>
          project.edit(
            (document) => {
              const current = document.prompts[id];
              if (current) current.name = name;
            },
            { coalesce: `prompt:${id}:name` },
          )
        }
      />
      <div className={`${pageClasses.end} ${classes.actions}`}>
        <ActionIcon
          aria-label={t('prompts.duplicate', { name: prompt.name })}
          onClick={() => project.replace(duplicatePrompt(project.state.getState().project, id))}
        >
          <Copy size={16} />
        </ActionIcon>
        <RemovePrompt id={id} name={prompt.name} users={users} />
      </div>
      <div className={`${pageClasses.full} ${classes.users}`}>
        <span>{t(users.length === 0 ? 'prompts.unused' : 'prompts.usedIn')}</span>
        {users.map((user) => (
          <Button
            key={'queueId' in user ? user.queueId : `${user.flowId}/${user.nodeId}`}
            size="compact-xs"
            variant="light"
            onClick={() =>
              'queueId' in user ? ui.setState({ page: 'team' }) : ui.revealNode(user.flowId, user.nodeId)
            }
          >
            {user.name}
          </Button>
        ))}
      </div>
      {Object.entries(prompt.sources).map(([language, source]) => (
        <PromptSource
          key={language}
          language={language}
          languageName={nameOf(language)}
          promptName={prompt.name}
          source={source}
          onChange={(changed, typing) => set(language, changed, typing)}
        />
      ))}
      <div className={`${pageClasses.full} ${classes.users}`}>
        {missing === ''
          ? null
          : missing.split(' ').map((language) => (
              <Button
                key={language}
                size="compact-xs"
                color="orange"
                variant="default"
                onClick={() => addLanguage(language)}
              >
                {t('prompts.missing', { language: nameOf(language) })}
              </Button>
            ))}
        <Select
          size="xs"
          aria-label={t('prompts.addLanguageTo', { name: prompt.name })}
          placeholder={t('prompts.addLanguage')}
          data={languages.filter(({ value }) => !(value in prompt.sources))}
          value={null}
          searchable
          onChange={(language) => language && addLanguage(language)}
        />
      </div>
    </div>
  );
}
