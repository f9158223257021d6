import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Footprint } from '../bench/pbx/footprint.ts';
import { ensureLoadTools } from '../bench/pbx/install.ts';
import { type LoadReport, runLoad } from '../bench/pbx/load.ts';
import { type OurServer, startOurs } from '../bench/pbx/ours.ts';
import { LossyRelay } from '../support/lossy-relay.ts';
import { seededRandom } from '../support/seeded-random.ts';

/**
 * `npm run chaos:pbx -- --calls N --seed N --json`: the embedded PBX in its own process under 10,000 short calls, on a bad
 * network, stopped like a laptop that sleeps, and with more calls than it can serve. Passes when no call is lost, nobody
 * who talks is hurt, and memory, files, sockets and timers are back where they were. Root on Debian.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const CALLER_PORT = 47_072;
const SIPP_PORT = 47_074;
const PER_SECOND = 120;
/** A 2xx without ACK is repeated for 32 s, and the BYE then for another 32 (RFC 3261 13.3.1.4, 17). */
const REST_MS = 70_000;
/** Memory may be that much more than before. */
const GROWTH = 1.05;

const problems: string[] = [];
const expect = (holds: boolean, what: string): void => {
  if (!holds) problems.push(what);
};
const say = (text: string) => values.json || console.log(text);

function isBack(before: Footprint, after: Footprint, when: string): void {
  expect(after.heapMiB <= before.heapMiB * GROWTH, `${when}: heap ${before.heapMiB} → ${after.heapMiB} MiB`);
  expect(after.openFiles <= before.openFiles, `${when}: files ${before.openFiles} → ${after.openFiles}`);
  for (const [kind, count] of Object.entries(after.resources)) {
    const was = before.resources[kind] ?? 0;
    // One timer more or less is a matter of the moment: keep-alive, the gauge of the load.
    expect(count <= was + (kind === 'Timeout' ? 1 : 0), `${when}: ${kind} ${was} → ${count}`);
  }
}

function isWhole(report: LoadReport, calls: number, when: string): void {
  say(`${when}: ${JSON.stringify(report)}`);
  expect(report.answered === calls, `${when}: ${report.answered} of ${calls} calls were answered`);
}

async function soak(server: OurServer) {
  const calls = Number(values.calls);
  await runLoad(server, { calls: 1000, perSecond: PER_SECOND, target: server.second, holdMs: 500 }, CALLER_PORT);
  await delay(REST_MS);
  const before = await server.footprint();
  const load = { calls, perSecond: PER_SECOND, target: server.second, holdMs: 500 };
  isWhole(await runLoad(server, load, CALLER_PORT), calls, 'soak');
  await delay(REST_MS);
  const after = await server.footprint();
  isBack(before, after, 'soak');
  return { calls, before, after };
}

async function badNetwork(server: OurServer) {
  const calls = 200;
  const before = await server.footprint();
  const trouble = { loss: 0.05, jitterMs: 30, random: seededRandom(Number(values.seed)) };
  const relay = await LossyRelay.open(server.sipPort, CALLER_PORT, trouble);
  const load = { calls, perSecond: 10, target: server.second, holdMs: 500 };
  isWhole(await runLoad({ ...server, sipPort: relay.port }, load, SIPP_PORT), calls, 'bad network');
  await delay(REST_MS);
  await relay.close();
  isBack(before, await server.footprint(), 'bad network');
  return { calls, datagramsLost: relay.lost, datagramsPassed: relay.passed };
}

/** The process stands still for three seconds, as on a machine that sleeps; calls go on after it. */
async function sleep(server: OurServer) {
  const calls = 50;
  const before = await server.footprint();
  const running = runLoad(server, { calls, perSecond: 50, target: server.minute, holdMs: 10_000 }, CALLER_PORT);
  await delay(4000);
  process.kill(server.pid, 'SIGSTOP');
  await delay(3000);
  process.kill(server.pid, 'SIGCONT');
  const report = await running;
  isWhole(report, calls, 'sleep');
  // Heard again afterwards: 10 s less the 3 s that it slept, at 50 packets a second.
  expect(report.lost === 0 && report.worstGapMs < 3500, `sleep: ${report.worstGapMs} ms of silence`);
  await delay(REST_MS);
  isBack(before, await server.footprint(), 'sleep');
  return { calls, silenceMs: Math.round(report.worstGapMs) };
}

const missing = ensureLoadTools();
if (missing !== undefined) {
  console.error(`chaos:pbx needs ${missing}, and root, on Debian.`);
  process.exit(1);
}
const server = await startOurs(CALLER_PORT);
try {
  const result = { soak: await soak(server), badNetwork: await badNetwork(server), sleep: await sleep(server) };
  console.log(JSON.stringify({ ok: problems.length === 0, problems, ...result }));
} finally {
  await server.stop();
}
process.exit(problems.length === 0 ? 0 : 1);
