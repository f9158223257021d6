import { ActionIcon, Button } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PromptUser, removePrompt } from '../../../store/prompt-edits.ts';
import { useStores } from '../../../store/react.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import classes from './prompts.module.css';

interface RemovePromptProps {
  readonly id: string;
  readonly name: string;
  readonly users: readonly PromptUser[];
}

/** Deletes a prompt; asks first when nodes or queues say it. */
export function RemovePrompt({ id, name, users }: RemovePromptProps) {
  const { t } = useTranslation();
  const { project } = useStores();
  const [asking, setAsking] = useState(false);
  const remove = () => project.replace(removePrompt(project.state.getState().project, id));
  const close = () => setAsking(false);
  return (
    <>
      <ActionIcon
        aria-label={t('prompts.remove', { name })}
        onClick={() => (users.length === 0 ? remove() : setAsking(true))}
      >
        <Trash2 size={16} />
      </ActionIcon>
      <Dialog title={t('prompts.remove', { name })} opened={asking} onClose={close}>
        <p className={classes.question}>
          {t('prompts.removeUsed', { nodes: users.map((user) => user.name).join(', ') })}
        </p>
        <div className={classes.dialogActions}>
          <Button variant="default" onClick={close} data-autofocus>
            {t('files.cancel')}
          </Button>
          <Button color="red" onClick={remove}>
            {t('prompts.removeNow')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
