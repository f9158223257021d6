import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../shared/flow/ids.ts';
import type { TestStep } from '../../shared/flow/project-test.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import { useStores } from '../store/react.tsx';
import { notify, notifyFailure } from '../ui/notify.ts';
import { KeyPlayer } from './key-player.ts';
import { useCalls, usePhone, useRegistration } from './phone-context.tsx';
import { liveCalls } from './phone-stores.ts';

/** What a test call is to be like, apart from the flow. */
export interface FlowCallOptions {
  /** Number to dial instead of the flow itself. */
  readonly number?: string;
  /** Shown as the caller's number instead of the one that was chosen in the phone. */
  readonly callerNumber?: string;
  /** What the caller does, without anybody touching a key. */
  readonly steps?: readonly TestStep[];
}

/** Saves, deploys to the embedded PBX, and calls: what is drawn is what is heard. */
export function useFlowCall() {
  const { t } = useTranslation();
  const { bridge, project, sync, ui, live, clock } = useStores();
  const session = usePhone();
  const [preparing, setPreparing] = useState(false);
  const registered = useRegistration((state) => state.status === 'registered');
  const busy = useCalls((state) => liveCalls(state).length > 0);

  async function deploy(): Promise<void> {
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
  }

  /** Shows the next call that reaches the PBX on the canvas, and plays the steps in it until it is over. */
  function accompany(steps: readonly TestStep[], phoneCallId: () => string | null): () => void {
    const known = new Set(Object.keys(live.getState().calls));
    let ours: string | undefined;
    const withPhone = (act: (id: string) => void) => {
      const id = phoneCallId();
      if (id !== null) act(id);
    };
    const player = new KeyPlayer(clock, steps, {
      press: (key) => withPhone((id) => session.phone.sendDigit(id, key)),
      hangUp: () => withPhone((id) => session.phone.hangUp(id)),
    });
    const unsubscribe = live.subscribe(({ calls }) => {
      if (ours === undefined) {
        // Calls of the simulator and of tests were dialled nowhere.
        ours = Object.values(calls).find(({ summary }) => !known.has(summary.callId) && summary.dialled !== '')?.summary
          .callId;
        if (ours !== undefined) live.pick(ours);
      }
      const call = ours === undefined ? undefined : calls[ours];
      if (!call) return;
      player.watch(call);
      if (call.summary.endedAtMs === null) return;
      stop();
      const { done, of } = player.progress;
      if (done < of) notify({ color: 'orange', message: t('phone.keysLeft', { done, of }) });
    });
    const stop = () => {
      unsubscribe();
      player.stop();
    };
    return stop;
  }

  async function call(flowId: FlowId, options: FlowCallOptions = {}): Promise<void> {
    const { number, callerNumber, steps = [] } = options;
    let stop = () => {};
    setPreparing(true);
    try {
      await deploy();
      ui.setState({ phoneOpen: true });
      let id: string | null = null;
      stop = accompany(steps, () => id);
      const name = project.state.getState().project.flows[flowId]?.name;
      id = await session.call(number ?? `flow.${flowId}`, name, callerNumber);
      if (id === null) stop();
    } catch (error) {
      stop();
      notifyFailure(error);
    } finally {
      setPreparing(false);
    }
  }

  return { call, preparing, ready: registered && !busy };
}
