import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startAsterisk } from './pbx/asterisk.ts';
import { climb } from './pbx/climb.ts';
import { ensureLoadTools } from './pbx/install.ts';
import { type LoadReport, runLoad, type Server } from './pbx/load.ts';
import { startOurs } from './pbx/ours.ts';
import { runWebRtcLoad, type WebRtcReport } from './pbx/webrtc-load.ts';

/**
 * `npm run bench:pbx -- --json`: the embedded PBX beside Asterisk 22, each on one core, the load on the other, turn by
 * turn: how many callers hear a minute of speech without a gap over 40 ms, how many short calls a second are answered,
 * how fast at 100 a second, and what a call costs; the same minute to browsers (ICE, DTLS, SRTP), and what it costs in Opus.
 * `--only playback|rate|latency|webrtc`. Root on Debian, two cores.
 */
const CALLER_PORT = 47_062;
/** Calls that come in to be kept, a second: slow enough for both. */
const RAMP_S = 15;
const KEPT_MS = 60_000;
const RATE_S = 12;
const LATENCY_RATE = 100;
const LATENCY_RUNS = 3;

interface Compared {
  readonly ours: number;
  readonly asterisk: number;
  /** Above 1: ours is better. */
  readonly ratio: number;
}

const round = (value: number, digits = 2) => Number(value.toFixed(digits));
const more = (ours: number, asterisk: number): Compared => ({
  ours: round(ours),
  asterisk: round(asterisk),
  ratio: round(ours / asterisk),
});
const less = (ours: number, asterisk: number): Compared => ({
  ours: round(ours, 4),
  asterisk: round(asterisk, 4),
  ratio: round(asterisk / ours),
});
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Every call was answered, and nobody heard a gap. */
const isClean = ({ refused, failed, lost, unclean, missed }: LoadReport): boolean =>
  refused === 0 && failed === 0 && lost === 0 && unclean === 0 && missed === 0;

const { values: wanted } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });
const isWanted = (part: string) => wanted.only === undefined || wanted.only === part;
const say = (text: string) => wanted.json || console.log(text);

async function playback(servers: readonly Server[], results: Record<string, unknown>): Promise<void> {
  const measure = async (server: Server, calls: number) => {
    const report = await runLoad(
      server,
      { calls, perSecond: Math.max(10, calls / RAMP_S), target: server.minute, holdMs: KEPT_MS },
      CALLER_PORT,
    );
    say(`playback ${server.name} ${calls}: ${JSON.stringify(report)}`);
    return report;
  };
  const starts = { ours: 800, asterisk: 120 };
  const [ours, asterisk] = await climb(servers, starts, measure, isClean);
  if (!ours || !asterisk) return;
  results.playback = more(ours.level, asterisk.level);
  const shareOfCall = ({ level, report }: { level: number; report: LoadReport }) => (report.cpuShare * 100) / level;
  results.percentOfCorePerCall = less(shareOfCall(ours), shareOfCall(asterisk));
}

async function rate(servers: readonly Server[], results: Record<string, unknown>): Promise<void> {
  const measure = async (server: Server, perSecond: number) => {
    const load = { calls: perSecond * RATE_S, perSecond, target: server.second, holdMs: 1000 };
    const report = await runLoad(server, load, CALLER_PORT);
    say(`rate ${server.name} ${perSecond}/s: ${JSON.stringify(report)}`);
    return report;
  };
  const [ours, asterisk] = await climb(servers, { ours: 100, asterisk: 80 }, measure, isClean);
  if (!ours || !asterisk) return;
  results.callsPerSecond = more(ours.level, asterisk.level);
}

async function latency(servers: readonly Server[], results: Record<string, unknown>): Promise<void> {
  const reports: Record<Server['name'], LoadReport[]> = { ours: [], asterisk: [] };
  for (let run = 0; run < LATENCY_RUNS; run++) {
    for (const server of servers) {
      const load = { calls: LATENCY_RATE * 10, perSecond: LATENCY_RATE, target: server.second, holdMs: 500 };
      const report = await runLoad(server, load, CALLER_PORT);
      say(`latency ${server.name}: ${JSON.stringify(report)}`);
      reports[server.name].push(report);
    }
  }
  const of = (name: Server['name'], part: 'p50Ms' | 'p99Ms' | 'cpuMsPerCall') =>
    median(reports[name].map((report) => report[part]));
  results.answerP50Ms = less(of('ours', 'p50Ms'), of('asterisk', 'p50Ms'));
  results.answerP99Ms = less(of('ours', 'p99Ms'), of('asterisk', 'p99Ms'));
  results.cpuMsPerShortCall = less(of('ours', 'cpuMsPerCall'), of('asterisk', 'cpuMsPerCall'));
}

/** Browsers come that slowly, a second: DTLS takes them tens of ms of CPU, at both ends. */
const WEBRTC_RAMP = 8;
const WEBRTC_KEPT_MS = 40_000;

async function webrtc(servers: readonly Server[], results: Record<string, unknown>): Promise<void> {
  const measure = async (server: Server, calls: number, codec: 'PCMU' | 'OPUS' = 'PCMU'): Promise<WebRtcReport> => {
    const holdMs = (calls / WEBRTC_RAMP) * 1000 + WEBRTC_KEPT_MS / 2;
    const load = { calls, perSecond: WEBRTC_RAMP, target: server.minute, holdMs: Math.min(58_000, holdMs) };
    const report = await runWebRtcLoad(server, load, codec);
    say(`webrtc ${server.name} ${codec} ${calls}: ${JSON.stringify(report)}`);
    return report;
  };
  const share = (report: WebRtcReport, calls: number) => (report.cpuShare * 100) / calls;
  const [one, other] = servers;
  if (one === undefined || other === undefined) return;
  for (const server of servers) {
    const load = { calls: 30, perSecond: WEBRTC_RAMP, target: server.second, holdMs: 5000 };
    await runWebRtcLoad(server, load, 'PCMU');
  }
  // What a call costs, at a level that both bear; then how far each goes.
  const reports: Record<string, number[]> = { ours: [], asterisk: [], opus: [] };
  for (let run = 0; run < 3; run++) {
    reports.ours?.push(share(await measure(one, 60), 60));
    reports.asterisk?.push(share(await measure(other, 60), 60));
    reports.opus?.push(share(await measure(one, 60, 'OPUS'), 60));
  }
  const of = (name: string) => median(reports[name] ?? []);
  results.webrtcPercentOfCorePerCall = less(of('ours'), of('asterisk'));
  results.webrtcOpusPercentOfCorePerCall = round(of('opus'), 4);
  const [ours, asterisk] = await climb(servers, { ours: 120, asterisk: 120 }, measure, isClean);
  if (ours && asterisk) results.webrtcPlayback = more(ours.level, asterisk.level);
}

const missing = ensureLoadTools();
if (missing !== undefined || availableParallelism() < 2 || spawnSync('taskset', ['-V']).status !== 0) {
  console.error(`bench:pbx needs two cores, taskset, and root on Debian for ${missing ?? 'captures'}.`);
  process.exit(1);
}
const servers = [await startOurs(CALLER_PORT), await startAsterisk()];
try {
  // What is compiled at the first calls, or loaded, is no matter of a server that has been up for a while.
  for (const server of wanted.only === 'webrtc' ? [] : servers) {
    await runLoad(server, { calls: 500, perSecond: 50, target: server.second, holdMs: 900 }, CALLER_PORT);
    await runLoad(server, { calls: 100, perSecond: 20, target: server.minute, holdMs: 10_000 }, CALLER_PORT);
  }
  const results: Record<string, unknown> = {};
  if (isWanted('webrtc')) await webrtc(servers, results);
  if (isWanted('latency')) await latency(servers, results);
  if (isWanted('rate')) await rate(servers, results);
  if (isWanted('playback')) await playback(servers, results);
  console.log(JSON.stringify(results));
} finally {
  for (const server of servers) await server.stop();
}
