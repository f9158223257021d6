import { BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { BridgeHandlers, EventName, EventPayload } from '../../shared/bridge/contract.ts';
import { type CallResult, dispatchCall } from '../../shared/bridge/dispatch.ts';
import { IPC_CALL, IPC_EVENT } from '../../shared/bridge/preload-api.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { isOurPage } from './app-protocol.ts';

/** Answers calls of our own pages' main frames; anything else is refused before it is looked at. */
export function serveBridge(handlers: BridgeHandlers, logger: Logger): void {
  ipcMain.handle(IPC_CALL, async (event, call: unknown, input: unknown): Promise<CallResult> => {
    if (!isTrustedSender(event)) {
      logger.log('warn', 'bridge.untrusted-sender');
      return { ok: false, error: { code: 'bridge/untrusted-sender', message: 'This page may not do that.' } };
    }
    return dispatchCall(handlers, call, input, String(event.sender.id));
  });
}

/** Sends an event to every window. */
export function emitToWindows<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(IPC_EVENT, name, payload);
}

/** Sends an event to one window; `windowId` is of its web contents, as handlers get it. */
export function emitToWindow<Name extends EventName>(windowId: string, name: Name, payload: EventPayload<Name>): void {
  for (const { webContents } of BrowserWindow.getAllWindows()) {
    if (String(webContents.id) === windowId) webContents.send(IPC_EVENT, name, payload);
  }
}

/** Only the top frame of a page of ours: a frame inside it is not ours. */
function isTrustedSender({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
}
