import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallCountdown } from '../../shared/bridge/pbx.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import { entriesShown, followedCall } from '../store/live-calls-store.ts';
import { useLiveCalls, useStores } from '../store/react.tsx';
import classes from './card.module.css';

/** How often a bar moves, ms. */
const FRAME_MS = 100;

/** What runs down at this node in the call that the canvas shows: a bar and seconds. Nothing where nothing does. */
export function Countdown({ flowId, nodeId }: { readonly flowId: FlowId; readonly nodeId: NodeId }) {
  const call = useLiveCalls((state) => {
    const followed = followedCall(state, flowId);
    // Looked at as it was at an earlier moment, nothing runs.
    return followed && entriesShown(state, followed) === followed.trace.length ? followed : undefined;
  });
  const countdown = call?.summary.countdown;
  if (!call || !countdown || call.summary.endedAtMs !== null) return null;
  if (countdown.flowId !== flowId || countdown.nodeId !== nodeId) return null;
  return <RunningDown key={countdown.endsAtMs} countdown={countdown} nowMs={call.nowMs} />;
}

function RunningDown({ countdown, nowMs }: { countdown: CallCountdown; nowMs: number | undefined }) {
  const { t, i18n } = useTranslation();
  const wallMs = useWallClock(nowMs === undefined);
  const { wait, endsAtMs, durationMs } = countdown;
  const leftMs = Math.min(durationMs, Math.max(0, endsAtMs - (nowMs ?? wallMs)));
  const seconds = (leftMs / 1000).toLocaleString(i18n.language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return (
    <div className={classes.countdown} role="timer" aria-label={t(`live.countdown.${wait}`)}>
      <span className={classes.countdownBar} style={{ transform: `scaleX(${leftMs / durationMs})` }} aria-hidden />
      <span className={classes.countdownText}>{t(`live.countdown.${wait}`)}</span>
      <span className={classes.countdownTime}>{t('simulator.seconds', { seconds })}</span>
    </div>
  );
}

/** Wall-clock ms, renewed often while `running`. */
function useWallClock(running: boolean): number {
  const { clock } = useStores();
  const [wallMs, setWallMs] = useState(() => clock.wallMs());
  useEffect(() => {
    if (!running) return;
    let cancel = () => {};
    const tick = () => {
      setWallMs(clock.wallMs());
      cancel = clock.after(FRAME_MS, tick);
    };
    tick();
    return () => cancel();
  }, [clock, running]);
  return wallMs;
}
