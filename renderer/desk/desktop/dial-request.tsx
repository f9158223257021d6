import { Button, Group, Modal, Text } from '@mantine/core';
import { PhoneCall } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dialTarget } from '../../../shared/bridge/dial-link.ts';
import { usePhone, useRegistration } from '../../phone/phone-context.tsx';
import { useStores } from '../../store/react.tsx';
import { useHasDesktop } from '../../store/use-has-desktop.ts';

/** A number from outside (a link that was opened, a text that was pasted): asks before anybody is called. */
export function DialRequest() {
  const { t } = useTranslation();
  const session = usePhone();
  const isRegistered = useRegistration((state) => state.status === 'registered');
  const [target, setTarget] = useState<string | null>(null);
  useOpenedLinks(setTarget);
  usePastedNumbers(setTarget);
  const close = () => setTarget(null);
  const call = () => {
    if (target !== null) void session.call(target);
    close();
  };
  return (
    <Modal opened={target !== null} onClose={close} title={t('desk.desktop.dialTitle')} size="sm" centered>
      <Text fw={600} size="lg">
        {target}
      </Text>
      <Group justify="flex-end" mt="md" gap="8px">
        <Button variant="default" onClick={close}>
          {t('desk.desktop.dialNo')}
        </Button>
        <Button
          data-autofocus
          disabled={!isRegistered}
          leftSection={<PhoneCall size={14} aria-hidden />}
          onClick={call}
        >
          {t('phone.dial')}
        </Button>
      </Group>
    </Modal>
  );
}

function useOpenedLinks(take: (target: string) => void): void {
  const { bridge } = useStores();
  const has = useHasDesktop();
  const ask = useCallback(() => {
    void bridge.call('desktop.takeDial', {}).then(
      ({ target }) => target === null || take(target),
      () => {},
    );
  }, [bridge, take]);
  useEffect(() => {
    if (!has) return undefined;
    ask();
    return bridge.on('desktop.dial', ask);
  }, [bridge, has, ask]);
}

/** A number that is pasted beside every field. */
function usePastedNumbers(take: (target: string) => void): void {
  useEffect(() => {
    const handlePaste = (event: ClipboardEvent) => {
      const at = event.target instanceof HTMLElement ? event.target : null;
      if (at?.isContentEditable || at?.closest('input, textarea, select')) return;
      const target = dialTarget(event.clipboardData?.getData('text/plain') ?? '');
      if (target !== null) take(target);
    };
    document.addEventListener('paste', handlePaste);
    return () => document.removeEventListener('paste', handlePaste);
  }, [take]);
}
