import { contextBridge, ipcRenderer } from 'electron';
import { IPC_CALL, IPC_EVENT, type PreloadApi } from '../../shared/bridge/preload-api.ts';

/** The only thing the window gets from Electron: two functions, no `ipcRenderer`, no events' senders. */
const api: PreloadApi = {
  invoke: (call, input) => ipcRenderer.invoke(IPC_CALL, call, input),
  onEvent(listener) {
    const forward = (_event: unknown, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on(IPC_EVENT, forward);
    return () => ipcRenderer.off(IPC_EVENT, forward);
  },
};

contextBridge.exposeInMainWorld('dialtree', api);
