import { Button, Tooltip } from '@mantine/core';
import { PhoneCall } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFlowCall } from './use-flow-call.ts';

/** Calls the flow that is open, from the window's own phone. */
export function CallFlowButton({ flowId }: { readonly flowId: string }) {
  const { t } = useTranslation();
  const { call, preparing, ready } = useFlowCall();
  return (
    <Tooltip label={t('phone.callFlowHint')}>
      <Button
        leftSection={<PhoneCall size={14} aria-hidden />}
        loading={preparing}
        disabled={!ready}
        onClick={() => void call(flowId)}
      >
        {t('phone.callFlow')}
      </Button>
    </Tooltip>
  );
}
