import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type CapturedPacket, PcapReader } from './pcap.ts';

/** A capture under way. */
export interface Capture {
  /** Ends it; gives how many packets the kernel could not hand over. */
  stop(): Promise<number>;
}

/** Captures what is sent on the loopback interface, by tcpdump (as root), `bytes` of each packet. */
export async function capture(
  filter: string,
  bytes: number,
  [command, ...pin]: readonly [string, ...string[]],
  take: (packet: CapturedPacket) => void,
): Promise<Capture> {
  const args = [...pin, 'tcpdump', '-i', 'lo', '-n', '-Q', 'in', '-s', String(bytes), '-B', '65536'];
  const child: ChildProcess = spawn(command, [...args, '-w', '-', filter], { stdio: ['ignore', 'pipe', 'pipe'] });
  const reader = new PcapReader(take);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => reader.write(chunk));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`tcpdump ended with ${code}: ${said}`)));
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('listening on')) resolve();
    });
  });
  return {
    stop: async () => {
      const ended = once(child, 'close');
      child.kill('SIGINT');
      await ended;
      return Number(/(\d+) packets? dropped by kernel/.exec(said)?.[1] ?? 0);
    },
  };
}

/** How a stream of RTP arrived. */
export interface StreamReport {
  readonly packets: number;
  readonly lost: number;
  /** Longest time between two packets, ms. */
  readonly worstGapMs: number;
}

const RTP_HEADER_BYTES = 12;

/** Watches RTP to one port, a stream for each port and SSRC it comes from. */
export class StreamWatch {
  readonly #streams = new Map<
    string,
    { first: number; last: number; packets: number; worstGapMs: number; atMs: number }
  >();

  take({ sourcePort, atMs, payload }: CapturedPacket): void {
    if (payload.length < RTP_HEADER_BYTES) return;
    const sequence = payload.readUInt16BE(2);
    // A port may be another call's soon after.
    const key = `${sourcePort} ${payload.readUInt32BE(8)}`;
    const stream = this.#streams.get(key);
    if (!stream) {
      this.#streams.set(key, { first: sequence, last: sequence, packets: 1, worstGapMs: 0, atMs });
      return;
    }
    // Sequence numbers go round at 65536; streams here are shorter than that.
    const step = (sequence - (stream.last & 0xffff) + 0x10000) & 0xffff;
    if (step < 0x8000) stream.last += step;
    stream.packets++;
    stream.worstGapMs = Math.max(stream.worstGapMs, atMs - stream.atMs);
    stream.atMs = atMs;
  }

  reports(): StreamReport[] {
    return [...this.#streams.values()].map(({ first, last, packets, worstGapMs }) => ({
      packets,
      lost: Math.max(0, last - first + 1 - packets),
      worstGapMs,
    }));
  }
}

/** Watches SIP: the time from an INVITE to its 200, by Call-ID. */
export class AnswerWatch {
  readonly #asked = new Map<string, number>();
  /** Calls that have their final response: what is repeated counts once. */
  readonly #done = new Set<string>();
  readonly answersMs: number[] = [];
  readonly refusals = new Map<number, number>();
  readonly #onAnswer: (rtpPort: number) => void;

  /** `onAnswer` is told where a call that is answered takes its audio. */
  constructor(onAnswer: (rtpPort: number) => void) {
    this.#onAnswer = onAnswer;
  }

  take({ atMs, payload }: CapturedPacket): void {
    const text = payload.toString('latin1');
    const callId = /^(?:Call-ID|i):\s*(\S+)/im.exec(text)?.[1];
    if (callId === undefined) return;
    if (text.startsWith('INVITE ')) {
      if (!this.#asked.has(callId) && !this.#done.has(callId)) this.#asked.set(callId, atMs);
      return;
    }
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0);
    if (status < 200 || !/^CSeq:.*INVITE/im.test(text)) return;
    const askedAtMs = this.#asked.get(callId);
    if (askedAtMs === undefined) return;
    this.#asked.delete(callId);
    this.#done.add(callId);
    if (status < 300) {
      this.answersMs.push(atMs - askedAtMs);
      this.#onAnswer(Number(/^m=audio (\d+)/m.exec(text)?.[1] ?? 0));
    } else this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1);
  }
}

/** The value that a share of all are not above. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
