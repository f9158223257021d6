import { ActionIcon, Button, FileButton } from '@mantine/core';
import { FileUp, Trash2, Type } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpeechSource } from '../../../../shared/flow/speech.ts';
import { ListenButton } from '../../../inspector/listen-button.tsx';
import { SpeechEditor } from '../../../inspector/speech-editor.tsx';
import { withoutUndefined } from '../../../inspector/without-undefined.ts';
import pageClasses from '../page.module.css';
import { ConvertDialog } from './convert-dialog.tsx';
import classes from './prompts.module.css';
import { RecordButton } from './record-button.tsx';
import { TrimButton } from './trim-dialog.tsx';
import { useImport } from './use-import.ts';
import { Waveform } from './waveform.tsx';

interface PromptSourceProps {
  readonly language: string;
  readonly languageName: string;
  readonly promptName: string;
  readonly source: SpeechSource;
  /** Undefined takes the language out. */
  readonly onChange: (source: SpeechSource | undefined, typing?: string) => void;
}

/** What a prompt says in one language: a text and its voice, or a recording. A file may be dropped on it. */
export function PromptSource({ language, languageName, promptName, source, onChange }: PromptSourceProps) {
  const { t } = useTranslation();
  const importing = useImport((audio) => onChange(audio));
  const [isOver, setIsOver] = useState(false);
  const what = { name: promptName, language: languageName };

  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> would need a visible legend
    <div
      role="group"
      aria-label={languageName}
      className={`${pageClasses.full} ${classes.source}`}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        const file = event.dataTransfer.files[0];
        // A whole project is for the window to take.
        if (!file || file.name.toLowerCase().endsWith('.dialtree')) return;
        event.preventDefault();
        void importing.take(file);
      }}
    >
      <div className={classes.sourceHead}>
        <h3 className={classes.language}>{languageName}</h3>
        <div className={classes.actions}>
          <RecordButton
            label={t('prompts.recordFor', what)}
            fileName={`${promptName} ${language}`}
            onRecorded={(file) => void importing.takeRecorded(file)}
          />
          <FileButton
            accept=".mp3,.wav,.flac,.ogg,.opus,.m4a,audio/*"
            onChange={(file) => file && void importing.take(file)}
            inputProps={{ 'aria-label': t('prompts.fileFor', what) }}
          >
            {(props) => (
              <Button
                {...props}
                size="compact-xs"
                variant="default"
                loading={importing.busy}
                leftSection={<FileUp size={14} aria-hidden />}
              >
                {t(source.kind === 'audio' ? 'prompts.replace' : 'prompts.useFile')}
              </Button>
            )}
          </FileButton>
          {source.kind === 'audio' ? (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<Type size={14} aria-hidden />}
              onClick={() => onChange({ kind: 'text', text: '' })}
            >
              {t('speech.useText')}
            </Button>
          ) : null}
          <ActionIcon size="sm" aria-label={t('prompts.removeLanguage', what)} onClick={() => onChange(undefined)}>
            <Trash2 size={14} />
          </ActionIcon>
        </div>
      </div>
      {source.kind === 'audio' ? (
        <div className={classes.recording}>
          <ListenButton use={source} />
          <TrimButton source={source} label={t('prompts.trimFor', what)} onTrimmed={onChange} />
          <Waveform sha256={source.sha256} label={t('prompts.waveform', { file: source.fileName })} />
          <span className={classes.file}>
            {source.fileName} · {t('prompts.seconds', { seconds: (source.durationMs / 1000).toFixed(1) })}
          </span>
        </div>
      ) : (
        <SpeechEditor
          label={t('prompts.text', what)}
          labelHidden
          library={false}
          // It is read in the language that it stands for, as in a call.
          use={{ ...source, language: source.language ?? language }}
          onChange={(use, part) => {
            if (use.kind !== 'text') return;
            const own = use.language === language ? undefined : use.language;
            onChange(withoutUndefined({ ...use, language: own }), part);
          }}
        />
      )}
      <ConvertDialog importing={importing} />
    </div>
  );
}
