import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import classes from './files.module.css';

interface NewProjectDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly create: (name: string, language: string) => Promise<boolean>;
}

/** A name and the language that callers hear. */
export function NewProjectDialog({ opened, onClose, create }: NewProjectDialogProps) {
  const { t, i18n } = useTranslation();
  const [name, setName] = useState('');
  const [language, setLanguage] = useState(i18n.language === 'pl' ? 'pl' : 'en');
  const languages = [
    { value: 'en', label: 'English' },
    { value: 'pl', label: 'Polski' },
  ];

  async function submit(): Promise<void> {
    if (!(await create(name.trim(), language))) return;
    setName('');
    onClose();
  }

  return (
    <Dialog title={t('files.newTitle')} opened={opened} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          label={t('files.name')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          data-own-undo
        />
        <Select
          label={t('files.language')}
          data={languages}
          value={language}
          allowDeselect={false}
          onChange={(value) => setLanguage(value ?? 'en')}
        />
        <div className={classes.actions}>
          <Button type="submit" disabled={name.trim() === ''}>
            {t('files.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
