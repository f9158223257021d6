import { type RtpPacket, timestampDelta } from '../rtp.ts';
import type { ReportBlock } from './rtcp-packet.ts';

/** Sequence numbers that may be missing at once, and how late a packet may come (RFC 3550 A.1). */
const MAX_DROPOUT = 3000;
const MAX_MISORDER = 100;
const CYCLE = 2 ** 16;

/**
 * What is told of a source that is received: packets expected and lost (RFC 3550 A.1, A.3), interarrival jitter (A.8).
 * There is no probation: a leg takes packets from one place only, which it has judged before.
 */
export class Reception {
  readonly ssrc: number;
  readonly #clockRate: number;
  #base: number;
  #highest: number;
  #cycles = 0;
  #received = 0;
  /** After a leap: the next number that would tell that the source started over. */
  #suspect: number | undefined;
  #expectedBefore = 0;
  #receivedBefore = 0;
  /** Transit time of the packet before, and the mean of its changes, in samples. */
  #transit: number | undefined;
  #jitter = 0;

  constructor(first: Pick<RtpPacket, 'ssrc' | 'sequence'>, clockRate: number) {
    this.ssrc = first.ssrc;
    this.#clockRate = clockRate;
    this.#base = first.sequence;
    this.#highest = first.sequence;
  }

  /** Counts a packet. `isTimed`: its timestamp is that of its sound; those of telephone-events stand still. */
  receive(packet: Pick<RtpPacket, 'sequence' | 'timestamp'>, arrivalMs: number, isTimed = true): void {
    if (!this.#count(packet.sequence) || !isTimed) return;
    const arrival = Math.round((arrivalMs * this.#clockRate) / 1000);
    const transit = (arrival - packet.timestamp) | 0;
    if (this.#transit !== undefined) {
      this.#jitter += (Math.abs(timestampDelta(this.#transit, transit)) - this.#jitter) / 16;
    }
    this.#transit = transit;
  }

  /** Lost since the beginning; negative when packets came twice. */
  get lost(): number {
    return this.#expected - this.#received;
  }

  /** Part of the packets that was lost since the beginning, 0–1. */
  get loss(): number {
    return this.#expected === 0 ? 0 : Math.max(0, this.lost) / this.#expected;
  }

  get jitterMs(): number {
    return (this.#jitter * 1000) / this.#clockRate;
  }

  /** The block of the next report; the fraction of the one after it begins here (RFC 3550 A.3). */
  report(): Omit<ReportBlock, 'lastReport' | 'delaySinceLastReport'> {
    const expected = this.#expected - this.#expectedBefore;
    const lost = expected - (this.#received - this.#receivedBefore);
    this.#expectedBefore = this.#expected;
    this.#receivedBefore = this.#received;
    return {
      ssrc: this.ssrc,
      fractionLost: expected === 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected)),
      totalLost: this.lost,
      highestSequence: this.#cycles + this.#highest,
      jitter: Math.floor(this.#jitter),
    };
  }

  get #expected(): number {
    return this.#received === 0 ? 0 : this.#cycles + this.#highest - this.#base + 1;
  }

  /** RFC 3550 A.1: whether the packet belongs to the stream. */
  #count(sequence: number): boolean {
    const ahead = (sequence - this.#highest) & 0xffff;
    if (ahead < MAX_DROPOUT) {
      if (sequence < this.#highest) this.#cycles += CYCLE;
      this.#highest = sequence;
    } else if (ahead <= CYCLE - MAX_MISORDER) {
      if (sequence !== this.#suspect) {
        this.#suspect = (sequence + 1) & 0xffff;
        return false;
      }
      // Two in a row from there: the source started over without saying so.
      this.#startOver(sequence);
    }
    this.#suspect = undefined;
    this.#received++;
    return true;
  }

  #startOver(sequence: number): void {
    this.#base = sequence;
    this.#highest = sequence;
    this.#cycles = 0;
    this.#received = 0;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
    this.#transit = undefined;
  }
}
