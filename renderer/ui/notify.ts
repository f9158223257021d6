import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { toErrorDetail } from '../../shared/lib/errors.ts';

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
  const { message, hint } = toErrorDetail(error);
  const text = hint === undefined ? message : `${message} ${hint}`;
  notify({ color: 'red', ...(title === undefined ? {} : { title }), message: text });
}
