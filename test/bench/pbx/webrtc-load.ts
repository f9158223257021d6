import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { capture, quantile, StreamWatch } from './capture.ts';
import { CpuWatch, LOAD_CORE, type Load, type LoadReport, onCore, type Server } from './load.ts';
import type { PhonesReport, PhonesTask } from './webrtc-phones.ts';

const PHONES = fileURLToPath(new URL('./webrtc-phones.ts', import.meta.url));
/** SRTP to one of eight ports: RTP version 2, no RTCP. Headers are not encrypted. */
const SOUND = 'udp and udp[8] & 0xc0 = 0x80 and (udp[9] < 192 or udp[9] > 223) and udp[1] & 14 = 0';

export interface WebRtcReport extends LoadReport {
  readonly connectedP50Ms: number;
  /** Longest time between two packets while calls still came in; the other figures of streams are of the time after. */
  readonly rampGapMs: number;
  /** Of the core of the phones. */
  readonly loadShare: number;
}

/** Places calls by WebRTC at a server, from a process of its own, and watches on the wire what it says to them. */
export async function runWebRtcLoad(
  server: Server,
  { calls, perSecond, target, holdMs }: Load,
  codec: PhonesTask['codec'],
): Promise<WebRtcReport> {
  const [ramp, held] = [new Map<number, StreamWatch>(), new Map<number, StreamWatch>()];
  let isRamp = true;
  const watching = await capture(SOUND, 80, onCore(LOAD_CORE), (packet) => {
    const watches = isRamp ? ramp : held;
    const watch = watches.get(packet.targetPort) ?? new StreamWatch();
    watches.set(packet.targetPort, watch);
    watch.take(packet);
  });
  const cpu = new CpuWatch(server.pid);
  const task: PhonesTask = { ...server.webrtc, target, calls, perSecond, holdMs, codec };
  const [command, ...pin] = onCore(LOAD_CORE);
  const phones = spawn(command, [...pin, process.execPath, PHONES, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  phones.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const rampMs = (calls / perSecond) * 1000;
  const marks = [
    setTimeout(() => {
      isRamp = false;
      cpu.mark();
    }, rampMs + 1500),
    setTimeout(() => cpu.mark(), Math.max(rampMs + 2500, holdMs - 500)),
  ];
  await once(phones, 'close');
  for (const timer of marks) clearTimeout(timer);
  const missed = await watching.stop();
  const report = JSON.parse(said) as PhonesReport;
  const streamsOf = (watches: ReadonlyMap<number, StreamWatch>) =>
    report.ports.flatMap((port) => watches.get(port)?.reports() ?? []);
  const reports = streamsOf(held);
  return {
    answered: report.connectedMs.length,
    refused: report.refused,
    failed: calls - report.connectedMs.length - report.refused,
    p50Ms: quantile(report.answersMs, 0.5),
    p99Ms: quantile(report.answersMs, 0.99),
    rampGapMs: Math.max(0, ...streamsOf(ramp).map(({ worstGapMs }) => worstGapMs)),
    connectedP50Ms: quantile(report.connectedMs, 0.5),
    streams: reports.length,
    lost: reports.reduce((sum, { lost }) => sum + lost, 0),
    worstGapMs: Math.max(0, ...reports.map(({ worstGapMs }) => worstGapMs)),
    unclean: reports.filter(({ lost, worstGapMs }) => lost > 0 || worstGapMs > 40).length,
    cpuMsPerCall: cpu.totalMs() / calls,
    cpuShare: cpu.share(),
    loadShare: report.loadShare,
    missed,
  };
}
