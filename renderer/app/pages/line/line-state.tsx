import { useTranslation } from 'react-i18next';
import type { TrunkState } from '../../../../shared/bridge/trunk.ts';
import { useLine } from '../../../store/react.tsx';
import classes from './line.module.css';

const TONES = {
  off: 'none',
  connecting: 'warning',
  registered: 'ok',
  refused: 'danger',
  unreachable: 'warning',
} as const satisfies Record<TrunkState['status'], string>;

/** The light of the line: whether calls can go out and come in, else why not. */
export function LineState() {
  const { t } = useTranslation();
  const { status, sipStatus, reason, calls } = useLine((line) => line.state);
  const why = [sipStatus, reason].filter((part) => part !== null && part !== '').join(' ');
  const isTrouble = status === 'refused' || status === 'unreachable';
  return (
    <div className={classes.state}>
      <span className={classes.light} data-tone={TONES[status]} aria-hidden />
      <div>
        <p className={classes.stateName} role="status">
          {t(`line.status.${status}`)}
        </p>
        <p className={classes.stateHint}>{t(`line.statusHint.${status}`)}</p>
        {isTrouble && why !== '' ? <p className={classes.reason}>{t('line.said', { why })}</p> : null}
        {calls === 0 ? null : <p className={classes.stateHint}>{t('line.calls', { count: calls })}</p>}
      </div>
    </div>
  );
}
