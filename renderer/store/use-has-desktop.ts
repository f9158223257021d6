import { useEffect, useState } from 'react';
import { useStores } from './react.tsx';

/** Whether this window is one of ours on a desktop, not a page of a browser. */
export function useHasDesktop(): boolean {
  const { bridge } = useStores();
  const [has, setHas] = useState(false);
  useEffect(() => {
    let isOver = false;
    void bridge.call('app.info', {}).then(
      ({ host }) => isOver || setHas(host === 'electron'),
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [bridge]);
  return has;
}
