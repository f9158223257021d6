import { Button, Group, Select } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextSource, VoiceSettings } from '../../shared/flow/speech.ts';
import { useProject } from '../store/react.tsx';
import { FactorField } from './fields.tsx';
import type { Patch } from './form-props.ts';
import classes from './inspector.module.css';
import { ListenButton } from './listen-button.tsx';
import { languageOptions, useVoices } from './use-voices.ts';
import { VoiceSelect } from './voice-select.tsx';
import { withoutUndefined } from './without-undefined.ts';

interface VoiceEditorProps {
  readonly use: TextSource;
  readonly onChange: (use: TextSource, part: string) => void;
}

/** How a text is read (S3): language, voice, speed and volume, folded away under a line that says it; and Listen. */
export function VoiceEditor({ use, onChange }: VoiceEditorProps) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const settings = useProject((project) => project.settings);
  const voices = useVoices();
  const languages = languageOptions(voices, i18n.language);
  const nameOf = (tag: string) => languages.find((option) => option.value === tag)?.label ?? tag;
  const projectLanguage = settings.speech.language ?? settings.language;
  const language = use.language ?? projectLanguage;
  const set = (patch: Patch<VoiceSettings>, part: string) => onChange(withoutUndefined({ ...use, ...patch }), part);
  return (
    <>
      <Group gap="xs" mt={6} justify="space-between" wrap="nowrap">
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-expanded={open}
          leftSection={open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {t('speech.voiceSummary', { language: nameOf(language) })}
        </Button>
        <ListenButton use={use} />
      </Group>
      {open ? (
        <div className={classes.voice}>
          <Select
            label={t('speech.language')}
            data={languages}
            value={use.language ?? null}
            placeholder={t('speech.fromProject', { value: nameOf(projectLanguage) })}
            searchable
            clearable
            // A voice speaks one language: it goes with it.
            onChange={(tag) => set({ language: tag ?? undefined, voice: undefined }, 'language')}
          />
          <VoiceSelect language={language} value={use.voice} onChange={(voice) => set({ voice }, 'voice')} />
          <FactorField
            label={t('speech.speed')}
            min={0.5}
            max={2}
            value={use.speed ?? settings.speech.speed ?? 1}
            onChange={(speed) => set({ speed }, 'speed')}
          />
          <FactorField
            label={t('speech.volume')}
            min={0}
            max={2}
            value={use.volume ?? settings.speech.volume ?? 1}
            onChange={(volume) => set({ volume }, 'volume')}
          />
        </div>
      ) : null}
    </>
  );
}
