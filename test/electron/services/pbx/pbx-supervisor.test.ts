import { beforeEach, describe, expect, it } from 'vitest';
import type { PbxProcess } from '../../../../electron/services/pbx/pbx-process.ts';
import { PbxSupervisor, type SupervisorState } from '../../../../electron/services/pbx/pbx-supervisor.ts';
import type { PbxCommand, PbxConfig, PbxEvent } from '../../../../shared/bridge/pbx.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';

/** The far end of a PBX process: what it was told, and a mouth to answer with. */
class FarEnd implements PbxProcess {
  readonly commands: PbxCommand[] = [];
  killed = false;
  #message: (message: unknown) => void = () => {};
  #exit: (code: number | null) => void = () => {};

  send(command: PbxCommand): void {
    this.commands.push(command);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onExit(listener: (code: number | null) => void): void {
    this.#exit = listener;
  }
  kill(): void {
    this.killed = true;
    this.exit(null);
  }
  say(event: PbxEvent | { type: string }): void {
    this.#message(event);
  }
  exit(code: number | null): void {
    this.#exit(code);
  }
  startAt(port: number): void {
    this.say({ type: 'started', wsUrl: `ws://127.0.0.1:${port}`, port, sipAddress: `127.0.0.1:${port + 1000}` });
  }
  /** Id of the last configure request. */
  get lastRequestId(): string {
    const command = this.commands.findLast((entry) => entry.type === 'configure');
    return command?.type === 'configure' ? command.requestId : '';
  }
}

const config: PbxConfig = {
  program: {
    version: 1,
    projectId: 'p',
    ops: {},
    numbers: {},
    flows: {},
    prompts: {},
  } as unknown as PbxConfig['program'],
  accounts: [],
  queues: {},
  ringMs: 5000,
  dialPlan: {},
  audio: {},
  music: {},
  secrets: {},
  voicemailDir: '/nowhere',
  recording: { directory: '/nowhere', projectId: 'test', notices: {} },
  nodeNames: {},
};

let clock: ManualClock;
let ends: FarEnd[];
let states: SupervisorState[];
let events: PbxEvent[];
let supervisor: PbxSupervisor;

beforeEach(() => {
  clock = new ManualClock();
  ends = [];
  states = [];
  events = [];
  supervisor = new PbxSupervisor({
    spawn: () => {
      const end = new FarEnd();
      ends.push(end);
      return end;
    },
    listen: { host: '127.0.0.1', port: 0, realm: 'test', sipPort: 0 },
    clock,
    logger: silentLogger,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
  });
  supervisor.start();
});

describe('PbxSupervisor', () => {
  it('starts the process and hands its events on', () => {
    expect(ends[0]!.commands).toEqual([
      { type: 'start', host: '127.0.0.1', port: 0, realm: 'test', sipPort: 0, log: 'debug' },
    ]);
    ends[0]!.startAt(5555);
    expect(supervisor.state).toEqual({
      state: 'running',
      wsUrl: 'ws://127.0.0.1:5555',
      port: 5555,
      sipAddress: '127.0.0.1:6555',
      tlsAddress: null,
    });
    ends[0]!.say({ type: 'registrations', registrations: [] });
    expect(events).toEqual([{ type: 'registrations', registrations: [] }]);
  });

  it('starts it with a certificate, on the same ports after a crash, and hands on what is wrong with it', () => {
    const tls = { certPath: '/cert.pem', keyPath: '/key.pem', sipPort: 0, wssPort: 0 };
    const listen = { host: '127.0.0.1', port: 0, realm: 'test', sipPort: 0, tls };
    const spawn = () => {
      const end = new FarEnd();
      ends.push(end);
      return end;
    };
    const onState = (state: SupervisorState) => states.push(state);
    const secure = new PbxSupervisor({ spawn, listen, clock, logger: silentLogger, onEvent: () => {}, onState });
    secure.start();
    expect(ends.at(-1)?.commands).toMatchObject([{ type: 'start', tls }]);
    const addresses = { wsUrl: 'ws://127.0.0.1:5', port: 5, sipAddress: '127.0.0.1:6' };
    ends
      .at(-1)
      ?.say({ type: 'started', ...addresses, tlsAddress: '127.0.0.1:7', wssUrl: 'wss://127.0.0.1:8' } as never);
    expect(secure.state).toMatchObject({ tlsAddress: '127.0.0.1:7' });
    ends.at(-1)?.exit(1);
    clock.advance(1000);
    expect(ends.at(-1)?.commands).toMatchObject([{ type: 'start', tls: { ...tls, sipPort: 7, wssPort: 8 } }]);
    const error = { code: 'pbx/tls-expired', message: 'Old.', params: { path: '/cert.pem', until: '2026-01-01' } };
    ends.at(-1)?.say({ type: 'failed', ...error } as never);
    expect(secure.state).toEqual({ state: 'failed', error });
  });

  it('resolves a configuration with the audio that was missing', async () => {
    ends[0]!.startAt(5555);
    const done = supervisor.configure(config);
    ends[0]!.say({ type: 'configured', requestId: ends[0]!.lastRequestId, missingAudio: ['p1'] });
    await expect(done).resolves.toEqual(['p1']);
    expect(clock.pending).toBe(0);
  });

  it('keeps a configuration that came before the PBX was there, and gives it then', async () => {
    await expect(supervisor.configure(config)).rejects.toMatchObject({ code: 'pbx/not-running' });
    ends[0]!.startAt(5555);
    expect(ends[0]!.commands.at(-1)).toMatchObject({ type: 'configure', config });
  });

  it('gives up on a PBX that does not answer', async () => {
    ends[0]!.startAt(5555);
    const done = supervisor.configure(config);
    clock.advance(15_000);
    await expect(done).rejects.toMatchObject({ code: 'pbx/no-answer' });
  });

  it('restarts a crashed PBX on its port with its configuration', async () => {
    ends[0]!.startAt(5555);
    const done = supervisor.configure(config);
    ends[0]!.exit(1);
    await expect(done).rejects.toMatchObject({ code: 'pbx/no-answer' });
    expect(supervisor.state).toMatchObject({ state: 'restarting', error: { code: 'pbx/crashed' } });
    clock.advance(250);
    expect(ends[1]!.commands).toEqual([
      { type: 'start', host: '127.0.0.1', port: 5555, realm: 'test', sipPort: 6555, log: 'debug' },
    ]);
    ends[1]!.startAt(5555);
    expect(ends[1]!.commands.at(-1)).toMatchObject({ type: 'configure', config });
    expect(supervisor.state.state).toBe('running');
  });

  it('waits longer and longer for one that crashes at once, and shortly again after a healthy run', () => {
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      const from = clock.nowMs();
      const count = ends.length;
      ends.at(-1)!.exit(1);
      while (ends.length === count) clock.advance(50);
      waits.push(clock.nowMs() - from);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    clock.advance(31_000);
    const count = ends.length;
    ends.at(-1)!.exit(1);
    clock.advance(250);
    expect(ends.length).toBe(count + 1);
  });

  it('does not restart one that said why it cannot run', () => {
    ends[0]!.say({ type: 'failed', code: 'pbx/port-in-use', message: 'Port 5060 is in use.', hint: 'Choose another.' });
    ends[0]!.exit(1);
    clock.advance(60_000);
    expect(ends).toHaveLength(1);
    expect(supervisor.state).toEqual({
      state: 'failed',
      error: { code: 'pbx/port-in-use', message: 'Port 5060 is in use.', hint: 'Choose another.' },
    });
  });

  it('restarts one that failed while it ran', () => {
    ends[0]!.startAt(5555);
    ends[0]!.say({ type: 'failed', code: 'internal/unexpected', message: 'A bug.' });
    expect(supervisor.state.state).toBe('running');
    ends[0]!.exit(1);
    clock.advance(250);
    expect(ends).toHaveLength(2);
  });

  it('drops messages it cannot understand', () => {
    ends[0]!.startAt(5555);
    ends[0]!.say({ type: 'nonsense' });
    expect(events).toEqual([]);
    expect(supervisor.state.state).toBe('running');
  });

  it('stops without a restart, and kills what does not stop by itself', async () => {
    ends[0]!.startAt(5555);
    const stopped = supervisor.stop();
    expect(ends[0]!.commands.at(-1)).toEqual({ type: 'stop' });
    clock.advance(3000);
    await stopped;
    expect(ends[0]!.killed).toBe(true);
    clock.advance(60_000);
    expect(ends).toHaveLength(1);
  });
});
