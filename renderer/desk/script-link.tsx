import { Button, Group, Text } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ScriptValues, scriptLink } from '../../shared/flow/script-link.ts';
import { useStores, useUi } from '../store/react.tsx';
import { Dialog } from '../ui/dialog.tsx';

interface ScriptLinkProps {
  readonly template: string;
  readonly values: ScriptValues;
}

/** Opens the queue's page for a call outside of the app; a host that nobody has agreed to yet is asked for first. */
export function ScriptLink({ template, values }: ScriptLinkProps) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const allowed = useUi((state) => state.linkHosts);
  const [isAsking, setAsking] = useState(false);
  const url = scriptLink(template, values);
  if (url === null) return null;
  const { host, href } = url;
  const open = () => void window.open(href, '_blank', 'noopener,noreferrer');
  return (
    <>
      <Button
        variant="default"
        leftSection={<ExternalLink size={14} aria-hidden />}
        onClick={() => (allowed.includes(host) ? open() : setAsking(true))}
      >
        {t('desk.caller.open', { host })}
      </Button>
      <Dialog title={t('desk.caller.allowTitle')} opened={isAsking} onClose={() => setAsking(false)}>
        <Text mb="md">{t('desk.caller.allow', { host })}</Text>
        <Group justify="flex-end" gap="8px">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('desk.caller.cancel')}
          </Button>
          <Button
            data-autofocus
            onClick={() => {
              setAsking(false);
              ui.setState({ linkHosts: [...allowed, host] });
              open();
            }}
          >
            {t('desk.caller.allowAlways', { host })}
          </Button>
        </Group>
      </Dialog>
    </>
  );
}
