import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialiseWav } from '../../electron/media/wav.ts';
import { Pbx, type PbxOptions } from '../../electron/pbx/pbx.ts';
import { systemClock } from '../../electron/pbx/system-clock.ts';
import { digestSecret } from '../../electron/sip/digest.ts';
import type { CallSummary, PbxConfig, PbxEvent } from '../../shared/bridge/pbx.ts';
import type { TraceEntry } from '../../shared/engine/events.ts';
import { lowerProject } from '../../shared/engine/lower/index.ts';
import { type Project, ProjectSchema } from '../../shared/flow/project.ts';
import type { TestCertificate } from './certificates.ts';
import { type NodeSketch, sketchNode } from './engine-driver.ts';
import { TestPhone } from './phone/test-phone.ts';
import { chirp } from './sound.ts';

export const REALM = 'dialtree.test';
/** Length and rate of every prompt: short, so that tests are. */
export const PROMPT_MS = 300;
const PROMPT_RATE = 22_050;

/** What every prompt of the test world sounds like, at 8 kHz. */
export const PROMPT_SOUND = chirp(PROMPT_MS);

export interface WorldSketch {
  /** Nodes of the flow `main`; one of them is `start`. */
  readonly nodes: Readonly<Record<string, NodeSketch>>;
  readonly queues?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly schedules?: Readonly<Record<string, object>>;
  readonly variables?: Readonly<Record<string, object>>;
  /** Listens for TLS and wss, too. */
  readonly certificate?: TestCertificate;
  readonly voicemailDir?: string;
  /** Folder, language of the project, and notices by language; by default English and Polish sound as every prompt. */
  readonly recording?: {
    readonly directory?: string;
    readonly language?: string;
    readonly notices?: Readonly<Record<string, string | null>>;
  };
  readonly secrets?: Readonly<Record<string, string>>;
  readonly ringMs?: number;
  /** Of the number 100, in place of the flow. */
  readonly defaultHandling?: object;
  /** More numbers that enter the flow `main`. */
  readonly numbers?: readonly string[];
}

const PEOPLE = { ann: '101', bob: '102', eve: '103' } as const;
export type TestPerson = keyof typeof PEOPLE;

/** Ann (101), Bob (102) and Eve (103) around the flow `main`, which the number 100 enters. */
export function testProject(sketch: WorldSketch): Project {
  const nodes = Object.entries(sketch.nodes).map(([id, node]) => [id, sketchNode(id, node)]);
  return ProjectSchema.parse({
    format: 'dialtree',
    version: 1,
    id: 'test',
    name: 'Test',
    settings: { ringMs: 1000 },
    numbers: Object.fromEntries(
      ['100', ...(sketch.numbers ?? [])].map((number, i) => [
        i === 0 ? 'n' : `n${i}`,
        {
          number,
          defaultHandling: sketch.defaultHandling ?? { kind: 'hang-up' },
          useVoiceMenu: sketch.defaultHandling === undefined,
          flowId: 'main',
        },
      ]),
    ),
    people: Object.fromEntries(Object.entries(PEOPLE).map(([id, extension]) => [id, { name: id, extension }])),
    queues: Object.fromEntries(Object.entries(sketch.queues ?? {}).map(([id, queue]) => [id, { name: id, ...queue }])),
    prompts: {},
    schedules: sketch.schedules ?? {},
    variables: sketch.variables ?? {},
    flows: { main: { name: 'Main', nodes: Object.fromEntries(nodes) } },
  });
}

/** A running PBX with people, prompts on disk and what it told. */
export class PbxWorld {
  readonly pbx: Pbx;
  readonly events: PbxEvent[] = [];
  readonly phones: TestPhone[] = [];
  /** Told each event, beside `events`. */
  onEvent: (event: PbxEvent) => void = () => {};
  wsUrl = '';
  /** Of phones by UDP and TCP. */
  sipPort = 0;
  /** Of phones by TLS. */
  tlsPort = 0;
  wssUrl = '';
  directory = '';

  private constructor(options: Partial<PbxOptions>) {
    this.pbx = new Pbx({ clock: systemClock, ...options, emit: (event) => this.#tell(event) });
  }

  #tell(event: PbxEvent): void {
    this.events.push(event);
    this.onEvent(event);
  }

  static async start(sketch: WorldSketch, options: Partial<PbxOptions> = {}): Promise<PbxWorld> {
    const world = new PbxWorld(options);
    world.directory = await mkdtemp(join(tmpdir(), 'dialtree-pbx-'));
    await writeFile(join(world.directory, 'prompt.wav'), promptFile());
    const { certificate } = sketch;
    const tls = certificate && { ...certificate, sipPort: 0, wssPort: 0 };
    const where = await world.pbx.start({ host: '127.0.0.1', port: 0, realm: REALM, tls });
    const { wsUrl, sipPort, tlsPort = 0, wssPort } = where;
    Object.assign(world, { wsUrl, sipPort, tlsPort, wssUrl: `wss://127.0.0.1:${wssPort}` });
    await world.pbx.configure(world.config(sketch));
    return world;
  }

  config(sketch: WorldSketch): PbxConfig {
    const project = testProject(sketch);
    const { program } = lowerProject(project);
    const account = (user: string, personId?: string) => ({
      user,
      displayName: personId ?? user,
      ...(personId === undefined ? {} : { personId }),
      credentials: { realm: REALM, ...digestSecret(user, REALM, passwordOf(user)) },
    });
    return {
      program,
      accounts: [account('tester'), ...Object.entries(PEOPLE).map(([id, extension]) => account(extension, id))],
      queues: project.queues,
      ringMs: sketch.ringMs ?? 1000,
      dialPlan: Object.fromEntries(Object.entries(project.numbers).map(([id, { number }]) => [number, id])),
      audio: Object.fromEntries(Object.keys(program.prompts).map((key) => [key, join(this.directory, 'prompt.wav')])),
      music: {},
      secrets: sketch.secrets ?? {},
      voicemailDir: sketch.voicemailDir ?? join(this.directory, 'voicemail'),
      ...(sketch.recording?.language && { language: sketch.recording.language }),
      recording: {
        directory: sketch.recording?.directory ?? join(this.directory, 'recordings'),
        projectId: project.id,
        notices: sketch.recording?.notices ?? {
          en: join(this.directory, 'prompt.wav'),
          pl: join(this.directory, 'prompt.wav'),
        },
      },
      nodeNames: { main: Object.fromEntries(Object.keys(sketch.nodes).map((id) => [id, `Node ${id}`])) },
    };
  }

  /** A registered phone. */
  async phone(who: TestPerson | 'tester', options: { displayName?: string } = {}): Promise<TestPhone> {
    const user = who === 'tester' ? who : PEOPLE[who];
    const phone = new TestPhone({ wsUrl: this.wsUrl, user, password: passwordOf(user), realm: REALM, ...options });
    this.phones.push(phone);
    await phone.connect();
    const status = await phone.register();
    if (status !== 200) throw new Error(`${who} cannot register: ${status}`);
    return phone;
  }

  traces(): TraceEntry[] {
    return this.events.flatMap((event) => (event.type === 'trace' ? [event.entry] : []));
  }

  trace<Type extends TraceEntry['type']>(type: Type): Extract<TraceEntry, { type: Type }> | undefined {
    return this.traces().find((entry): entry is Extract<TraceEntry, { type: Type }> => entry.type === type);
  }

  calls(): CallSummary[] {
    return this.events.flatMap((event) => (event.type === 'call' ? [event.call] : []));
  }

  /** The latest line of the only (or last) call. */
  get lastCall(): CallSummary | undefined {
    return this.calls().at(-1);
  }

  logs(event: string): Extract<PbxEvent, { type: 'log' }>[] {
    return this.events.filter((e): e is Extract<PbxEvent, { type: 'log' }> => e.type === 'log' && e.event === event);
  }

  async stop(): Promise<void> {
    await Promise.all(this.phones.map((phone) => phone.close()));
    await this.pbx.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

export function passwordOf(user: string): string {
  return `secret of ${user}`;
}

function promptFile(): Buffer {
  return serialiseWav({ sampleRate: PROMPT_RATE, samples: chirp(PROMPT_MS, PROMPT_RATE) });
}
