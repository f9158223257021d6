import { describe, expect, it } from 'vitest';
import { PreloadBridge } from '../../../renderer/app/preload-bridge.ts';
import type { PreloadApi } from '../../../shared/bridge/preload-api.ts';

/** The preload script's two functions, in hand. */
function preload(invoke: PreloadApi['invoke']) {
  let send: (event: string, payload: unknown) => void = () => {};
  const api: PreloadApi = {
    invoke,
    onEvent: (listener) => {
      send = listener;
      return () => {};
    },
  };
  return { bridge: new PreloadBridge(api), send: (event: string, payload: unknown) => send(event, payload) };
}

describe('bridge under Electron', () => {
  it('passes calls through and parses their answers', async () => {
    const asked: unknown[] = [];
    const { bridge } = preload(async (...call) => {
      asked.push(call);
      return { ok: true, output: [{ id: 'en', name: 'English', language: 'en', engine: 'embedded' }] };
    });
    expect(await bridge.call('speech.voices', {})).toHaveLength(1);
    expect(asked).toEqual([['speech.voices', {}]]);
    expect(bridge.connection.get()).toBe('connected');
  });

  it('throws errors with their codes, and refuses answers that break the contract', async () => {
    const failing = preload(async () => ({ ok: false, error: { code: 'pbx/not-running', message: 'No PBX.' } }));
    await expect(failing.bridge.call('pbx.status', {})).rejects.toMatchObject({ code: 'pbx/not-running' });
    const broken = preload(async () => ({ ok: true, output: 42 }));
    await expect(broken.bridge.call('pbx.status', {})).rejects.toMatchObject({ code: 'bridge/bad-output' });
  });

  it('hands out events that keep the contract', () => {
    const { bridge, send } = preload(async () => ({ ok: true, output: null }));
    const heard: unknown[] = [];
    bridge.on('project.saved', (payload) => heard.push(payload));
    send('project.saved', { revision: 1 });
    send('project.saved', { revision: 2, windowId: 'w' });
    expect(heard).toEqual([{ revision: 2, windowId: 'w' }]);
  });
});
