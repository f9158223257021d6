import { useEffect, useRef, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { useStores } from '../../../store/react.tsx';

/** Calls tell many small things a second; a board that many look at is drawn a few times. */
const SETTLE_MS = 250;

/** What is made of a store's state, at once and then a few times a second at most; `derive` gets what it made before. */
export function useSettled<State, Made>(
  store: Pick<StoreApi<State>, 'getState' | 'subscribe'>,
  derive: (state: State, before: Made) => Made,
  first: Made,
): Made {
  const { clock } = useStores();
  const [made, setMade] = useState(() => derive(store.getState(), first));
  const how = useRef(derive);
  how.current = derive;
  useEffect(() => {
    let cancel: (() => void) | undefined;
    const take = () => {
      cancel = undefined;
      setMade((before) => how.current(store.getState(), before));
    };
    take();
    const stop = store.subscribe(() => {
      cancel ??= clock.after(SETTLE_MS, take);
    });
    return () => {
      cancel?.();
      stop();
    };
  }, [store, clock]);
  return made;
}
