import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../i18n/error-text.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import classes from './prompts.module.css';
import type { Importing } from './use-import.ts';

/** Says why a file does not pass as it is, and offers to convert it. */
export function ConvertDialog({ importing }: { importing: Importing }) {
  const { t, i18n } = useTranslation();
  const { refused, dismiss, convert } = importing;
  const reason = refused?.error.code.replace('audio/', '');
  const known = reason === 'not-mp3' || reason === 'not-mono' || reason === 'too-large';
  return (
    <Dialog title={t('prompts.convertTitle')} opened={refused !== null} onClose={dismiss}>
      <p className={classes.question}>
        {known ? t(`prompts.refused.${reason}`) : refused && errorText(refused.error, i18n)}
      </p>
      <p className={classes.question}>{t('prompts.convertText', { file: refused?.file.name ?? '' })}</p>
      <div className={classes.dialogActions}>
        <Button variant="default" onClick={dismiss}>
          {t('files.cancel')}
        </Button>
        <Button onClick={() => void convert()} data-autofocus>
          {t('prompts.convert')}
        </Button>
      </div>
    </Dialog>
  );
}
