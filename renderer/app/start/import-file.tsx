import { Button, FileButton, Textarea } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importText, MAX_IMPORT_LENGTH } from '../../../shared/import/index.ts';
import { type ErrorDetail, toErrorDetail } from '../../../shared/lib/errors.ts';
import { SeverityIcon } from '../../ui/severity-icon.tsx';
import { ImportNotes } from './import-notes.tsx';
import classes from './start.module.css';
import { useNewFlow } from './use-new-flow.ts';

type Read = { readonly name: string; readonly result: ReturnType<typeof importText> } | { readonly error: ErrorDetail };

/** What another program exported: what it is and what becomes of it is told before anything is taken in. */
export function ImportFile() {
  const { t } = useTranslation();
  const { startName, newId, take, document } = useNewFlow();
  const [read, setRead] = useState<Read | null>(null);
  const [isOver, setOver] = useState(false);

  function readText(name: string, text: string): void {
    try {
      setRead({ name, result: importText(document(), text, { name, startName, newId }) });
    } catch (error) {
      setRead({ error: toErrorDetail(error) });
    }
  }

  async function readFile(file: File | null | undefined): Promise<void> {
    if (!file) return;
    // A file that is far too large is not even read; the importer says so by its length.
    const text = file.size > MAX_IMPORT_LENGTH * 4 ? ' '.repeat(MAX_IMPORT_LENGTH + 1) : await file.text();
    readText(file.name.replace(/\.[^.]*$/, ''), text);
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void readFile(event.dataTransfer.files[0]);
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut of the button inside */}
      <div
        className={classes.drop}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileButton onChange={(file) => void readFile(file)} accept=".json,.conf,.sql,.txt,application/json,text/plain">
          {(props) => (
            <Button variant="default" leftSection={<FileUp size={14} aria-hidden />} {...props}>
              {t('start.import.choose')}
            </Button>
          )}
        </FileButton>
        <span>{t('start.import.orDrop')}</span>
      </div>
      <Textarea
        label={t('start.import.paste')}
        rows={4}
        spellCheck={false}
        classNames={{ input: classes.outline ?? '' }}
        onChange={(event) => {
          const text = event.currentTarget.value;
          if (text.trim() === '') setRead(null);
          else readText(t('flow.newName'), text);
        }}
        data-own-undo
      />
      {read === null ? null : 'error' in read ? <Failure error={read.error} /> : <Report read={read} take={take} />}
    </>
  );
}

function Failure({ error }: { error: ErrorDetail }) {
  const { t, i18n } = useTranslation();
  const known = i18n.exists(`start.error.${error.code}`);
  return (
    <div className={classes.failure} role="alert">
      <SeverityIcon severity="error" />
      <p>
        {known
          ? t(`start.error.${error.code}` as 'start.error.import/empty', { ...error.params, message: error.message })
          : `${error.message} ${error.hint ?? ''}`}
      </p>
    </div>
  );
}

function Report({
  read,
  take,
}: {
  read: Extract<Read, { result: unknown }>;
  take: ReturnType<typeof useNewFlow>['take'];
}) {
  const { t } = useTranslation();
  const { source, imported } = read.result;
  const flows = imported.flowIds.flatMap((id) => imported.project.flows[id] ?? []);
  const steps = flows.reduce((sum, flow) => sum + Object.keys(flow.nodes).length, 0);
  return (
    <section className={classes.report} aria-label={t('start.import.report')}>
      <h3 className={classes.heading}>
        {t('start.import.found', { program: t(`start.program.${source}`) })}{' '}
        {t('start.import.flows', { count: flows.length })} {t('start.import.steps', { count: steps })}
      </h3>
      <p className={classes.about}>{flows.map(({ name }) => name).join(' · ')}</p>
      <ImportNotes notes={imported.notes} />
      <div className={classes.actions}>
        <Button onClick={() => take(imported)}>{t('start.import.take')}</Button>
      </div>
    </section>
  );
}
