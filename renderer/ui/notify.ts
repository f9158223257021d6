import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { toErrorDetail } from '../../shared/lib/errors.ts';
import { errorText } from '../i18n/error-text.ts';

interface Notice {
  readonly title?: string;
  readonly message: string;
  readonly color?: 'red' | 'orange';
}

/** Tells something that needs no answer; it goes away by itself. */
export function notify(notice: Notice): void {
  notifications.show({ ...notice, closeButtonProps: { 'aria-label': i18next.t('app.dismiss') } });
}

/** Tells that something did not work, why, and how to mend it. */
export function notifyFailure(error: unknown, title?: string): void {
  const message = errorText(toErrorDetail(error), i18next);
  notify({ color: 'red', ...(title === undefined ? {} : { title }), message });
}
