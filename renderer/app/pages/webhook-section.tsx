import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookState } from '../../../shared/bridge/webhook.ts';
import { isInClear, SECRET_NAME, secretVariable, WEB_ADDRESS, type Webhook } from '../../../shared/flow/webhook.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useStores } from '../../store/react.tsx';
import { DraftInput } from '../../ui/draft-input.tsx';
import classes from './page.module.css';
import { PageSection } from './page.tsx';

/** The secret's name until somebody chooses another one. */
const SECRET = 'voicemail';

interface WebhookSectionProps {
  readonly webhook: Webhook | undefined;
  /** `typing` names what is being edited, for undo. */
  readonly onChange: (webhook: Webhook | undefined, typing: string) => void;
}

/** Who is told of new messages in voicemail: the address, the secret, how it goes, and a test. */
export function WebhookSection({ webhook, onChange }: WebhookSectionProps) {
  const { t } = useTranslation();
  const secretName = webhook?.secretName ?? SECRET;
  return (
    <PageSection title={t('settings.webhook.title')}>
      <div className={classes.item}>
        <DraftInput
          className={classes.wide ?? ''}
          label={t('settings.webhook.url')}
          description={t('settings.webhook.urlHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="https://crm.example.com/voicemail"
          maxLength={2000}
          spellCheck={false}
          value={webhook?.url ?? ''}
          problem={webhook !== undefined && isInClear(webhook.url) ? t('settings.webhook.inClear') : undefined}
          check={(text) => (text === '' || WEB_ADDRESS.test(text) ? undefined : t('settings.webhook.badUrl'))}
          commit={(url) => onChange(url === '' ? undefined : { url, secretName }, 'url')}
        />
        {webhook === undefined ? null : (
          <>
            <DraftInput
              label={t('settings.webhook.secret')}
              description={t('settings.webhook.secretHint', { variable: secretVariable(secretName) })}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={60}
              spellCheck={false}
              value={secretName}
              check={(text) => (SECRET_NAME.test(text) ? undefined : t('settings.webhook.badSecret'))}
              commit={(name) => onChange({ ...webhook, secretName: name }, 'secret')}
            />
            <div className={classes.full}>
              <Delivery />
            </div>
          </>
        )}
      </div>
    </PageSection>
  );
}

/** How it goes, and a test. */
function Delivery() {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const [state, setState] = useState<WebhookState | null>(null);
  const [tested, setTested] = useState<'under-way' | 'arrived' | { readonly problem: string } | null>(null);

  useEffect(() => {
    bridge.call('webhook.state', {}).then(setState, () => setState(null));
    return bridge.on('webhook.state', setState);
  }, [bridge]);

  function test(): void {
    setTested('under-way');
    bridge.call('webhook.test', {}).then(
      () => setTested('arrived'),
      (error: unknown) => setTested({ problem: errorText(toErrorDetail(error), i18n) }),
    );
  }

  const time = (ms: number) => new Date(ms).toLocaleString(i18n.language, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <>
      {state === null ? null : (
        <Text size="sm" role="status">
          {state.waiting === 0 ? '' : t('settings.webhook.waiting', { count: state.waiting })}{' '}
          {state.toldAtMs === null ? '' : t('settings.webhook.told', { when: time(state.toldAtMs) })}{' '}
          {state.nextTryAtMs === null ? '' : t('settings.webhook.next', { when: time(state.nextTryAtMs) })}
        </Text>
      )}
      {state?.error == null ? null : (
        <Text size="sm" c="var(--dt-danger)" role="alert">
          {errorText(toDetail(state.error), i18n)}
        </Text>
      )}
      <Button mt={8} size="xs" variant="default" loading={tested === 'under-way'} onClick={test}>
        {t('settings.webhook.test')}
      </Button>
      {tested === null || tested === 'under-way' ? null : (
        <Text size="sm" mt={4} role="status" c={tested === 'arrived' ? 'var(--dt-ok)' : 'var(--dt-danger)'}>
          {tested === 'arrived' ? t('settings.webhook.arrived') : tested.problem}
        </Text>
      )}
    </>
  );
}

/** Without the members that are there and undefined. */
function toDetail({ code, message, hint, params }: NonNullable<WebhookState['error']>) {
  return { code, message, ...(hint === undefined ? {} : { hint }), ...(params === undefined ? {} : { params }) };
}
