import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { VoiceEngineSchema } from '../../shared/bridge/speech.ts';
import { isMachineVoice } from '../../shared/flow/speech.ts';
import { useVoicesState } from '../store/react.tsx';
import { speaks, useVoices } from './use-voices.ts';

interface VoiceSelectProps {
  /** Only its voices can be chosen. */
  readonly language: string;
  readonly value: string | undefined;
  readonly onChange: (voice: string | undefined) => void;
}

/** The voices of a language by where they come from; one that this computer has not is kept, and told. */
export function VoiceSelect({ language, value, onChange }: VoiceSelectProps) {
  const { t } = useTranslation();
  const voices = useVoices();
  const areKnown = useVoicesState((state) => state.voices !== null);
  const spoken = voices.filter((voice) => speaks(voice, language));
  const groups = VoiceEngineSchema.options.map((engine) => ({
    group: t(`speech.engines.${engine}`),
    items: spoken.filter((voice) => voice.engine === engine).map(({ id, name }) => ({ value: id, label: name })),
  }));
  const isMissing = value !== undefined && !voices.some(({ id }) => id === value) && isMachineVoice(value);
  const missing = isMissing ? [{ group: t('speech.engines.missing'), items: [{ value, label: value }] }] : [];
  return (
    <Select
      label={t('speech.voice')}
      data={[...missing, ...groups.filter(({ items }) => items.length > 0)]}
      value={value ?? null}
      placeholder={t('speech.defaultVoice')}
      searchable
      clearable
      nothingFoundMessage={t('speech.noVoices')}
      error={isMissing && areKnown ? t('speech.missingVoice') : undefined}
      onChange={(voice) => onChange(voice ?? undefined)}
    />
  );
}
