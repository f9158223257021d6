import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SUPERVISION_KEYS, SUPERVISION_MODES, supervisedCallId } from '../../shared/bridge/supervision.ts';
import { useLiveCalls } from '../store/react.tsx';
import { usePhone } from './phone-context.tsx';
import type { PhoneCall } from './phone-types.ts';

/** On a supervisor's call into a conversation: whether they listen, whisper to the operator, or talk with both. */
export function SupervisionModes({ call }: { readonly call: PhoneCall }) {
  const { t } = useTranslation();
  const { phone } = usePhone();
  const callId = supervisedCallId(call.remote.number);
  const mode = useLiveCalls((state) => (callId === undefined ? null : state.calls[callId]?.summary.supervision));
  if (callId === undefined) return null;
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('phone.supervision.label')}
      data={SUPERVISION_MODES.map((value) => ({ value, label: t(`phone.supervision.${value}`) }))}
      value={mode ?? 'listen'}
      onChange={(wanted) => {
        const [key] = Object.entries(SUPERVISION_KEYS).find(([, one]) => one === wanted) ?? [];
        if (key !== undefined) phone.sendDigit(call.id, key);
      }}
    />
  );
}
