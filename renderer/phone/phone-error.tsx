import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ErrorDetail } from '../../shared/lib/errors.ts';
import { errorText } from '../i18n/error-text.ts';
import { phoneEn } from '../i18n/phone-en.ts';

type KnownCode = Exclude<keyof typeof phoneEn.error, `promptProblems${string}`>;

const PASSING = new Set(['pbx/not-running', 'phone/no-connection', 'phone/register-failed']);

/** Whether a trouble mends itself: the phone tries again without anybody doing anything. */
export function isPassing(error: ErrorDetail): boolean {
  return PASSING.has(error.code);
}

/** What went wrong, in the person's language where the code is known. */
export function PhoneError({ error }: { readonly error: ErrorDetail }) {
  const { t, i18n } = useTranslation();
  const known = Object.hasOwn(phoneEn.error, error.code);
  const text = known ? t(`phone.error.${error.code as KnownCode}`) : errorText(error, i18n);
  return (
    <Alert color={isPassing(error) ? 'yellow' : 'red'} variant="light" p="8px" role="alert">
      {text}
    </Alert>
  );
}
