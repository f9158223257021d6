import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import classes from './files.module.css';
import { useFiles } from './use-files.ts';

/** A bundle that is dropped anywhere on the window is imported, after asking. */
export function BundleDrop() {
  const { t } = useTranslation();
  const files = useFiles();
  const [dropped, setDropped] = useState<File | null>(null);

  useEffect(() => {
    const bundleIn = ({ dataTransfer }: DragEvent) =>
      [...(dataTransfer?.files ?? [])].find((file) => file.name.toLowerCase().endsWith('.dialtree'));
    // While a file is over the window its name is not told: any may be dropped, others do nothing.
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') && !event.defaultPrevented) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      // Else the browser leaves the app and shows the file.
      event.preventDefault();
      const file = bundleIn(event);
      if (file) setDropped(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, []);

  const close = () => setDropped(null);
  return (
    <Dialog title={t('files.dropTitle')} opened={dropped !== null} onClose={close}>
      <p className={classes.question}>{t('files.dropText', { name: dropped?.name ?? '' })}</p>
      <div className={classes.actions}>
        <Button variant="default" onClick={close}>
          {t('files.cancel')}
        </Button>
        <Button
          onClick={() => {
            if (dropped) void files.importBundle(dropped);
            close();
          }}
        >
          {t('files.importNow')}
        </Button>
      </div>
    </Dialog>
  );
}
