import { Button, Group, Paper, Text, Textarea, Tooltip } from '@mantine/core';
import { FileAudio, TimerReset } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpeechUse } from '../../shared/flow/speech.ts';
import { PAUSE_TAG } from '../../shared/flow/speech-markup.ts';
import { useProject } from '../store/react.tsx';
import { GROWING } from './growing.ts';
import classes from './inspector.module.css';
import { LibraryPicker } from './library-picker.tsx';
import { ListenButton } from './listen-button.tsx';
import { VoiceEditor } from './voice-editor.tsx';

export interface SpeechEditorProps {
  readonly label: string;
  /** The label is drawn elsewhere; it is still what a screen reader says. */
  readonly labelHidden?: boolean;
  readonly use: SpeechUse;
  /** A prompt of the library may be taken instead; it may not where the library itself is edited. */
  readonly library?: boolean;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  /** `part` names what is being edited, for undo. */
  readonly onChange: (use: SpeechUse, part: string) => void;
}

/** What the caller hears: a text with its voice, or a file or library prompt that can give way to a text. */
export function SpeechEditor({
  label,
  labelHidden = false,
  library = true,
  use,
  placeholder,
  error,
  onChange,
}: SpeechEditorProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const promptName = useProject((project) => (use.kind === 'prompt' ? project.prompts[use.promptId]?.name : undefined));
  if (use.kind !== 'text') {
    const name = use.kind === 'audio' ? use.fileName : (promptName ?? t('summary.unknownPrompt'));
    return (
      <div>
        {labelHidden ? null : <Text className={classes.fieldLabel}>{label}</Text>}
        <Paper withBorder p="sm">
          <Group gap="sm" wrap="nowrap">
            <FileAudio size={16} aria-hidden />
            <Text size="sm" truncate flex={1}>
              {name}
            </Text>
            <ListenButton use={use} />
            <Button size="compact-xs" variant="default" onClick={() => onChange({ kind: 'text', text: '' }, 'kind')}>
              {t('speech.useText')}
            </Button>
          </Group>
        </Paper>
      </div>
    );
  }
  /** Where the caret is, which then stands after it. */
  const insertPause = () => {
    const { selectionStart: from = use.text.length, selectionEnd: to = from } = field.current ?? {};
    onChange({ ...use, text: `${use.text.slice(0, from)}${PAUSE_TAG}${use.text.slice(to)}` }, 'text');
    const caret = from + PAUSE_TAG.length;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  };
  return (
    <div>
      <Textarea
        {...(labelHidden ? { 'aria-label': label } : { label })}
        placeholder={placeholder ?? t('speech.placeholder')}
        classNames={GROWING}
        ref={field}
        rows={2}
        maxLength={5000}
        value={use.text}
        error={error}
        onChange={(event) => onChange({ ...use, text: event.currentTarget.value }, 'text')}
      />
      <Tooltip label={t('speech.pauseHint')} multiline w={260}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<TimerReset size={14} aria-hidden />}
          onClick={() => insertPause()}
        >
          {t('speech.pause')}
        </Button>
      </Tooltip>
      <VoiceEditor use={use} onChange={onChange} />
      {library ? (
        <LibraryPicker label={label} onPick={(promptId) => onChange({ kind: 'prompt', promptId }, 'kind')} />
      ) : null}
    </div>
  );
}
