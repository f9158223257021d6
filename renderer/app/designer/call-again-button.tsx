import { ActionIcon, Tooltip } from '@mantine/core';
import { PhoneCall } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { stepsOfCall } from '../../../shared/analyze/tests/record-test.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import { useFlowCall } from '../../phone/use-flow-call.ts';
import { useStores } from '../../store/react.tsx';
import { notifyFailure } from '../../ui/notify.ts';

interface CallAgainButtonProps {
  /** Of a call through the project as it is, whoever made it; asked for when the button is pressed. */
  readonly traceOf: () => readonly TraceEntry[];
  /** What call this is, for screen readers where there are several buttons. */
  readonly name?: string;
}

/** Makes a call anew on the embedded PBX, from this window's phone: the same keys at the same places, really heard. */
export function CallAgainButton({ traceOf, name }: CallAgainButtonProps) {
  const { t } = useTranslation();
  const { project } = useStores();
  const { call, preparing, ready } = useFlowCall();
  const label = t('phone.callAgain');

  async function again(): Promise<void> {
    const document = project.state.getState().project;
    const trace = traceOf();
    const entered = trace.find((entry) => entry.type === 'node-entered');
    const begun = trace.find((entry) => entry.type === 'call-started');
    if (!entered || !begun) return;
    try {
      const { target, caller } = begun;
      const number = target.kind === 'number' ? document.numbers[target.numberId]?.number : undefined;
      await call(entered.flowId, {
        steps: stepsOfCall(document, trace),
        callerNumber: caller,
        ...(number !== undefined && { number }),
      });
    } catch (error) {
      notifyFailure(error);
    }
  }

  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={name === undefined ? label : `${label}: ${name}`}
        loading={preparing}
        disabled={!ready}
        onClick={() => void again()}
      >
        <PhoneCall size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
