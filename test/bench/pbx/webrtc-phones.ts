import { writeSync } from 'node:fs';
import { OPUS, PCMU, TestMedia } from '../../support/phone/test-media.ts';
import { TestPhone } from '../../support/phone/test-phone.ts';
import { WEBRTC } from './webrtc-account.ts';

/** What a process of phones is to do. */
export interface PhonesTask {
  readonly wsUrl: string;
  readonly registers: boolean;
  readonly target: string;
  readonly calls: number;
  readonly perSecond: number;
  readonly holdMs: number;
  readonly codec: 'PCMU' | 'OPUS';
}

export interface PhonesReport {
  /** From the INVITE to its 200, of those that were answered, and to the end of DTLS. */
  readonly answersMs: readonly number[];
  readonly connectedMs: readonly number[];
  readonly refused: number;
  /** Where they hear: other calls on this machine are nobody's here. */
  readonly ports: readonly number[];
  /** Share of the core that these phones took while all were up: above 0.9 they are the limit, not the server. */
  readonly loadShare: number;
}

/** Calls by WebRTC, over one WebSocket: ICE, DTLS and SRTP as in a browser. What is said to them is only counted, from outside. */
async function run({ wsUrl, registers, target, calls, perSecond, holdMs, codec }: PhonesTask): Promise<PhonesReport> {
  const phone = await new TestPhone({ wsUrl, ...WEBRTC }).connect();
  if (registers && (await phone.register()) !== 200) throw new Error('The phone is not let in.');
  const report = { answersMs: [] as number[], connectedMs: [] as number[], ports: [] as number[], refused: 0 };
  const beganMs = performance.now();
  const rampMs = (calls / perSecond) * 1000;
  const cpu = { before: process.cpuUsage(), share: Number.NaN };
  const marks = [
    setTimeout(() => (cpu.before = process.cpuUsage()), rampMs + 1000),
    setTimeout(() => {
      const { user, system } = process.cpuUsage(cpu.before);
      cpu.share = (user + system) / 1000 / Math.max(1, holdMs - rampMs - 2000);
    }, holdMs - 1000),
  ];
  await Promise.all(
    Array.from({ length: calls }, async (_, n) => {
      await untilMs(beganMs + (n * 1000) / perSecond);
      const startMs = performance.now();
      const call = await phone.dial(target, [], new TestMedia(codec === 'OPUS' ? [OPUS, PCMU] : [PCMU]));
      const invitedMs = performance.now();
      for (let waited = 0; call.answeredAtMs === undefined && call.rejectedWith === undefined && waited < 15_000; ) {
        waited += 5;
        await untilMs(performance.now() + 5);
      }
      if (call.answeredAtMs === undefined) {
        if (call.rejectedWith !== undefined) report.refused++;
        return;
      }
      report.answersMs.push(call.answeredAtMs - invitedMs);
      await call.media.connected;
      report.connectedMs.push((call.media.connectedAtMs ?? Number.NaN) - invitedMs);
      report.ports.push(Number(/ 127\.0\.0\.1 (\d+) typ host/.exec(call.media.pc.localDescription?.sdp ?? '')?.[1]));
      // A browser speaks all the time; here one packet tells the server where the sound is to go.
      call.media.sayOnce();
      // Decoding what comes would make these phones the limit long before the server.
      call.media.stopListening();
      await untilMs(startMs + holdMs);
      call.hangUp();
    }),
  );
  for (const timer of marks) clearTimeout(timer);
  await untilMs(performance.now() + 500);
  return { ...report, loadShare: cpu.share };
}

function untilMs(atMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, atMs - performance.now())));
}

const report = await run(JSON.parse(process.argv[2] ?? '{}') as PhonesTask);
writeSync(1, `${JSON.stringify(report)}\n`);
process.exit(0);
