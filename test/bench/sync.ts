import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../electron/services/system-clock.ts';
import { mergeProjects } from '../../shared/analyze/merge/merge-projects.ts';
import { printProject } from '../../shared/flow/canonical.ts';
import type { Project } from '../../shared/flow/project.ts';
import { FaultProxy } from '../support/sync/fault-proxy.ts';
import { Instance } from '../support/sync/instance.ts';
import { ensureWebServers, type ServerKind, WebServer } from '../support/sync/web-servers.ts';
import { projectOf } from './project-of.ts';

/**
 * `npm run bench:sync -- --json`: what saving a project and keeping it in step costs: time, requests and bytes on the
 * wire, on real servers (Apache mod_dav, nginx with plain GET and PUT), for 1,000 and 10,000 nodes. Medians.
 */
const SIZES = [1000, 10_000];
const RUNS = 3;
/** Only what is measured happens. */
const NEVER_MS = 10_000_000;
/** Servers whose tags are made of times are given the time to make them sure. */
const REST_MS = 2600;

interface Cost {
  readonly ms: number;
  readonly requests: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

interface Measured {
  readonly server: ServerKind;
  readonly nodes: number;
  readonly documentBytes: number;
  /** From a window's save to the disk: printing, writing, fsync, rename. */
  readonly saveMs: number;
  readonly mergeMs: number;
  /** One node renamed here, sent. */
  readonly send: Cost;
  /** The same, taken by the other installation. */
  readonly receive: Cost;
  /** Both renamed a node: merged and sent by the one who comes second. */
  readonly meet: Cost;
  /** Nothing changed anywhere. */
  readonly poll: Cost;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function timed(run: () => unknown): Promise<number> {
  const begunMs = performance.now();
  await run();
  return performance.now() - begunMs;
}

function medianCost(costs: readonly Cost[]): Cost {
  const of = (part: keyof Cost) => median(costs.map((cost) => cost[part]));
  return { ms: of('ms'), requests: of('requests'), sentBytes: of('sentBytes'), receivedBytes: of('receivedBytes') };
}

async function measure(kind: ServerKind, size: number): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'dialtree-bench-'));
  const server = new WebServer(kind, join(dir, 'server'));
  await server.start();
  const proxy = new FaultProxy(() => server.port);
  await proxy.start();
  const project = projectOf(size);
  const [ann, bob] = ['ann', 'bob'].map(
    (name) => new Instance({ dir: join(dir, name), clock: systemClock, pollMs: NEVER_MS, sendDelayMs: NEVER_MS }),
  ) as [Instance, Instance];
  let counter = 0;
  const rename = (flow: number) => (document: Project) => {
    const node = Object.values(document.flows[`flow-${flow}`]?.nodes ?? {})[flow + 1];
    if (node) node.name = `Renamed ${++counter}`;
  };
  const cost = async (run: () => Promise<unknown>): Promise<Cost> => {
    const before = proxy.counted;
    const ms = await timed(run);
    const after = proxy.counted;
    return {
      ms,
      requests: after.requests - before.requests,
      sentBytes: after.sentBytes - before.sentBytes,
      receivedBytes: after.receivedBytes - before.receivedBytes,
    };
  };
  const sync = async (app: Instance) => {
    const { status, error } = await app.service.syncNow();
    if (status !== 'synced') throw new Error(`${status}: ${error?.message ?? 'no reason'}`);
  };
  const rest = () => new Promise((resolve) => setTimeout(resolve, REST_MS));
  try {
    for (const app of [ann, bob]) {
      await app.begin(structuredClone(project));
      await app.connect(`${proxy.url}/bench.json`, { kind: kind === 'apache' ? 'webdav' : 'http' });
    }
    const saves: number[] = [];
    const merges: number[] = [];
    const costs = { send: [] as Cost[], receive: [] as Cost[], meet: [] as Cost[], poll: [] as Cost[] };
    for (let run = 0; run < RUNS; run++) {
      await rest();
      await sync(ann);
      const base = await ann.project();
      saves.push(await timed(() => ann.edit(rename(0))));
      costs.send.push(await cost(() => sync(ann)));
      await rest();
      costs.receive.push(await cost(() => sync(bob)));
      await ann.edit(rename(0));
      await bob.edit(rename(1));
      await rest();
      await sync(ann);
      const [ours, theirs] = [await bob.project(), await ann.project()];
      merges.push(await timed(() => mergeProjects(base, ours, theirs)));
      await rest();
      costs.meet.push(await cost(() => sync(bob)));
      await rest();
      await sync(ann);
      await sync(bob);
      costs.poll.push(await cost(() => sync(bob)));
    }
    return {
      server: kind,
      nodes: Object.values(project.flows).reduce((sum, { nodes }) => sum + Object.keys(nodes).length, 0),
      documentBytes: Buffer.byteLength(printProject(project)),
      saveMs: median(saves),
      mergeMs: median(merges),
      send: medianCost(costs.send),
      receive: medianCost(costs.receive),
      meet: medianCost(costs.meet),
      poll: medianCost(costs.poll),
    };
  } finally {
    await Promise.all([ann.service.stop(), bob.service.stop()]);
    await proxy.stop();
    await server.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
if (!ensureWebServers()) {
  if (values.json) console.log(JSON.stringify({ skipped: true, reason: 'Apache and nginx are not installed' }));
  process.exit(0);
}
const runs: Measured[] = [];
for (const kind of ['nginx', 'apache'] as const) for (const size of SIZES) runs.push(await measure(kind, size));
/** Time and bytes per node of the large project, as a multiple of the small one's: near 1 is linear. */
const growth = (['nginx', 'apache'] as const).map((kind) => {
  const [small, large] = runs.filter(({ server }) => server === kind) as [Measured, Measured];
  const per = (of: (one: Measured) => number) => of(large) / large.nodes / (of(small) / small.nodes);
  return {
    server: kind,
    save: per(({ saveMs }) => saveMs),
    merge: per(({ mergeMs }) => mergeMs),
    send: per(({ send }) => send.ms),
    receive: per(({ receive }) => receive.ms),
    meet: per(({ meet }) => meet.ms),
    sentBytes: per(({ send }) => send.sentBytes),
  };
});
if (values.json) console.log(JSON.stringify({ node: process.version, runs, growth }));
else {
  for (const { server, nodes, documentBytes, saveMs, mergeMs, ...costs } of runs) {
    console.log(
      `${server}, ${nodes} nodes, ${documentBytes} bytes: save ${saveMs.toFixed(1)} ms, merge ${mergeMs.toFixed(1)} ms`,
    );
    console.table(
      Object.fromEntries(
        Object.entries(costs).map(([what, { ms, ...rest }]) => [what, { ms: Math.round(ms), ...rest }]),
      ),
    );
  }
  console.table(growth.map((row) => ({ ...row, ...rounded(row) })));
}
process.exit(0);

function rounded(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Math.round(value * 10) / 10 : value]),
  );
}
