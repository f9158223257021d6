import { describe, expect, it } from 'vitest';
import { createRemoteStore, nodeOf } from '../../../renderer/store/remote-store.ts';
import { FakeBackend } from '../../support/fake-bridge.ts';
import { sampleProject } from '../../support/sample-project.ts';

describe('how the endpoint stands', () => {
  it('[RS6] is asked for once, then told', async () => {
    const backend = new FakeBackend(sampleProject());
    const store = createRemoteStore(backend.window());
    expect(store.getState().status).toBe('off');
    backend.remote = { ...backend.remote, status: 'waiting', error: { code: 'sync/locked', message: 'Locked.' } };
    await store.refresh();
    expect(store.getState()).toEqual(backend.remote);
    backend.setRemote({ status: 'synced', error: null });
    expect(store.getState()).toMatchObject({ status: 'synced', error: null });
    store.dispose();
    backend.setRemote({ status: 'offline' });
    expect(store.getState().status).toBe('synced');
  });

  it('[RS10] a conflict is about a node, or about something else', () => {
    expect(nodeOf({ path: ['flows', 'main', 'nodes', 'a', 'data', 'text'] })).toEqual({ flowId: 'main', nodeId: 'a' });
    expect(nodeOf({ path: ['flows', 'main', 'nodes', 'a'] })).toEqual({ flowId: 'main', nodeId: 'a' });
    for (const path of [[], ['flows', 'main', 'nodes'], ['flows', 'main', 'name'], ['people', 'a', 'nodes', 'b']]) {
      expect(nodeOf({ path })).toBeNull();
    }
  });
});
