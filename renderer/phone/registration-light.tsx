import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './phone.module.css';
import { useRegistration } from './phone-context.tsx';

/** The header's small light: whether calls can come and go. Told by word and shape, not by colour alone. */
export function RegistrationLight() {
  const { t } = useTranslation();
  const status = useRegistration((state) => state.status);
  const account = useRegistration((state) => state.account);
  const text = t(`phone.light.${status}`);
  return (
    <Tooltip label={account ? `${account.displayName} · ${account.user}` : text}>
      <span
        className={classes.light}
        data-status={status}
        role="status"
        aria-label={t('phone.light.title', { status: text })}
      >
        <span className={classes.lightDot} aria-hidden />
        <span className={classes.lightText}>{text}</span>
      </span>
    </Tooltip>
  );
}
