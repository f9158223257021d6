import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import fc from 'fast-check';
import type { Project } from '../../shared/flow/project.ts';
import { projectOf } from '../bench/project-of.ts';
import { HostWindow } from '../support/host-window.ts';

/**
 * `npm run chaos:crash -- --rounds N --seed N --json`: the whole app (Node host, embedded PBX and all) is killed with
 * SIGKILL at random moments while a window saves all the time, and started again. Passes when the project opens each
 * time and holds what was acknowledged last, or what was being saved.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
/** How long the window saves before the kill, ms. */
const moments = fc.sample(fc.double({ min: 0, max: 600, noNaN: true }), { numRuns: rounds, seed: Number(values.seed) });
const dataDir = mkdtempSync(join(tmpdir(), 'dialtree-crash-'));
const SCRIPT = join(import.meta.dirname, '../support/host-process.ts');

/** Large enough that writing it takes a while: a kill may well come in the middle. */
const LARGE = projectOf(500);

/** What the number at the end of the project's name says: how often it was saved. */
const countOf = ({ name }: Project) => Number(/(\d+)$/.exec(name)?.[1] ?? 0);

/** As it is saved for the nth time. */
const project = (nth: number): Project => ({ ...LARGE, id: projectId, name: `Saved ${nth}` });

let projectId = LARGE.id;
let [acknowledged, tried, saves, kept, lost] = [0, 0, 0, 0, 0];
const problems: string[] = [];

async function round(saveMs: number, index: number): Promise<void> {
  const host = spawn(process.execPath, [SCRIPT, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(host, 'close');
  const client = await HostWindow.open(await addressOf(host));
  try {
    const opened = await client.call('project.current', {});
    projectId = opened.project.id;
    const found = countOf(opened.project);
    const isWhole = found === 0 || isDeepStrictEqual({ ...opened.project, name: '' }, { ...project(0), name: '' });
    if (found < acknowledged || found > tried || !isWhole) {
      lost++;
      const damage = isWhole ? '' : ', and what it says is not what was saved';
      problems.push(`round ${index}: ${found} was found; ${acknowledged} was saved, ${tried} was tried${damage}`);
    } else if (found > acknowledged) kept++;
    acknowledged = found;
    tried = found;
    const saving = saveUntilGone(client, opened.revision);
    await delay(saveMs);
    host.kill('SIGKILL');
    await closed;
    await saving;
  } finally {
    client.close();
  }
}

async function saveUntilGone(client: HostWindow, opened: number): Promise<void> {
  let revision = opened;
  try {
    for (;;) {
      tried++;
      ({ revision } = await client.call('project.save', { project: project(tried), baseRevision: revision }));
      acknowledged = tried;
      saves++;
    }
  } catch (error) {
    // Killed: whether the last one was saved, nobody was told. Whatever else is refused is a failure.
    if (client.isOpen) throw error;
  }
}

/** Refuses a host that ends before it says its address. */
async function addressOf(host: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: host.stdout! })) return line;
  throw new Error('the app did not start');
}

const startedMs = performance.now();
try {
  for (const [index, saveMs] of moments.entries()) await round(saveMs, index + 1);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
const ok = lost === 0;
const seconds = Math.round((performance.now() - startedMs) / 1000);
const result = { ok, rounds, seed: Number(values.seed), saves, lost, unacknowledgedKept: kept, seconds };
if (values.json) console.log(JSON.stringify(result));
else {
  console.log(`${rounds} kills, ${saves} saves in ${seconds} s: ${lost} times something saved was lost`);
  for (const problem of problems) console.log(`  ${problem}`);
  console.log(ok ? 'passed' : 'FAILED');
}
process.exit(ok ? 0 : 1);
