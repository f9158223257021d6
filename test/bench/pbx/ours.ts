import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { serialiseWav } from '../../../electron/media/wav.ts';
import { digestSecret } from '../../../electron/sip/digest.ts';
import type { PbxCommand, PbxConfig, PbxEvent } from '../../../shared/bridge/pbx.ts';
import { DEFAULT_TRUNK_SETTINGS } from '../../../shared/bridge/trunk.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { ProjectSchema } from '../../../shared/flow/project.ts';
import { sketchNode } from '../../support/engine-driver.ts';
import { FOOTPRINT_FD, type Footprint } from './footprint.ts';
import { freePort, onCore, SERVER_CORE, type Server } from './load.ts';
import { MINUTE_MS, SECOND_MS, speechLike } from './sounds.ts';
import { WEBRTC } from './webrtc-account.ts';

const MINUTE = '1060';
const SECOND = '1001';
const FOOTPRINT = new URL('./footprint.ts', import.meta.url).href;
const ENTRY = fileURLToPath(new URL('../../../electron/pbx/process.ts', import.meta.url));

/** The embedded PBX, which also tells what it holds. */
export interface OurServer extends Server {
  footprint(): Promise<Footprint>;
}

/** The embedded PBX in its own process on one core, as the app runs it; calls come over a trunk without passwords. */
export async function startOurs(callerPort: number): Promise<OurServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dialtree-bench-'));
  const [command, ...pin] = onCore(SERVER_CORE);
  const child = spawn(command, [...pin, process.execPath, '--expose-gc', '--import', FOOTPRINT, ENTRY], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe'],
  });
  const footprints = createInterface({ input: child.stdio[FOOTPRINT_FD] as Readable });
  const until = <Type extends PbxEvent['type']>(type: Type, isIt = (_: Extract<PbxEvent, { type: Type }>) => true) =>
    awaitEvent(child, type, isIt);
  const send = (command: PbxCommand) => child.send(command);

  const started = until('started');
  send({ type: 'start', host: '127.0.0.1', port: 0, realm: WEBRTC.realm, log: 'warn' });
  const { wsUrl } = await started;
  const configured = until('configured');
  send({ type: 'configure', requestId: 'first', config: configOf(folder) });
  await configured;
  const sipPort = await freePort();
  const up = until('trunk-state', ({ state }) => state.status !== 'off');
  send({
    type: 'trunk',
    config: {
      settings: {
        ...DEFAULT_TRUNK_SETTINGS,
        enabled: true,
        mode: 'ip',
        host: '127.0.0.1',
        port: callerPort,
        localPort: sipPort,
      },
      password: '',
      historyPath: join(folder, 'history.txt'),
    },
  });
  await up;
  return {
    name: 'ours',
    pid: child.pid ?? 0,
    sipPort,
    minute: MINUTE,
    second: SECOND,
    webrtc: { wsUrl, registers: true },
    footprint: async () => {
      child.kill('SIGUSR2');
      const [line] = (await once(footprints, 'line')) as [string];
      return JSON.parse(line) as Footprint;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      send({ type: 'stop' });
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configOf(folder: string): PbxConfig {
  const flow = (id: string, prompt: string) => ({
    name: id,
    nodes: {
      start: sketchNode('start', { type: 'start', to: { next: 'say' } }),
      say: sketchNode('say', { type: 'say', data: { prompt }, to: { next: 'bye' } }),
      bye: sketchNode('bye', { type: 'hang-up' }),
    },
  });
  const number = (called: string, flowId: string) => ({
    number: called,
    defaultHandling: { kind: 'hang-up' },
    useVoiceMenu: true,
    flowId,
  });
  const project = ProjectSchema.parse({
    format: 'dialtree',
    version: 1,
    id: 'bench',
    name: 'Bench',
    settings: {},
    numbers: { minute: number(MINUTE, 'minute'), second: number(SECOND, 'second') },
    people: {},
    queues: {},
    prompts: {},
    schedules: {},
    variables: {},
    flows: { minute: flow('minute', 'A minute'), second: flow('second', 'A second') },
  });
  const { program } = lowerProject(project);
  const audio = Object.fromEntries(
    Object.entries(program.prompts).map(([key, source]) => {
      const isMinute = source.kind === 'text' && source.text === 'A minute';
      const path = join(folder, `${isMinute ? 'minute' : 'second'}.wav`);
      writeFileSync(path, serialiseWav({ sampleRate: 8000, samples: speechLike(isMinute ? MINUTE_MS : SECOND_MS) }));
      return [key, path];
    }),
  );
  return {
    program,
    accounts: [
      {
        user: WEBRTC.user,
        displayName: 'Load',
        credentials: { realm: WEBRTC.realm, ...digestSecret(WEBRTC.user, WEBRTC.realm, WEBRTC.password) },
      },
    ],
    queues: {},
    ringMs: 5000,
    dialPlan: { [MINUTE]: 'minute', [SECOND]: 'second' },
    audio,
    music: {},
    secrets: {},
    voicemailDir: folder,
    recording: { directory: folder, projectId: 'test', notices: {} },
    nodeNames: {},
  };
}

function awaitEvent<Type extends PbxEvent['type']>(
  child: ChildProcess,
  type: Type,
  isIt: (event: Extract<PbxEvent, { type: Type }>) => boolean,
): Promise<Extract<PbxEvent, { type: Type }>> {
  return new Promise((resolve, reject) => {
    const listener = (message: unknown) => {
      const event = message as PbxEvent;
      if (event.type === 'failed') reject(new Error(event.message));
      const wanted = event as Extract<PbxEvent, { type: Type }>;
      if (event.type !== type || !isIt(wanted)) return;
      child.off('message', listener);
      resolve(wanted);
    };
    child.on('message', listener);
  });
}
