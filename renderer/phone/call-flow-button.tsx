import { Button, Tooltip } from '@mantine/core';
import { PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialtreeError } from '../../shared/lib/errors.ts';
import { useStores } from '../store/react.tsx';
import { notify, notifyFailure } from '../ui/notify.ts';
import { useCalls, usePhone, useRegistration } from './phone-context.tsx';
import { liveCalls } from './phone-stores.ts';

/** Saves, deploys to the embedded PBX, and calls the flow that is open: what is drawn is what is heard. */
export function CallFlowButton({ flowId }: { readonly flowId: string }) {
  const { t } = useTranslation();
  const { bridge, project, sync, ui } = useStores();
  const session = usePhone();
  const [preparing, setPreparing] = useState(false);
  const registered = useRegistration((state) => state.status === 'registered');
  const busy = useCalls((state) => liveCalls(state).length > 0);

  async function callFlow(): Promise<void> {
    setPreparing(true);
    try {
      await sync.flush();
      const { status, error } = sync.state.getState();
      if (status !== 'saved')
        throw new DialtreeError(error ?? { code: 'project/not-saved', message: t('sync.conflictText') });
      const { promptProblems } = await bridge.call('pbx.deploy', {});
      const [problem] = promptProblems;
      if (problem) {
        notify({
          color: 'orange',
          message: t('phone.error.promptProblems', { count: promptProblems.length, message: problem.message }),
        });
      }
      ui.setState({ phoneOpen: true });
      await session.call(`flow.${flowId}`, project.state.getState().project.flows[flowId]?.name);
    } catch (error) {
      notifyFailure(error);
    } finally {
      setPreparing(false);
    }
  }

  return (
    <Tooltip label={t('phone.callFlowHint')}>
      <Button
        leftSection={<PhoneCall size={14} aria-hidden />}
        loading={preparing}
        disabled={!registered || busy}
        onClick={() => void callFlow()}
      >
        {t('phone.callFlow')}
      </Button>
    </Tooltip>
  );
}
