import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallerContext } from '../../shared/bridge/caller-context.ts';
import classes from './phone.module.css';
import { formatDuration } from './use-seconds.ts';

/** For which queue, how long waited, and the way the caller took with what they pressed. */
export function CallerPath({ context }: { readonly context: CallerContext }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={classes.context}>
      {context.callback === undefined ? null : (
        <p className={classes.queueLine}>
          <strong>{t('phone.callback')}</strong>
        </p>
      )}
      {context.queue === null ? null : (
        <p className={classes.queueLine}>
          <strong>{t('phone.queue', { queue: context.queue })}</strong>
          {' · '}
          {t('phone.waited', { time: formatDuration(context.waitedMs) })}
        </p>
      )}
      {context.language === undefined ? null : (
        <p className={classes.queueLine}>
          {t('phone.language', { language: languageName(context.language, i18n.language) })}
        </p>
      )}
      {context.path.length === 0 ? null : (
        <ol className={classes.path} aria-label={t('phone.path')}>
          {context.path.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same node may come twice, and the list never changes
            <Fragment key={index}>
              {index > 0 ? <ChevronRight size={12} aria-hidden className={classes.pathArrow} /> : null}
              <li>
                {step.node}
                {step.digits === '' ? null : (
                  <kbd className={classes.digits} title={t('phone.pressed', { digits: step.digits })}>
                    {step.digits}
                  </kbd>
                )}
              </li>
            </Fragment>
          ))}
        </ol>
      )}
    </div>
  );
}

/** A language's name in the window's language; a tag that is none stays as it is. */
function languageName(tag: string, uiLanguage: string): string {
  try {
    return new Intl.DisplayNames([uiLanguage], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
