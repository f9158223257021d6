import type { RtpPacket } from './rtp.ts';
import { timestampDelta } from './rtp.ts';

/** Digits by event code 0–11 (RFC 4733 table 7); A–D and flash are not keys of a telephone set. */
const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const;
export type DtmfDigit = (typeof DIGITS)[number];

/**
 * Telephone-event payload (RFC 4733 2.3):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |     event     |E|R| volume    |          duration             |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export interface TelephoneEvent {
  readonly code: number;
  readonly end: boolean;
  /** Power in −dBm0, 0–63. */
  readonly volume: number;
  /** Duration so far, in samples. */
  readonly durationSamples: number;
}

export function parseTelephoneEvent(payload: Uint8Array): TelephoneEvent | undefined {
  const [code, flags, high, low] = payload;
  if (code === undefined || flags === undefined || high === undefined || low === undefined) return undefined;
  return { code, end: (flags & 0x80) !== 0, volume: flags & 0x3f, durationSamples: (high << 8) | low };
}

export function serialiseTelephoneEvent(event: TelephoneEvent): Uint8Array {
  const flags = (event.end ? 0x80 : 0) | (event.volume & 0x3f);
  return Uint8Array.of(event.code, flags, event.durationSamples >> 8, event.durationSamples & 0xff);
}

/** Event code of a digit. */
export function eventCodeOf(digit: DtmfDigit): number {
  return DIGITS.indexOf(digit);
}

/** Digit of a signal name as in INFO bodies and event codes; undefined for anything that is no key. */
export function digitOf(signal: string | number): DtmfDigit | undefined {
  if (typeof signal === 'number') return DIGITS[signal];
  const name = signal.trim();
  // Some phones write 10 and 11 for * and #.
  return name === '10' ? '*' : name === '11' ? '#' : DIGITS.find((digit) => digit === name);
}

/**
 * Finds the key presses in a stream of telephone-event packets. A press is told by its first packet, whichever that
 * is (the beginning may be lost); all packets of one press share a timestamp (RFC 4733 2.5.1.2), which
 * de-duplicates them, the three end packets too. Late packets of an earlier press are dropped.
 */
export class DtmfReceiver {
  readonly #onDigit: (digit: DtmfDigit) => void;
  #ssrc: number | undefined;
  #timestamp: number | undefined;

  constructor(onDigit: (digit: DtmfDigit) => void) {
    this.#onDigit = onDigit;
  }

  receive(packet: RtpPacket): void {
    const event = parseTelephoneEvent(packet.payload);
    if (event === undefined) return;
    if (packet.ssrc !== this.#ssrc) {
      this.#ssrc = packet.ssrc;
      this.#timestamp = undefined;
    }
    if (this.#timestamp !== undefined && timestampDelta(this.#timestamp, packet.timestamp) <= 0) return;
    this.#timestamp = packet.timestamp;
    const digit = digitOf(event.code);
    if (digit !== undefined) this.#onDigit(digit);
  }
}

/** The digit in the body of an INFO: `Signal=5\r\nDuration=160` or just `5`; undefined when there is none. */
export function digitOfInfo(contentType: string, body: string): DtmfDigit | undefined {
  if (contentType === 'application/dtmf') return digitOf(body);
  if (contentType !== 'application/dtmf-relay') return undefined;
  const signal = /^\s*Signal\s*=\s*(\S+)\s*$/im.exec(body)?.[1];
  return signal === undefined ? undefined : digitOf(signal);
}
