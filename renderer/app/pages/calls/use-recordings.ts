import { useEffect, useState } from 'react';
import type { Recording } from '../../../../shared/bridge/recordings.ts';
import { useStores } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';

/** The recordings of a call, as they are now; empty until the answer is there. */
export function useRecordings(callId: string): readonly Recording[] {
  const { bridge } = useStores();
  const [recordings, setRecordings] = useState<readonly Recording[]>([]);
  useEffect(() => {
    let asked = 0;
    const ask = () => {
      const question = ++asked;
      bridge.call('recordings.ofCall', { callId }).then(
        (answer) => question === asked && setRecordings(answer.recordings),
        (error: unknown) => question === asked && notifyFailure(error),
      );
    };
    ask();
    const unsubscribe = bridge.on('recordings.changed', (changed) => changed.callId === callId && ask());
    return () => {
      unsubscribe();
      asked = -1;
    };
  }, [bridge, callId]);
  return recordings;
}
