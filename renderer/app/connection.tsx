import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { invariant } from '../../shared/lib/invariant.ts';
import type { ConnectionSource } from './bridge.ts';
import type { ConnectionState } from './host-client.ts';

const ConnectionContext = createContext<ConnectionSource | null>(null);

export function ConnectionProvider({ source, children }: { source: ConnectionSource; children: ReactNode }) {
  return <ConnectionContext.Provider value={source}>{children}</ConnectionContext.Provider>;
}

export function useConnectionSource(): ConnectionSource {
  const source = useContext(ConnectionContext);
  invariant(source, 'useConnection needs a ConnectionProvider above it');
  return source;
}

/** Whether the main process can be reached now. */
export function useConnection(): ConnectionState {
  const source = useConnectionSource();
  return useSyncExternalStore(source.subscribe, source.get);
}
