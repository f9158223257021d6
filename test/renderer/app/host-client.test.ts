// @vitest-environment node
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { type ConnectionState, HostClient, takeToken } from '../../../renderer/app/host-client.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { sampleProject } from '../../support/sample-project.ts';

const TOKEN = 'right-token';
const STATE = { path: '/p.json', revision: 3, project: sampleProject() };

/** A host that speaks the wire format, over a real socket. */
class WireHost {
  readonly server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  readonly sockets: ServerSocket[] = [];
  /** Answers a call; what it returns is sent as it is. */
  answer: (message: { id: number; call: string; input: unknown }) => object | null = ({ id }) => ({
    id,
    ok: true,
    output: STATE,
  });

  constructor() {
    this.server.on('connection', (socket) => {
      this.sockets.push(socket);
      socket.once('message', (hello) => {
        if (JSON.parse(String(hello)).hello !== TOKEN) return socket.close(4403, 'bad token');
        socket.send(JSON.stringify({ welcome: 'w1' }));
        socket.on('message', (data) => {
          const answer = this.answer(JSON.parse(String(data)));
          if (answer) socket.send(JSON.stringify(answer));
        });
      });
    });
  }

  async url(): Promise<string> {
    if (!this.server.address()) await new Promise((resolve) => this.server.once('listening', resolve));
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/bridge`;
  }

  async close(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let host: WireHost;
let clock: ManualClock;
let client: HostClient | undefined;

async function connect(token = TOKEN): Promise<HostClient> {
  client = new HostClient({ url: await host.url(), token, clock });
  return client;
}

function reaches(target: HostClient, state: ConnectionState): Promise<void> {
  return new Promise((resolve) => {
    const look = () => target.connection.get() === state && resolve();
    target.connection.subscribe(look);
    look();
  });
}

beforeEach(() => {
  host = new WireHost();
  clock = new ManualClock();
});

afterEach(async () => {
  client?.close();
  client = undefined;
  await host.close();
});

describe('bridge over WebSocket', () => {
  it('[BR1] says hello with the token, and calls', async () => {
    const bridge = await connect();
    expect(bridge.connection.get()).toBe('connecting');
    await bridge.ready();
    const asked: unknown[] = [];
    host.answer = (message) => {
      asked.push(message);
      return { id: message.id, ok: true, output: STATE };
    };
    expect(await bridge.call('project.current', {})).toEqual(STATE);
    expect(asked).toMatchObject([{ call: 'project.current', input: {} }]);
  });

  it('[BR2] gives each call its own answer, in whatever order they come', async () => {
    const bridge = await connect();
    await bridge.ready();
    const waiting: { id: number; call: string }[] = [];
    host.answer = (message) => {
      waiting.push(message);
      if (waiting.length < 2) return null;
      const [first, second] = waiting;
      host.sockets[0]?.send(JSON.stringify({ id: second?.id, ok: true, output: [] }));
      return { id: first?.id, ok: true, output: STATE };
    };
    const [state, voices] = await Promise.all([bridge.call('project.current', {}), bridge.call('speech.voices', {})]);
    expect(state.revision).toBe(3);
    expect(voices).toEqual([]);
  });

  it('[BR3] throws the errors of the other side with code, hint and params', async () => {
    const bridge = await connect();
    await bridge.ready();
    const error = { code: 'project/stale', message: 'Too late.', hint: 'Reload.', params: { by: 'w2' } };
    host.answer = ({ id }) => ({ id, ok: false, error });
    await expect(bridge.call('project.current', {})).rejects.toMatchObject(error);
  });

  it('[BR4] does not let an answer in that breaks the contract', async () => {
    const bridge = await connect();
    await bridge.ready();
    host.answer = ({ id }) => ({ id, ok: true, output: { ...STATE, revision: 'three' } });
    await expect(bridge.call('project.current', {})).rejects.toMatchObject({
      code: 'bridge/bad-output',
      message: expect.stringContaining('"revision"'),
    });
    host.answer = ({ id }) => ({ id, ok: false, error: 'no' });
    await expect(bridge.call('project.current', {})).rejects.toMatchObject({ code: 'bridge/bad-output' });
  });

  it('[BR5] hands out events, and drops unknown and malformed ones', async () => {
    const bridge = await connect();
    await bridge.ready();
    const heard: unknown[] = [];
    const stop = bridge.on('project.saved', (payload) => heard.push(payload));
    const saved = { revision: 4, windowId: null };
    for (const message of [
      'not JSON',
      JSON.stringify({ event: 'project.saved', payload: { revision: 'x' } }),
      JSON.stringify({ event: 'toString', payload: {} }),
      JSON.stringify({ event: 'project.saved', payload: saved }),
    ]) {
      host.sockets[0]?.send(message);
    }
    await bridge.call('project.current', {});
    expect(heard).toEqual([saved]);
    stop();
    host.sockets[0]?.send(JSON.stringify({ event: 'project.saved', payload: saved }));
    await bridge.call('project.current', {});
    expect(heard).toHaveLength(1);
  });

  it('[BR6] fails what waits when the connection is lost, and takes it up again', async () => {
    const bridge = await connect();
    await bridge.ready();
    host.answer = () => {
      host.sockets[0]?.terminate();
      return null;
    };
    await expect(bridge.call('project.current', {})).rejects.toMatchObject({ code: 'bridge/connection-lost' });
    await reaches(bridge, 'lost');
    await expect(bridge.call('project.current', {})).rejects.toMatchObject({ code: 'bridge/connection-lost' });
    host.answer = ({ id }) => ({ id, ok: true, output: STATE });
    clock.advance(250);
    await reaches(bridge, 'connected');
    expect(await bridge.call('project.current', {})).toEqual(STATE);
  });

  it('[BR7] waits longer from try to try, at most 5 seconds', async () => {
    const bridge = await connect();
    await bridge.ready();
    // The host goes away for good: every further try fails at once.
    await host.close();
    await reaches(bridge, 'lost');
    const delays: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      while (clock.nextDueMs === undefined) await new Promise((resolve) => setImmediate(resolve));
      delays.push(clock.nextDueMs - clock.nowMs());
      clock.advance(delays.at(-1) ?? 0);
    }
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 5000]);
    host = new WireHost();
  });

  it('[BR8] does not try again with a token that was refused', async () => {
    const bridge = await connect('wrong');
    await expect(bridge.ready()).rejects.toMatchObject({ code: 'bridge/refused', hint: expect.any(String) });
    expect(clock.pending).toBe(0);
  });

  it('[BR9] leaves no timer and no socket when closed', async () => {
    const bridge = await connect();
    await bridge.ready();
    const pending = bridge.call('speech.voices', {});
    host.answer = () => null;
    bridge.close();
    await pending.catch(() => {});
    expect(clock.pending).toBe(0);
  });
});

describe('token', () => {
  const keeper = (kept: string | null) => {
    const state = { kept, address: '' };
    return {
      state,
      storage: {
        getItem: () => state.kept,
        setItem: (_key: string, kept: string) => void Object.assign(state, { kept }),
      },
      history: {
        replaceState: (_data: unknown, _unused: string, address: string) => void Object.assign(state, { address }),
      },
    };
  };

  it('[BR10] is taken out of the address bar and kept for reloads', () => {
    const { state, storage, history } = keeper(null);
    const location = { hash: '#token=abc', pathname: '/', search: '?x=1' };
    expect(takeToken(location, storage, history as never)).toBe('abc');
    expect(state).toEqual({ kept: 'abc', address: '/?x=1' });
  });

  it('[BR11] is the kept one after a reload, and null when there never was one', () => {
    const bare = { hash: '', pathname: '/', search: '' };
    const reloaded = keeper('abc');
    expect(takeToken(bare, reloaded.storage, reloaded.history as never)).toBe('abc');
    expect(reloaded.state.address).toBe('');
    const fresh = keeper(null);
    expect(takeToken({ ...bare, hash: '#token=' }, fresh.storage, fresh.history as never)).toBeNull();
  });
});
