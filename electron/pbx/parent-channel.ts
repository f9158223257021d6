/** The way to the process that started this one, whichever kind it is. Messages are plain JSON. */
export interface ParentChannel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone. */
  onClosed(listener: () => void): void;
  close(): void;
}

/** The part of Electron's `process.parentPort` (a MessagePortMain) that is used here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start?(): void;
}

/** Electron's parent port where there is one, else Node's IPC channel. Throws when there is neither. */
export function openParentChannel(): ParentChannel {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port !== undefined && port !== null) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.on('message', (event) => listener(event.data));
        port.start?.();
      },
      onClosed: (listener) => port.on('close', listener),
      close: () => {},
    };
  }
  if (process.send === undefined) throw new Error('The PBX process must be started by Dialtree');
  return {
    // The parent may be gone while this one is still ending calls: nobody is left to be told.
    send: (message) => void (process.connected && process.send?.(message, undefined, undefined, () => {})),
    onMessage: (listener) => process.on('message', listener),
    onClosed: (listener) => process.on('disconnect', listener),
    close: () => process.connected && process.disconnect(),
  };
}
