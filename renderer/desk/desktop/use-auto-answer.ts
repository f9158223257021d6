import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useCalls, usePhone, usePhoneState } from '../../phone/phone-context.tsx';
import { liveCalls } from '../../phone/phone-stores.ts';
import { useProject, useStores, useUi } from '../../store/react.tsx';
import { announce } from './announce.ts';

/** What says the queue's name may take no longer. */
const LONGEST_MS = 4000;

/**
 * Answers calls of queues by themselves, where that is wished: only those of our own PBX, only when there is no other
 * call, and never without warning: a beep and the queue's name come first, in the headset.
 */
export function useAutoAnswer(): void {
  const { bridge, clock } = useStores();
  const session = usePhone();
  const isWished = useUi((state) => state.deskOptions.autoAnswer);
  const isOurs = usePhoneState((state) => state.owner.kind === 'person');
  const language = useProject((project) => project.settings.language);
  const speakerId = useStore(session.devices, (state) => state.choice.speakerId);
  const call = useCalls((state) => {
    const live = liveCalls(state);
    const [only] = live;
    return live.length === 1 && only?.direction === 'incoming' && only.status === 'ringing' ? only : undefined;
  });
  const queue = call?.context?.queue ?? null;
  const callId = call?.id;
  useEffect(() => {
    if (!isWished || !isOurs || callId === undefined || queue === null) return undefined;
    let isOver = false;
    const answer = () => {
      if (!isOver) void session.phone.answer(callId);
      isOver = true;
    };
    const cancel = clock.after(LONGEST_MS, answer);
    const voice = bridge
      .call('speech.render', { source: { kind: 'text', text: queue, language } })
      .then(({ wavBase64 }) => wavBase64);
    const stop = announce(voice, speakerId, answer);
    return () => {
      isOver = true;
      cancel();
      stop();
    };
  }, [bridge, clock, session, isWished, isOurs, callId, queue, language, speakerId]);
}
