import { randomBytes } from 'node:crypto';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import type { DirectionQuality, LegQuality } from '../media-leg.ts';
import type { RtpPacket } from '../rtp.ts';
import { Reception } from './reception.ts';
import { parseRtcp, type ReportBlock, type RtcpPacket, serialiseRtcp } from './rtcp-packet.ts';

export interface RtcpSessionOptions {
  readonly clock: Clock;
  /** 0 to 1; spreads the reports of many calls. */
  readonly random: () => number;
  /** Of what we send. */
  readonly ssrc: number;
  /** Of RTP's timestamps, both ways: the codec's, which is agreed later than this begins. */
  readonly clockRate: () => number;
  send(bytes: Buffer): void;
}

/** Between two reports; half of it before the first (RFC 3550 6.2). */
const INTERVAL_MS = 5000;
/** Makes up for reconsideration, which alone would lengthen intervals (RFC 3550 6.3.1). */
const COMPENSATION = Math.E - 1.5;
/** 1970 in NTP time (RFC 5905 6). */
const NTP_OF_1970_S = 2_208_988_800;

/**
 * RTCP of one stream each way (RFC 3550 6): reports at random times around 5 s apart, with our name, and a goodbye; reads
 * those of the far end.
 */
export class RtcpSession {
  readonly #options: RtcpSessionOptions;
  /** Random and for this call only (RFC 7022 5): it tells nobody who or where we are. */
  readonly #cname = randomBytes(12).toString('base64');
  /** Moves with the steady clock from here on, so that a correction of the system's time is no round trip. */
  readonly #wallAheadMs: number;
  #cancel: CancelTimer | undefined;
  /** When the last report was sent, and the one before. */
  #reportedMs = 0;
  #reportedBeforeMs = 0;
  #hasReported = false;
  #stopped = false;
  #packets = 0;
  #octets = 0;
  #firstSequence = 0;
  #lastSent: { readonly atMs: number; readonly timestamp: number } | undefined;
  #reception: Reception | undefined;
  /** Something was received since the last report. */
  #isHeard = false;
  #senderReport: { readonly middle: number; readonly atMs: number } | undefined;
  #sentQuality: DirectionQuality | undefined;
  #rttMs: number | undefined;

  constructor(options: RtcpSessionOptions) {
    this.#options = options;
    this.#wallAheadMs = options.clock.wallMs() - options.clock.nowMs();
  }

  get quality(): LegQuality {
    const reception = this.#reception;
    return {
      received: reception && { loss: reception.loss, jitterMs: reception.jitterMs },
      sent: this.#sentQuality,
      rttMs: this.#rttMs,
    };
  }

  /** Begins to report; harmless again. */
  start(): void {
    if (this.#stopped || this.#cancel !== undefined) return;
    this.#reportedMs = this.#options.clock.nowMs();
    this.#reportedBeforeMs = this.#reportedMs;
    this.#schedule(this.#interval());
  }

  /** Ends it with a goodbye (RFC 3550 6.3.7: not when nothing was ever sent). */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#cancel?.();
    if (this.#packets === 0 && !this.#hasReported) return;
    this.#send({ kind: 'bye', ssrcs: [this.#options.ssrc] });
  }

  /** Counts a packet that was sent. `isTimed`: its timestamp is that of its sound. */
  noteSent(packet: RtpPacket, isTimed: boolean): void {
    if (this.#packets === 0) this.#firstSequence = packet.sequence;
    this.#packets++;
    this.#octets += packet.payload.length;
    if (isTimed || this.#lastSent === undefined) {
      this.#lastSent = { atMs: this.#options.clock.nowMs(), timestamp: packet.timestamp };
    }
  }

  /** Counts a packet that was received. */
  noteReceived(packet: RtpPacket, isTimed: boolean): void {
    if (this.#reception?.ssrc !== packet.ssrc) {
      this.#reception = new Reception(packet, this.#options.clockRate());
      this.#senderReport = undefined;
    }
    this.#reception.receive(packet, this.#options.clock.nowMs(), isTimed);
    this.#isHeard = true;
  }

  /** Takes a datagram of the far end; whether it is RTCP. */
  receive(bytes: Buffer): boolean {
    const packets = parseRtcp(bytes);
    if (packets === undefined) return false;
    for (const packet of packets) {
      if (packet.kind === 'sender-report') {
        const middle = middleOf(packet.ntpSeconds, packet.ntpFraction);
        this.#senderReport = { middle, atMs: this.#options.clock.nowMs() };
      }
      if (packet.kind !== 'sender-report' && packet.kind !== 'receiver-report') continue;
      const block = packet.blocks.find(({ ssrc }) => ssrc === this.#options.ssrc);
      if (block !== undefined) this.#learn(block);
    }
    return true;
  }

  #learn(block: ReportBlock): void {
    const clockRate = this.#options.clockRate();
    const expected = ((block.highestSequence - this.#firstSequence) >>> 0) + 1;
    this.#sentQuality = {
      loss: Math.min(1, Math.max(0, block.totalLost) / expected),
      jitterMs: (block.jitter * 1000) / clockRate,
    };
    if (block.lastReport === 0) return;
    const { seconds, fraction } = this.#ntp();
    // RFC 3550 6.4.1, figure 2. Below zero by a rounding only; a clock that lies tells nothing.
    const round = (middleOf(seconds, fraction) - block.lastReport - block.delaySinceLastReport) | 0;
    if (round > -0x1_0000) this.#rttMs = Math.max(0, (round * 1000) / 0x1_0000);
  }

  #schedule(delayMs: number): void {
    this.#cancel = this.#options.clock.after(delayMs, () => this.#fire());
  }

  /** RFC 3550 6.3.6: when it is time the interval is drawn again, and only sent if that is over too. */
  #fire(): void {
    const nowMs = this.#options.clock.nowMs();
    const leftMs = this.#reportedMs + this.#interval() - nowMs;
    if (leftMs > 0) {
      this.#schedule(leftMs);
      return;
    }
    this.#send();
    this.#hasReported = true;
    this.#reportedBeforeMs = this.#reportedMs;
    this.#reportedMs = nowMs;
    this.#schedule(this.#interval());
  }

  #interval(): number {
    const meanMs = this.#hasReported ? INTERVAL_MS : INTERVAL_MS / 2;
    return (meanMs * (0.5 + this.#options.random())) / COMPENSATION;
  }

  #send(last?: RtcpPacket): void {
    const { ssrc } = this.#options;
    const packets: RtcpPacket[] = [this.#report(), { kind: 'description', ssrc, cname: this.#cname }];
    if (last !== undefined) packets.push(last);
    this.#options.send(serialiseRtcp(packets));
  }

  /** A sender's report while we send, a receiver's otherwise (RFC 3550 6.4). */
  #report(): RtcpPacket {
    const { clock, ssrc } = this.#options;
    const blocks = this.#blocks();
    const sent = this.#lastSent;
    if (sent === undefined || sent.atMs < this.#reportedBeforeMs) return { kind: 'receiver-report', ssrc, blocks };
    const { seconds, fraction } = this.#ntp();
    const sinceMs = clock.nowMs() - sent.atMs;
    return {
      kind: 'sender-report',
      ssrc,
      ntpSeconds: seconds,
      ntpFraction: fraction,
      rtpTimestamp: (sent.timestamp + Math.round((sinceMs * this.#options.clockRate()) / 1000)) >>> 0,
      packets: this.#packets,
      octets: this.#octets,
      blocks,
    };
  }

  #blocks(): ReportBlock[] {
    if (this.#reception === undefined || !this.#isHeard) return [];
    this.#isHeard = false;
    const report = this.#senderReport;
    const sinceMs = report === undefined ? 0 : this.#options.clock.nowMs() - report.atMs;
    const delaySinceLastReport = Math.round((sinceMs * 0x1_0000) / 1000);
    return [{ ...this.#reception.report(), lastReport: report?.middle ?? 0, delaySinceLastReport }];
  }

  #ntp(): { seconds: number; fraction: number } {
    const ms = this.#options.clock.nowMs() + this.#wallAheadMs;
    const seconds = Math.floor(ms / 1000);
    return {
      seconds: (seconds + NTP_OF_1970_S) >>> 0,
      fraction: Math.floor((ms / 1000 - seconds) * 2 ** 32) >>> 0,
    };
  }
}

/** The middle 32 bits of an NTP time: 1/65536 s. */
function middleOf(seconds: number, fraction: number): number {
  return ((seconds << 16) | (fraction >>> 16)) >>> 0;
}
