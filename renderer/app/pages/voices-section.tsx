import { Button, Select, Text, TextInput } from '@mantine/core';
import { FolderOpen, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpeechSetup, Voice } from '../../../shared/bridge/speech.ts';
import type { ErrorDetail } from '../../../shared/lib/errors.ts';
import { errorText } from '../../i18n/error-text.ts';
import { ListenButton } from '../../inspector/listen-button.tsx';
import { languageOptions, speaks, useVoices } from '../../inspector/use-voices.ts';
import { withoutUndefined } from '../../inspector/without-undefined.ts';
import { useProject, useStores } from '../../store/react.tsx';
import { notifyFailure } from '../../ui/notify.ts';
import classes from './page.module.css';
import { PageSection } from './page.tsx';
import voiceClasses from './voices.module.css';

/** What this computer can read texts with: the folder of Piper's voices, and every voice of a language to listen to. */
export function VoicesSection() {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const projectLanguage = useProject(({ settings }) => settings.speech.language ?? settings.language);
  const [chosen, setChosen] = useState<string | null>(null);
  const voices = useVoices();
  const language = chosen ?? projectLanguage;
  const [setup, setSetup] = useState<SpeechSetup | null>(null);
  const [folder, setFolder] = useState('');
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    let isWanted = true;
    bridge.call('speech.setup', {}).then(
      (found) => {
        if (!isWanted) return;
        setSetup(found);
        setFolder(found.settings.piperFolder ?? '');
      },
      (error: unknown) => isWanted && notifyFailure(error),
    );
    return () => {
      isWanted = false;
    };
  }, [bridge]);

  async function save(path: string): Promise<void> {
    setBusy(true);
    try {
      setSetup(await bridge.call('speech.setUp', { piperFolder: path.trim() === '' ? null : path.trim() }));
    } catch (error) {
      notifyFailure(error);
    }
    setBusy(false);
  }

  async function choose(): Promise<void> {
    try {
      const { path } = await bridge.call('files.chooseFolder', {});
      if (path === null) return;
      setFolder(path);
      await save(path);
    } catch (error) {
      notifyFailure(error);
    }
  }

  return (
    <PageSection title={t('speech.here.title')}>
      <div className={classes.item}>
        <TextInput
          className={classes.wide ?? ''}
          label={t('speech.here.folder')}
          description={t('speech.here.folderHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={1000}
          value={folder}
          error={setup?.problem ? errorText(withoutUndefined<ErrorDetail>(setup.problem), i18n) : undefined}
          onChange={(event) => setFolder(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && void save(folder)}
        />
        <div className={voiceClasses.actions}>
          <Button variant="default" leftSection={<FolderOpen size={14} aria-hidden />} onClick={() => void choose()}>
            {t('speech.here.choose')}
          </Button>
          <Button
            variant="default"
            leftSection={<RefreshCw size={14} aria-hidden />}
            loading={isBusy}
            onClick={() => void save(folder)}
          >
            {t('speech.here.look')}
          </Button>
        </div>
        <Select
          className={classes.full ?? ''}
          label={t('speech.here.language')}
          data={languageOptions(voices, i18n.language)}
          value={language}
          searchable
          allowDeselect={false}
          onChange={setChosen}
        />
        <VoiceList voices={voices.filter((voice) => speaks(voice, language))} />
      </div>
    </PageSection>
  );
}

function VoiceList({ voices }: { readonly voices: readonly Voice[] }) {
  const { t } = useTranslation();
  if (voices.length === 0) return <Text c="dimmed">{t('speech.noVoices')}</Text>;
  return (
    <ul className={voiceClasses.list} aria-label={t('speech.here.found')}>
      {voices.map((voice) => (
        <li key={voice.id}>
          <span>
            <strong>{voice.name}</strong>
            <small>
              {t(`speech.engines.${voice.engine}`)} · {voice.language}
            </small>
          </span>
          <ListenButton
            name={voice.name}
            use={{ kind: 'text', text: sampleText(voice), voice: voice.id, language: voice.language }}
          />
        </li>
      ))}
    </ul>
  );
}

const SAMPLES: Readonly<Record<string, string>> = {
  en: 'Good day! This is how I sound on the phone.',
  pl: 'Dzień dobry! Tak brzmię przez telefon.',
};

/** Something in the language of a voice; where there is no sentence, the name of the language in itself. */
function sampleText({ language, name }: Voice): string {
  const [base = ''] = language.split('-');
  const sample = SAMPLES[base];
  if (sample !== undefined) return sample;
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(base) ?? name;
  } catch {
    return name;
  }
}
