import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncConflict } from '../../../shared/bridge/sync.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import type { Project } from '../../../shared/flow/project.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { node, sampleProject } from '../sample-project.ts';
import { seededRandom } from '../seeded-random.ts';
import { FAULTS, type Fault, FaultProxy } from './fault-proxy.ts';
import { Instance } from './instance.ts';
import { type ServerKind, WebServer } from './web-servers.ts';

export interface ChaosOptions {
  readonly kind: ServerKind;
  readonly seed: number;
  readonly durationMs: number;
}

export interface ChaosResult {
  readonly server: ServerKind;
  readonly seed: number;
  readonly edits: number;
  readonly conflictsShown: number;
  readonly restarts: { readonly server: number; readonly app: number };
  readonly faults: Readonly<Record<string, number>>;
  readonly requests: number;
  /** Both apps and the server hold the same document at the end, and all say so. */
  readonly equal: boolean;
  readonly settleMs: number;
  /** Edits that are neither there, nor changed by someone who saw them, nor shown as a conflict. */
  readonly lost: readonly string[];
}

/** One change that a user made: what stood there, and what they put there. Values are unique. */
interface Edit {
  readonly user: number;
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const SETTLE_MS = 60_000;
const HOUR_MS = 3_600_000;
const FAULT_SHARE = 0.25;

/** Two apps edit one document at once on a real server while it and the network fail; tells what became of each edit. */
export async function runChaos({ kind, seed, durationMs }: ChaosOptions): Promise<ChaosResult> {
  const dir = mkdtempSync(join(tmpdir(), 'dialtree-chaos-'));
  const random = seededRandom(seed);
  const chance = (share: number) => random() < share;
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value;
  const server = new WebServer(kind, join(dir, 'server'));
  await server.start();
  const faults: Record<string, number> = {};
  let isTrouble = true;
  const proxies = await Promise.all(
    [0, 1].map(async () => {
      const proxy = new FaultProxy(() => server.port);
      proxy.decide = () => {
        if (!isTrouble || !chance(FAULT_SHARE)) return undefined;
        const fault: Fault = pick(FAULTS);
        faults[fault] = (faults[fault] ?? 0) + 1;
        return fault;
      };
      await proxy.start();
      return proxy;
    }),
  );
  const apps = [0, 1].map((user) => appOf(dir, user));
  const shown = new Map<string, SyncConflict>();
  const edits: Edit[] = [];
  let restarts = { server: 0, app: 0 };
  const note = (app: Instance) => {
    for (const state of app.states.splice(0)) for (const one of state.conflicts) shown.set(one.id, one);
  };
  try {
    const path = '/team/office.json';
    const settings = { kind: kind === 'apache' ? ('webdav' as const) : ('http' as const) };
    isTrouble = false;
    for (const [user, app] of apps.entries()) {
      await app.begin(sampleProject());
      await app.connect(`${proxies[user]?.url}${path}`, settings);
    }
    isTrouble = true;
    const endMs = performance.now() + durationMs;
    let counter = 0;
    const edit = async (user: number) => {
      const app = apps[user] as Instance;
      const made: Edit[] = [];
      const [what, value] = [random(), `u${user}-${++counter}`];
      const [choice, which] = [random(), random()];
      await app.edit((project) => {
        made.length = 0;
        made.push(...changeOf(project, user, { what, value, choice, which }));
      });
      edits.push(...made);
    };
    const settle = async (app: Instance) => {
      note(app);
      const [first] = app.service.state().conflicts;
      if (first === undefined) return;
      await app.service.resolve(first.id, chance(0.5) ? 'ours' : 'theirs').catch((error: { code?: unknown }) => {
        // The value no longer fits, or a save came in between: what is there stays, or it is asked again.
        if (error.code === 'sync/choice-not-possible') return app.service.resolve(first.id, first.taken).then(() => {});
        if (error.code !== 'project/stale') throw error;
        return undefined;
      });
    };
    const users = [0, 1].map(async (user) => {
      while (performance.now() < endMs) {
        await edit(user);
        await pause(40 + random() * 200);
        const app = apps[user] as Instance;
        if (chance(0.3)) await settle(app);
        if (chance(0.03)) {
          const { path: file } = await app.projects.current();
          await app.service.stop();
          note(app);
          const again = appOf(dir, user);
          apps[user] = again;
          await again.projects.open(file);
          await again.service.start();
          restarts = { ...restarts, app: restarts.app + 1 };
        }
        note(apps[user] as Instance);
      }
    });
    const killer = (async () => {
      while (performance.now() < endMs) {
        await pause(1500 + random() * 2500);
        await server.kill();
        await pause(100 + random() * 300);
        await server.start();
        restarts = { ...restarts, server: restarts.server + 1 };
      }
    })();
    await Promise.all([...users, killer]);

    isTrouble = false;
    const settleBegunMs = performance.now();
    const isEqual = async () => {
      const [one, other] = await Promise.all(apps.map(async (app) => printProject(await app.project())));
      const remote = await fetch(`${server.url}${path}`).then((answer) => answer.text());
      return one === other && one === remote && apps.every((app) => app.service.state().status === 'synced');
    };
    let equal = false;
    while (!equal && performance.now() - settleBegunMs < SETTLE_MS) {
      for (const app of apps) {
        await app.service.syncNow();
        while (app.service.state().conflicts.length > 0) await settle(app);
      }
      equal = await isEqual();
    }
    const settleMs = Math.round(performance.now() - settleBegunMs);
    for (const app of apps) note(app);
    const final = await (apps[0] as Instance).project();
    const lost = edits
      .filter((one) => !isAccounted(one, edits, final, [...shown.values()]))
      .map((one) => JSON.stringify(one));
    const requests = proxies.reduce((sum, proxy) => sum + proxy.counted.requests, 0);
    return {
      server: kind,
      seed,
      edits: edits.length,
      conflictsShown: shown.size,
      restarts,
      faults,
      requests,
      equal,
      settleMs,
      lost,
    };
  } finally {
    for (const app of apps) await app.service.stop();
    for (const proxy of proxies) await proxy.stop();
    await server.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** An installation whose wall clock is hours away from the other's. */
function appOf(dir: string, user: number): Instance {
  const clock: Clock = {
    nowMs: () => performance.now(),
    wallMs: () => Date.now() + (user === 0 ? -7 : 11) * HOUR_MS,
    after(delayMs, fire) {
      const timer = setTimeout(fire, delayMs);
      return () => clearTimeout(timer);
    },
  };
  return new Instance({ dir: join(dir, `app-${user}`), clock, pollMs: 400, idleTimeoutMs: 1500 });
}

interface Dice {
  readonly what: number;
  readonly value: string;
  readonly choice: number;
  readonly which: number;
}

/** Changes a project as a user might: new nodes, names, settings that both touch, removals. */
function changeOf(project: Project, user: number, { what, value, choice, which }: Dice): Edit[] {
  const flow = project.flows.main;
  if (flow === undefined) return [];
  const made = Object.keys(flow.nodes).filter((id) => id.startsWith('u'));
  const some = made[Math.floor(which * made.length)];
  const at = (id: string) => `flows/main/nodes/${id}`;
  if (what < 0.35 || some === undefined) {
    flow.nodes[value] = node('say', { name: value });
    return [{ user, path: `${at(value)}/name`, before: undefined, after: value }];
  }
  const target = flow.nodes[some];
  if (what < 0.7 && target !== undefined) {
    const before = target.name;
    target.name = value;
    return [{ user, path: `${at(some)}/name`, before, after: value }];
  }
  if (what < 0.78) {
    const before = flow.nodes[some]?.name;
    delete flow.nodes[some];
    return [{ user, path: `${at(some)}/name`, before, after: undefined }];
  }
  if (choice < 0.4) {
    const before = flow.name;
    flow.name = value;
    return [{ user, path: 'flows/main/name', before, after: value }];
  }
  const person = project.people.ann;
  if (person === undefined) return [];
  const before = person.name;
  person.name = value;
  return [{ user, path: 'people/ann/name', before, after: value }];
}

/** Whether an edit is there, or was changed by someone who had it before them, or was shown as a conflict. */
function isAccounted(edit: Edit, edits: readonly Edit[], final: Project, shown: readonly SyncConflict[]): boolean {
  const { path, after } = edit;
  const members = path.split('/');
  let at: unknown = final;
  for (const member of members)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[member] : undefined;
  if (at === after) return true;
  if (after !== undefined && edits.some((other) => other.path === path && other.before === after)) return true;
  return shown.some((conflict) => {
    const covers = conflict.path.every((member, index) => members[index] === member);
    if (!covers) return false;
    if (after === undefined) return conflict.kind.startsWith('removed');
    return [conflict.ours, conflict.theirs].some((value) => value?.includes(`"${after}"`));
  });
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
