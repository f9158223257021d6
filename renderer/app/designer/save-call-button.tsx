import { Button } from '@mantine/core';
import { PhoneIncoming } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { recordTest } from '../../../shared/analyze/tests/record-test.ts';
import type { FlowId } from '../../../shared/flow/ids.ts';
import { followedCall } from '../../store/live-calls-store.ts';
import { useLiveCalls, useStores } from '../../store/react.tsx';
import { SIMULATED_CALL } from '../../store/simulator-store.ts';
import { addTest } from '../../store/test-edits.ts';
import { notify, notifyFailure } from '../../ui/notify.ts';

/** Makes a test of the call that the canvas shows, once it is over. */
export function SaveCallButton({ flowId, label }: { readonly flowId: FlowId; readonly label?: string }) {
  const { t } = useTranslation();
  const { project, simulator } = useStores();
  const call = useLiveCalls((state) => followedCall(state, flowId));
  const isOver = call !== undefined && call.summary.endedAtMs !== null && !call.summary.callId.startsWith('test:');

  function save(): void {
    if (!call) return;
    const { summary, trace } = call;
    const document = project.state.getState().project;
    const name = t('tests.ofCall', { who: summary.caller.name || summary.caller.number || t('live.withheld') });
    // A trace does not say what web services answered; of a simulated call it is known.
    const told = summary.callId === SIMULATED_CALL ? simulator.state.getState().told : {};
    try {
      project.replace(addTest(document, recordTest(document, trace, name, summary.startedAtMs, told)));
      notify({ message: t('tests.saved', { name }) });
    } catch (error) {
      notifyFailure(error, t('tests.cannotSave'));
    }
  }

  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<PhoneIncoming size={14} aria-hidden />}
      disabled={!isOver}
      title={isOver ? undefined : t('tests.noCall')}
      onClick={save}
    >
      {label ?? t('tests.saveCall')}
    </Button>
  );
}
