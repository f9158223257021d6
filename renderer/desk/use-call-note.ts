import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallNote } from '../../shared/bridge/calls.ts';
import { useStores } from '../store/react.tsx';
import { notifyFailure } from '../ui/notify.ts';

/** What is typed rests so long before it is kept. */
const SETTLE_MS = 600;
const NOTHING: CallNote = { code: null, note: '' };

/** The note of a call: as it is kept, then as it is typed. It is kept by itself, also when the desk goes on. */
export function useCallNote(callId: string) {
  const { bridge, clock } = useStores();
  const [note, setNote] = useState(NOTHING);
  const [isKept, setKept] = useState(false);
  const waiting = useRef<{ readonly note: CallNote; readonly cancel: () => void } | null>(null);
  const isTouched = useRef(false);

  const keep = useCallback(() => {
    const { current } = waiting;
    if (current === null) return;
    waiting.current = null;
    current.cancel();
    bridge
      .call('callLog.note', { callId, ...current.note })
      .then(() => setKept(waiting.current === null), notifyFailure);
  }, [bridge, callId]);

  useEffect(() => {
    bridge.call('callLog.get', { callId }).then(
      ({ call }) => isTouched.current || setNote(call.note ?? NOTHING),
      // A log that cannot be read says so when it is written to.
      () => undefined,
    );
    return keep;
  }, [bridge, callId, keep]);

  const change = (part: Partial<CallNote>): void => {
    const next = { ...note, ...part };
    isTouched.current = true;
    setNote(next);
    setKept(false);
    waiting.current?.cancel();
    waiting.current = { note: next, cancel: clock.after(SETTLE_MS, keep) };
  };
  return { note, isKept, change };
}
