import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialiseRtp } from '../../../electron/media/rtp.ts';
import { AnswerWatch, capture, quantile, StreamWatch } from './capture.ts';

/** The core that the load is made on; the server has the other one. */
export const LOAD_CORE = 1;
export const SERVER_CORE = 0;

/** Runs a program on one core, before everything else on it where that is allowed: what is measured is not the others. */
export function onCore(core: number): readonly [command: string, ...args: string[]] {
  const pinned = ['taskset', '-c', String(core)] as const;
  return process.getuid?.() === 0 ? ['nice', '-n', '-15', ...pinned] : [...pinned];
}

/** A telephone server under load. */
export interface Server {
  readonly name: 'ours' | 'asterisk';
  readonly pid: number;
  readonly sipPort: number;
  /** What is called to hear a minute, and a second. */
  readonly minute: string;
  readonly second: string;
  /** Where browsers register or just call. */
  readonly webrtc: { readonly wsUrl: string; readonly registers: boolean };
  stop(): Promise<void>;
}

export interface Load {
  readonly calls: number;
  readonly perSecond: number;
  /** What is called. */
  readonly target: string;
  /** How long everybody stays, ms; the caller hangs up. */
  readonly holdMs: number;
}

export interface LoadReport {
  readonly answered: number;
  readonly refused: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly streams: number;
  readonly lost: number;
  readonly worstGapMs: number;
  /** Streams with a packet lost or a gap over 40 ms. */
  readonly unclean: number;
  /** Of the server, ms of CPU for a call. */
  readonly cpuMsPerCall: number;
  /** Of one core, while all calls were up; where they are held. */
  readonly cpuShare: number;
  /** What the capture missed: with more than a few, nothing can be said. */
  readonly missed: number;
}

/** 20 ms of silence as RTP with PCMU. */
const HELLO = serialiseRtp({
  payloadType: 0,
  marker: true,
  sequence: 1,
  timestamp: 160,
  ssrc: 1,
  payload: new Uint8Array(160).fill(0xff),
});

const SCENARIO = `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="load">
<send retrans="500"><![CDATA[

INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:600100200@[local_ip]:[local_port]>;tag=[pid]load[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:load@[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=load 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio SINK RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000

]]></send>
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="503" optional="true" next="refused"/>
<recv response="200" rrs="true"/>
<send><![CDATA[

ACK [next_url] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
[routes]
From: <sip:600100200@[local_ip]:[local_port]>;tag=[pid]load[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Content-Length: 0

]]></send>
<pause/>
<send retrans="500"><![CDATA[

BYE [next_url] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
[routes]
From: <sip:600100200@[local_ip]:[local_port]>;tag=[pid]load[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 BYE
Content-Length: 0

]]></send>
<recv response="200"/>
<nop next="end"/>
<label id="refused"/>
<send><![CDATA[

ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
[last_From:]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
<label id="end"/>
</scenario>
`;

/** Places calls at a server by sipp, and watches what it answers and what it says to them. */
export async function runLoad(
  server: Server,
  { calls, perSecond, target, holdMs }: Load,
  port: number,
): Promise<LoadReport> {
  const folder = mkdtempSync(join(tmpdir(), 'dialtree-load-'));
  // Everybody is spoken to at one port, which nobody reads: what does not fit is dropped without a word to the sender.
  const sink = createSocket('udp4');
  await new Promise<void>((resolve) => sink.bind(0, '127.0.0.1', resolve));
  sink.setRecvBufferSize(4096);
  const sinkPort = sink.address().port;
  writeFileSync(join(folder, 'load.xml'), SCENARIO.replace('SINK', String(sinkPort)));

  const streams = new StreamWatch();
  // Everybody says something once: a server may want to know where a caller's audio comes from.
  const answers = new AnswerWatch((rtpPort) => sink.send(HELLO, rtpPort, '127.0.0.1'));
  // One of eight streams is listened to: each packet that is watched costs the server's core, too.
  const watch = `udp and (port ${port} or (dst port ${sinkPort} and udp[1] & 14 = 0))`;
  const watching = await capture(watch, 1500, onCore(LOAD_CORE), (packet) => {
    if (packet.targetPort === sinkPort) streams.take(packet);
    else answers.take(packet);
  });
  const cpu = new CpuWatch(server.pid);
  const [command, ...pin] = onCore(LOAD_CORE);
  const args = [...pin, 'sipp', '-sf', 'load.xml', '-s', target, '-i', '127.0.0.1', '-p', String(port)];
  const pace = ['-t', 'u1', '-r', String(perSecond), '-m', String(calls), '-l', String(calls), '-d', String(holdMs)];
  const limits = [
    '-buff_size',
    '4194304',
    '-nostdin',
    '-timeout',
    `${Math.ceil((calls / perSecond) * 1000 + holdMs) / 1000 + 20}s`,
  ];
  const sipp = spawn(command, [...args, ...pace, ...limits, '-recv_timeout', '15000', `127.0.0.1:${server.sipPort}`], {
    cwd: folder,
    stdio: 'ignore',
  });
  // The share of a core while all of them are up.
  const rampMs = (calls / perSecond) * 1000;
  const marks = [
    setTimeout(() => cpu.mark(), rampMs + 1000),
    setTimeout(() => cpu.mark(), Math.max(rampMs + 2000, holdMs - 500)),
  ];
  const watched: Promise<void> = new Promise((resolve) => sipp.once('exit', () => resolve()));
  await watched;
  for (const timer of marks) clearTimeout(timer);
  const cpuMs = cpu.totalMs();
  // What is on its way is still counted.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const missed = await watching.stop();
  await new Promise<void>((resolve) => sink.close(() => resolve()));
  rmSync(folder, { recursive: true, force: true });
  const reports = streams.reports();
  const refused = [...answers.refusals.values()].reduce((sum, count) => sum + count, 0);
  return {
    answered: answers.answersMs.length,
    refused,
    failed: calls - answers.answersMs.length - refused,
    p50Ms: quantile(answers.answersMs, 0.5),
    p99Ms: quantile(answers.answersMs, 0.99),
    streams: reports.length,
    lost: reports.reduce((sum, { lost }) => sum + lost, 0),
    worstGapMs: Math.max(0, ...reports.map(({ worstGapMs }) => worstGapMs)),
    unclean: reports.filter(({ lost, worstGapMs }) => lost > 0 || worstGapMs > 40).length,
    cpuMsPerCall: cpuMs / calls,
    cpuShare: cpu.share(),
    missed,
  };
}

/** Clock ticks of /proc/PID/stat, ms (sysconf CLK_TCK is 100 on Linux). */
const TICK_MS = 10;

/** CPU that a process takes. */
export class CpuWatch {
  readonly #pid: number;
  readonly #beganMs: number;
  readonly #marks: { readonly atMs: number; readonly cpuMs: number }[] = [];

  constructor(pid: number) {
    this.#pid = pid;
    this.#beganMs = this.#read();
  }

  mark(): void {
    this.#marks.push({ atMs: performance.now(), cpuMs: this.#read() });
  }

  totalMs(): number {
    return this.#read() - this.#beganMs;
  }

  share(): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    return first && last && last.atMs > first.atMs ? (last.cpuMs - first.cpuMs) / (last.atMs - first.atMs) : Number.NaN;
  }

  #read(): number {
    const stat = readFileSync(`/proc/${this.#pid}/stat`, 'latin1');
    // The name may hold blanks; what comes after its bracket does not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
