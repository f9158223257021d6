import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { ChevronDown, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallSummary } from '../../shared/bridge/pbx.ts';
import type { FlowId } from '../../shared/flow/ids.ts';
import { callsOfFlow, followedCall } from '../store/live-calls-store.ts';
import { useLiveCalls, useStores } from '../store/react.tsx';
import classes from './canvas.module.css';

/** Which call the canvas shows; to pick another, or to take the path off. Not there without a call. */
export function LiveChip({ flowId }: { flowId: FlowId }) {
  const { t, i18n } = useTranslation();
  const { live } = useStores();
  const state = useLiveCalls((all) => all);
  const calls = useMemo(() => callsOfFlow(state, flowId), [state, flowId]);
  const followed = followedCall(state, flowId);
  if (!followed) return null;
  const { summary } = followed;
  const describe = (call: CallSummary) => {
    const who = call.caller.name || call.caller.number || t('live.withheld');
    const at = new Date(call.startedAtMs).toLocaleTimeString(i18n.language, { timeStyle: 'medium' });
    return `${who} · ${at}`;
  };
  return (
    <div className={classes.liveChip} data-ended={summary.endedAtMs !== null}>
      <span className={classes.liveDot} aria-hidden />
      <Menu position="bottom" disabled={calls.length < 2}>
        <Menu.Target>
          <UnstyledButton className={classes.liveName} aria-label={t('live.pick')} disabled={calls.length < 2}>
            <span>{describe(summary)}</span>
            <span className={classes.livePhase}>{t(`live.phase.${summary.phase}`)}</span>
            {calls.length > 1 ? <ChevronDown size={14} aria-hidden /> : null}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {calls.map((call) => (
            <Menu.Item key={call.summary.callId} onClick={() => live.pick(call.summary.callId)}>
              {describe(call.summary)} · {t(`live.phase.${call.summary.phase}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon size={22} aria-label={t('live.dismiss')} onClick={() => live.dismiss(summary.callId)}>
        <X size={14} />
      </ActionIcon>
    </div>
  );
}
