import { useTranslation } from 'react-i18next';
import { KEYS } from '../../shared/flow/ids.ts';
import classes from './phone.module.css';

const LETTERS: Readonly<Record<string, string>> = {
  '2': 'ABC',
  '3': 'DEF',
  '4': 'GHI',
  '5': 'JKL',
  '6': 'MNO',
  '7': 'PQRS',
  '8': 'TUV',
  '9': 'WXYZ',
};

/** The twelve keys. */
export function Keypad({ onKey }: { readonly onKey: (key: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.keypad} aria-label={t('phone.keypad')}>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          className={classes.key}
          aria-label={t('phone.key', { key })}
          onClick={() => onKey(key)}
        >
          <span>{key}</span>
          <small aria-hidden>{LETTERS[key] ?? ''}</small>
        </button>
      ))}
    </fieldset>
  );
}
