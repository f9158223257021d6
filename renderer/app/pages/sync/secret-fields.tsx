import { PasswordInput, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../page.module.css';
import type { EndpointDraft } from './endpoint-draft.ts';

interface FieldsProps {
  readonly draft: EndpointDraft;
  /** Secrets are kept for this endpoint: an empty field leaves them as they are. */
  readonly isKept: boolean;
  readonly onChange: (part: Partial<EndpointDraft>) => void;
}

/** Who asks: user and password, or a token. */
export function SecretFields({ draft, isKept, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const placeholder = isKept ? t('remote.kept') : undefined;
  if (draft.auth === 'none') return null;
  return (
    <>
      {draft.auth === 'bearer' ? (
        <PasswordInput
          label={t('remote.token')}
          placeholder={placeholder}
          autoComplete="off"
          value={draft.token}
          onChange={(event) => onChange({ token: event.currentTarget.value })}
        />
      ) : (
        <>
          <TextInput
            label={t('remote.user')}
            autoComplete="off"
            spellCheck={false}
            value={draft.user}
            onChange={(event) => onChange({ user: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('remote.password')}
            placeholder={placeholder}
            autoComplete="off"
            value={draft.password}
            onChange={(event) => onChange({ password: event.currentTarget.value })}
          />
        </>
      )}
      <Text className={classes.full ?? ''} size="sm" c="dimmed">
        {t('remote.secretsHint')}
      </Text>
    </>
  );
}

/** Trust and identity by certificates; folded, as few need them. */
export function CertificateFields({ draft, isKept, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const pem = (field: 'caPem' | 'certPem' | 'keyPem', label: string) => (
    <Textarea
      label={label}
      placeholder={isKept && field !== 'caPem' ? t('remote.kept') : '-----BEGIN …'}
      autosize
      minRows={2}
      maxRows={6}
      spellCheck={false}
      autoComplete="off"
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
  return (
    <details className={classes.full ?? ''}>
      <summary>{t('remote.advanced')}</summary>
      <div className={classes.rows}>
        {pem('caPem', t('remote.ca'))}
        {pem('certPem', t('remote.cert'))}
        {pem('keyPem', t('remote.key'))}
        <PasswordInput
          label={t('remote.passphrase')}
          autoComplete="off"
          value={draft.passphrase}
          onChange={(event) => onChange({ passphrase: event.currentTarget.value })}
        />
      </div>
    </details>
  );
}
