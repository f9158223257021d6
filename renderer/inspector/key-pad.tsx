import { useTranslation } from 'react-i18next';
import { KEYS, type Key } from '../../shared/flow/ids.ts';
import classes from './inspector.module.css';

interface KeyPadProps {
  readonly keys: readonly Key[];
  readonly repeatKeys: readonly Key[];
  readonly onChange: (keys: Key[], repeatKeys: Key[]) => void;
}

/**
 * The twelve keys as on a telephone. A press goes round: no action → an action of its own (S16) → repeats the menu
 * (S10) → no action.
 */
export function KeyPad({ keys, repeatKeys, onChange }: KeyPadProps) {
  const { t } = useTranslation();

  function press(key: Key): void {
    const without = (list: readonly Key[]) => list.filter((other) => other !== key);
    if (keys.includes(key)) onChange(without(keys), inPadOrder([...repeatKeys, key]));
    else if (repeatKeys.includes(key)) onChange([...keys], without(repeatKeys));
    else onChange(inPadOrder([...keys, key]), [...repeatKeys]);
  }

  return (
    <div className={classes.padRow}>
      {/* biome-ignore lint/a11y/useSemanticElements: a <fieldset> would need a visible legend */}
      <div className={classes.pad} role="group" aria-label={t('menu.pad')}>
        {KEYS.map((key) => {
          const use = keys.includes(key) ? 'action' : repeatKeys.includes(key) ? 'repeat' : 'none';
          return (
            <button
              key={key}
              type="button"
              className={classes.padKey}
              data-use={use}
              aria-label={t(`menu.padKey.${use}`, { key })}
              title={t(`menu.padKey.${use}`, { key })}
              onClick={() => press(key)}
            >
              {key}
              {use === 'repeat' ? <span aria-hidden>&nbsp;↻</span> : null}
            </button>
          );
        })}
      </div>
      <p className={classes.padLegend}>{t('menu.padHint')}</p>
    </div>
  );
}

function inPadOrder(keys: readonly Key[]): Key[] {
  return KEYS.filter((key) => keys.includes(key));
}
