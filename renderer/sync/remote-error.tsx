import { useTranslation } from 'react-i18next';
import { remoteEn } from '../i18n/remote-en.ts';
import classes from './sync.module.css';

export interface RemoteErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

type KnownCode = keyof typeof remoteEn.error;
const isKnown = (code: string): code is KnownCode => Object.hasOwn(remoteEn.error, code);

/** What is wrong with the endpoint in the person's language, with the main process's own words as details. */
export function RemoteError({ error, url }: { readonly error: RemoteErrorDetail; readonly url: string }) {
  const { t } = useTranslation();
  const { code, message, hint } = error;
  const where = URL.canParse(url) ? new URL(url).host : url;
  // Keys have dots in neither part: the code is the last step.
  const text = isKnown(code) ? t(`remote.error.${code}`, { where }) : [message, hint].join(' ');
  return (
    <div className={classes.error}>
      <p>{text}</p>
      <details>
        <summary>{t('remote.details')}</summary>
        <p>
          <code>{code}</code> {message}
        </p>
      </details>
    </div>
  );
}
