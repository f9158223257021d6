import type { LegEvents, LegFormat, MediaLeg } from '../../electron/media/media-leg.ts';
import type { RtpPacket } from '../../electron/media/rtp.ts';

/** A leg without network: keeps what is sent, receives what a test says. */
export class FakeLeg implements MediaLeg {
  format: LegFormat | undefined;
  isConnected = true;
  readonly localSdp = 'v=0';
  readonly sent: RtpPacket[] = [];
  isClosed = false;
  readonly quality = undefined;
  #events: LegEvents | undefined;

  constructor(format: Partial<LegFormat> = {}) {
    this.format = {
      codec: 'PCMU',
      payloadType: 0,
      clockRate: 8000,
      eventPayloadType: 101,
      wantsAudio: true,
      sendsAudio: true,
      ...format,
    };
  }

  setEvents(events: LegEvents): void {
    this.#events = events;
  }

  receive(packet: Partial<RtpPacket>): void {
    const silence = new Uint8Array(160).fill(0xff);
    const base = { payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 1, payload: silence };
    this.#events?.onRtp({ ...base, ...packet });
  }

  async answer(): Promise<string> {
    return this.localSdp;
  }

  async offer(): Promise<string> {
    return this.localSdp;
  }

  async acceptAnswer(): Promise<void> {}

  send(packet: RtpPacket): void {
    this.sent.push(packet);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}
