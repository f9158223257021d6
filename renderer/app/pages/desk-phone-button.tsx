import { ActionIcon, Button, Code, Popover, Text } from '@mantine/core';
import { Phone } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskPhone } from '../../../shared/bridge/contract.ts';
import type { PersonId } from '../../../shared/flow/ids.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useStores } from '../../store/react.tsx';

/** What to type into a person's own phone; the password is asked for only when it is to be seen. */
export function DeskPhoneButton({ personId, name }: { readonly personId: PersonId; readonly name: string }) {
  const { t, i18n } = useTranslation();
  const { bridge } = useStores();
  const [account, setAccount] = useState<DeskPhone | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function ask(what: 'phone.desk' | 'phone.renewPassword'): void {
    setProblem(null);
    bridge.call(what, { personId }).then(setAccount, (error: unknown) => {
      setAccount(null);
      setProblem(errorText(toErrorDetail(error), i18n));
    });
  }

  const label = t('team.deskPhone', { name });
  return (
    <Popover
      onOpen={() => ask('phone.desk')}
      onClose={() => setAccount(null)}
      position="bottom-end"
      withArrow
      trapFocus
    >
      <Popover.Target>
        <ActionIcon aria-label={label}>
          <Phone size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Text size="sm">{t('team.deskPhoneHint')}</Text>
        {problem === null ? null : (
          <Text size="sm" role="alert">
            {t('team.deskPhoneFailed', { message: problem })}
          </Text>
        )}
        {account === null ? null : (
          <dl>
            <dt>{t('team.sipServer')}</dt>
            <dd>{account.server === null ? t('team.pbxOff') : <Code>{account.server}</Code>}</dd>
            {account.secureServer === null ? null : (
              <>
                <dt>{t('team.sipSecureServer')}</dt>
                <dd>
                  <Code>{account.secureServer}</Code>
                </dd>
              </>
            )}
            <dt>{t('team.sipUser')}</dt>
            <dd>
              <Code>{account.user}</Code>
            </dd>
            <dt>{t('team.sipPassword')}</dt>
            <dd>
              <Code>{account.password}</Code>
            </dd>
          </dl>
        )}
        <Button size="xs" onClick={() => ask('phone.renewPassword')}>
          {t('team.renewPassword')}
        </Button>
        <Text size="xs">{t('team.renewPasswordHint')}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}
