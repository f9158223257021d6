import { z } from 'zod';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { PreloadApi } from '../../shared/bridge/preload-api.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import { type ConnectionState, HostClient, takeToken } from './host-client.ts';
import { PreloadBridge } from './preload-bridge.ts';

// The Content Security Policy forbids code from strings, which zod would otherwise try out.
z.config({ jitless: true });

/** A bridge, and whether it can reach the main process now. */
export interface ConnectedBridge extends Bridge {
  readonly connection: ConnectionSource;
}

/** Shaped for React's `useSyncExternalStore`. */
export interface ConnectionSource {
  get(): ConnectionState;
  /** Returns the way to unsubscribe. */
  subscribe(listener: () => void): () => void;
}

declare global {
  interface Window {
    /** Put there by the preload script under Electron. */
    readonly dialtree?: PreloadApi;
  }
}

/**
 * Connects this window to the main process: through the preload script under Electron, else to the Node host by
 * WebSocket at `/bridge` of the page's origin, with the token of the page's address.
 * @throws DialtreeError `bridge/no-token` when a browser page was opened without its token; `bridge/refused` when the
 *   host does not accept the token.
 */
export async function connectBridge(clock: Clock): Promise<ConnectedBridge> {
  if (window.dialtree) return new PreloadBridge(window.dialtree);
  const token = takeToken(window.location, window.sessionStorage, window.history);
  if (token === null) {
    throw new DialtreeError({
      code: 'bridge/no-token',
      message: 'This page was opened without its access token.',
      hint: 'Open Dialtree by the address that it printed when it started, with everything after the #.',
    });
  }
  const url = new URL('/bridge', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const client = new HostClient({ url: url.href, token, clock });
  await client.ready();
  return client;
}
