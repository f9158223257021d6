import type { CallResult } from './dispatch.ts';

/** Channel names of Electron's IPC. */
export const IPC_CALL = 'dialtree:call';
export const IPC_EVENT = 'dialtree:event';

/**
 * What the preload script puts on `window.dialtree` under Electron: plain data only, since errors with codes do not
 * cross the context bridge. The window wraps it into a `Bridge`.
 */
export interface PreloadApi {
  invoke(call: string, input: unknown): Promise<CallResult>;
  /** Returns the way to unsubscribe. */
  onEvent(listener: (event: string, payload: unknown) => void): () => void;
}
