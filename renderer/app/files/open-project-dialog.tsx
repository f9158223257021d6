import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import classes from './files.module.css';

interface OpenProjectDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly open: (path: string) => Promise<boolean>;
}

/** The folder of a project, by its path: where Dialtree runs may be another computer than where the window is. */
export function OpenProjectDialog({ opened, onClose, open }: OpenProjectDialogProps) {
  const { t } = useTranslation();
  const [path, setPath] = useState('');
  return (
    <Dialog title={t('files.openTitle')} opened={opened} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void open(path.trim()).then((done) => done && onClose());
        }}
      >
        <TextInput
          label={t('files.path')}
          description={t('files.pathHint')}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          spellCheck={false}
          data-autofocus
          data-own-undo
        />
        <div className={classes.actions}>
          <Button type="submit" disabled={path.trim() === ''}>
            {t('files.openNow')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
