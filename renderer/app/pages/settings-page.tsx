import { SegmentedControl, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { pauseReasonsOf } from '../../../shared/flow/pause-reasons.ts';
import type { Settings } from '../../../shared/flow/project.ts';
import type { VoiceSettings } from '../../../shared/flow/speech.ts';
import type { Webhook } from '../../../shared/flow/webhook.ts';
import { isTimeZone } from '../../../shared/lib/zoned-time.ts';
import { FactorField, SecondsField } from '../../inspector/fields.tsx';
import type { Patch } from '../../inspector/form-props.ts';
import { languageOptions, useVoices } from '../../inspector/use-voices.ts';
import { VariablesSection } from '../../inspector/variables-section.tsx';
import { VoiceSelect } from '../../inspector/voice-select.tsx';
import { withoutUndefined } from '../../inspector/without-undefined.ts';
import { useProject, useStores } from '../../store/react.tsx';
import { LinesField } from '../../ui/lines-field.tsx';
import { zonesWith } from '../../ui/time-zones.ts';
import { LineSection } from './line/line-section.tsx';
import classes from './page.module.css';
import { Page, PageSection } from './page.tsx';
import { RecordingSection } from './recording-section.tsx';
import { VoicesSection } from './voices-section.tsx';
import { WebhookSection } from './webhook-section.tsx';

const PLANS = ['standard', 'professional'] as const;

/** What holds for the whole project: plan (S14), voice (S3), time, rings (S15), variables, voicemail's webhook. */
export function SettingsPage() {
  const { t, i18n } = useTranslation();
  const { project } = useStores();
  const settings = useProject((document) => document.settings);
  const voices = useVoices();
  const { speech } = settings;
  const language = speech.language ?? settings.language;

  function change(patch: Partial<Settings>, typing?: string): void {
    project.edit(
      (document) => {
        document.settings = { ...document.settings, ...patch };
      },
      typing === undefined ? {} : { coalesce: `settings:${typing}` },
    );
  }

  const changeSpeech = (patch: Patch<VoiceSettings>, typing?: string) =>
    change({ speech: withoutUndefined({ ...speech, ...patch }) }, typing);

  /** An empty list is none: then the usual reasons hold. */
  const changeReasons = (lines: string[]) => {
    const { pauseReasons: _, ...others } = settings;
    project.edit(
      (document) => {
        document.settings = lines.length === 0 ? others : { ...others, pauseReasons: lines };
      },
      { coalesce: 'settings:reasons' },
    );
  };

  const changeWebhook = (webhook: Webhook | undefined, typing: string) => {
    const { voicemailWebhook: _, ...others } = settings;
    project.edit(
      (document) => {
        document.settings = webhook === undefined ? others : { ...others, voicemailWebhook: webhook };
      },
      { coalesce: `settings:webhook-${typing}` },
    );
  };

  return (
    <Page title={t('settings.title')} hint={t('settings.hint')}>
      <PageSection title={t('settings.plan')}>
        <div className={classes.item}>
          <div>
            <SegmentedControl
              aria-label={t('settings.plan')}
              data={PLANS.map((value) => ({ value, label: t(`settings.plans.${value}`) }))}
              value={settings.plan}
              onChange={(plan) => change({ plan })}
            />
            <Text size="sm" c="dimmed" mt={6}>
              {t(`settings.planHints.${settings.plan}`)}
            </Text>
          </div>
        </div>
      </PageSection>
      <PageSection title={t('settings.speech')}>
        <div className={classes.item}>
          <Select
            label={t('speech.language')}
            data={languageOptions(voices, i18n.language)}
            value={language}
            searchable
            allowDeselect={false}
            // A voice speaks one language: it goes with it.
            onChange={(tag) =>
              tag &&
              change({ language: tag, speech: withoutUndefined({ ...speech, language: undefined, voice: undefined }) })
            }
          />
          <VoiceSelect language={language} value={speech.voice} onChange={(voice) => changeSpeech({ voice })} />
          <FactorField
            label={t('speech.speed')}
            min={0.5}
            max={2}
            value={speech.speed ?? 1}
            onChange={(speed) => changeSpeech({ speed }, 'speed')}
          />
          <FactorField
            label={t('speech.volume')}
            min={0}
            max={2}
            value={speech.volume ?? 1}
            onChange={(volume) => changeSpeech({ volume }, 'volume')}
          />
        </div>
      </PageSection>
      <VoicesSection />
      <PageSection title={t('settings.time')}>
        <div className={classes.item}>
          <Select
            label={t('schedules.timeZone')}
            data={zonesWith(settings.timeZone)}
            value={settings.timeZone}
            limit={60}
            searchable
            allowDeselect={false}
            error={isTimeZone(settings.timeZone) ? undefined : t('schedules.badTimeZone')}
            onChange={(timeZone) => timeZone && change({ timeZone })}
          />
          <SecondsField
            label={t('settings.ring')}
            description={t('settings.ringHint')}
            valueMs={settings.ringMs}
            minMs={1000}
            maxMs={10_000}
            onChangeMs={(ringMs) => ringMs !== undefined && change({ ringMs }, 'ring')}
          />
        </div>
      </PageSection>
      <PageSection title={t('desk.settings.title')}>
        <div className={classes.item}>
          <LinesField
            label={t('desk.settings.reasons')}
            description={t('desk.settings.reasonsHint', {
              usual: pauseReasonsOf({ language: settings.language }).join(', '),
            })}
            lines={settings.pauseReasons ?? []}
            maxLines={30}
            maxLength={60}
            onChange={(lines) => changeReasons(lines)}
          />
        </div>
      </PageSection>
      <RecordingSection />
      <VariablesSection />
      <WebhookSection webhook={settings.voicemailWebhook} onChange={changeWebhook} />
      <LineSection />
    </Page>
  );
}
