import { ActionIcon, Tooltip } from '@mantine/core';
import { Copy, Signal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { notify, notifyFailure } from '../ui/notify.ts';
import { type CallQuality, gradeOf } from './call-quality.ts';
import classes from './phone.module.css';
import type { PhoneCall } from './phone-types.ts';

/** How the call sounds, in a word and a figure; all figures can be copied for who looks after the network. */
export function QualityLine({ call }: { readonly call: PhoneCall }) {
  const { t, i18n } = useTranslation();
  const { quality } = call;
  if (quality === null) return null;
  const grade = gradeOf(quality);
  const figures = figuresOf(quality, i18n.language);
  const copy = () => {
    const report = [
      `${t('phone.quality.label')}: ${call.remote.name || call.remote.number}`,
      new Date(call.answeredAtMs ?? call.startedAtMs).toISOString(),
      ...figures,
      ...(call.context === null ? [] : [`${t('phone.quality.call')}: ${call.context.callId}`]),
    ].join('\n');
    navigator.clipboard.writeText(report).then(() => notify({ message: t('phone.quality.copied') }), notifyFailure);
  };
  return (
    <>
      {quality.isOneWay ? (
        <p className={classes.warning} role="alert">
          {t('phone.quality.oneWay')}
        </p>
      ) : null}
      <div className={classes.quality} data-grade={grade}>
        <Signal size={14} aria-hidden />
        <span title={figures.join('\n')}>
          {t('phone.quality.label')}: {t(`phone.quality.grades.${grade}`)}
          {quality.mos === null ? '' : ` (${number(quality.mos, i18n.language)})`}
        </span>
        <Tooltip label={t('phone.quality.copy')}>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('phone.quality.copy')} onClick={copy}>
            <Copy size={12} />
          </ActionIcon>
        </Tooltip>
      </div>
    </>
  );
}

/** In the terms of the field, which are the same in every language. */
function figuresOf({ mos, worstMos, lossPercent, jitterMs, rttMs, codec }: CallQuality, language: string): string[] {
  const shown = (value: number | null) => (value === null ? '–' : number(value, language));
  return [
    `MOS: ${shown(mos)} (min. ${shown(worstMos)})`,
    `Loss: ${shown(lossPercent)} %`,
    `Jitter: ${shown(jitterMs)} ms`,
    `RTT: ${shown(rttMs)} ms`,
    `Codec: ${codec}`,
  ];
}

function number(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
}
