import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toErrorDetail } from '../../../../shared/lib/errors.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useStores } from '../../../store/react.tsx';
import classes from './prompts.module.css';

const BARS = 160;
const HEIGHT = 40;

/** How loud a recording is over time; in its place the reason, when it cannot be read. */
export function Waveform({ sha256, label }: { sha256: string; label: string }) {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const [drawn, setDrawn] = useState<{ of: string; peaks: readonly number[]; failure: string | null } | null>(null);
  useEffect(() => {
    let gone = false;
    bridge.call('media.peaks', { sha256, count: BARS }).then(
      ({ peaks }) => gone || setDrawn({ of: sha256, peaks, failure: null }),
      (error) => gone || setDrawn({ of: sha256, peaks: [], failure: errorText(toErrorDetail(error), i18n) }),
    );
    return () => {
      gone = true;
    };
  }, [bridge, sha256, i18n]);
  // What was drawn of another recording is not this one.
  const current = drawn?.of === sha256 ? drawn : null;
  if (current?.failure)
    return <p className={classes.failure}>{t('prompts.unreadable', { message: current.failure })}</p>;
  return (
    <svg className={classes.waveform} viewBox={`0 0 ${BARS} ${HEIGHT}`} preserveAspectRatio="none" role="img">
      <title>{label}</title>
      <path d={pathOf(current?.peaks ?? [])} />
    </svg>
  );
}

/** A bar around the middle for each peak; silence is a thin line. */
function pathOf(peaks: readonly number[]): string {
  return peaks
    .map((peak, index) => {
      const half = Math.max(0.5, (peak * HEIGHT) / 2);
      return `M${index + 0.5} ${HEIGHT / 2 - half}V${HEIGHT / 2 + half}`;
    })
    .join('');
}
