import { RTCPeerConnection, RTCRtpCodecParameters, RtpHeader } from 'werift';
import { decodeG711, encodeG711 } from '../../../electron/media/g711.ts';
import { type DtmfDigit, eventCodeOf, serialiseTelephoneEvent } from '../../../electron/media/telephone-event.ts';
import { eventually } from '../eventually.ts';

interface HeardPacket {
  readonly atMs: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payloadType: number;
  readonly payload: Buffer;
}

export const OPUS = new RTCRtpCodecParameters({
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  payloadType: 111,
});
export const PCMU = new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 });
const FRAME_MS = 20;
const FRAME_SAMPLES = 160;

/**
 * A browser's side of a call, played by werift: hears, speaks and presses keys in PCMU and telephone-event; in Opus with
 * packets that a test has made.
 */
export class TestMedia {
  readonly pc: RTCPeerConnection;
  readonly heard: HeardPacket[] = [];
  connectedAtMs: number | undefined;
  #eventPayloadType = 126;
  #sequence = 1000;
  #timestamp = 50_000;
  #speaking: NodeJS.Timeout | undefined;

  constructor(codecs: readonly RTCRtpCodecParameters[] = [PCMU]) {
    this.pc = new RTCPeerConnection({
      codecs: { audio: [...codecs] },
      iceServers: [],
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceUseTcp: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      iceInterfaceAddresses: { udp4: '127.0.0.1' },
    });
    this.pc.addTransceiver('audio', { direction: 'sendrecv' });
  }

  /** An offer as Chromium writes it: telephone-event at 48000 before that at 8000. */
  async offer(direction = 'sendrecv'): Promise<string> {
    await this.pc.setLocalDescription(await this.pc.createOffer());
    return withDirection(withTelephoneEvents(this.pc.localDescription?.sdp ?? ''), direction);
  }

  async accept(answer: string): Promise<void> {
    this.#eventPayloadType = Number(/a=rtpmap:(\d+) telephone-event\/(?:48|8)000/i.exec(answer)?.[1] ?? 126);
    await this.pc.setRemoteDescription({ type: 'answer', sdp: withoutTelephoneEvents(answer) });
    this.#listen();
  }

  async answer(offer: string): Promise<string> {
    this.#eventPayloadType = Number(/a=rtpmap:(\d+) telephone-event\/8000/i.exec(offer)?.[1] ?? 101);
    await this.pc.setRemoteDescription({ type: 'offer', sdp: withoutTelephoneEvents(offer) });
    await this.pc.setLocalDescription(await this.pc.createAnswer());
    this.#listen();
    const sdp = this.pc.localDescription?.sdp ?? '';
    return withTelephoneEvents(sdp, [`${this.#eventPayloadType} 8000`]);
  }

  get connected(): Promise<void> {
    return eventually('the media connection', () => this.connectedAtMs !== undefined).then(() => {});
  }

  /** Everything heard since the packet with that index, decoded. */
  heardSamples(from = 0): Int16Array {
    const parts = this.heard.slice(from).filter((packet) => packet.payloadType === 0);
    const samples = new Int16Array(parts.length * FRAME_SAMPLES);
    for (const [index, packet] of parts.entries()) {
      samples.set(decodeG711('PCMU', packet.payload).subarray(0, FRAME_SAMPLES), index * FRAME_SAMPLES);
    }
    return samples;
  }

  /** Waits for that much more sound and gives it. */
  async listen(durationMs: number): Promise<Int16Array> {
    const from = this.heard.length;
    await eventually(`${durationMs} ms of sound`, () => this.heard.length >= from + durationMs / FRAME_MS);
    return this.heardSamples(from);
  }

  /** Speaks a sound again and again until `hush`. */
  speak(samples: Int16Array): void {
    this.hush();
    let at = 0;
    this.#speaking = setInterval(() => {
      const frame = new Int16Array(FRAME_SAMPLES);
      for (let n = 0; n < FRAME_SAMPLES; n++) frame[n] = samples[(at + n) % samples.length] ?? 0;
      at = (at + FRAME_SAMPLES) % samples.length;
      this.#timestamp += FRAME_SAMPLES;
      this.#send(0, this.#timestamp, Buffer.from(encodeG711('PCMU', frame)));
    }, FRAME_MS);
  }

  /** Speaks a sound once and is silent after it, as a microphone is: packets go on. */
  async say(samples: Int16Array): Promise<void> {
    const untilTimestamp = this.#timestamp + samples.length;
    this.speak(samples);
    await eventually('the end of what is said', () => this.#timestamp >= untilTimestamp, 20_000);
    this.speak(new Int16Array(FRAME_SAMPLES));
  }

  /** One packet of silence. */
  sayOnce(): void {
    this.#timestamp += FRAME_SAMPLES;
    this.#send(0, this.#timestamp, Buffer.from(encodeG711('PCMU', new Int16Array(FRAME_SAMPLES))));
  }

  /** Nothing that comes is decrypted and kept any more; the connection stays. */
  stopListening(): void {
    const transport = this.pc.dtlsTransports[0];
    transport?.iceTransport.connection.onData.allUnsubscribe();
  }

  hush(): void {
    clearInterval(this.#speaking);
  }

  /** One key press by RFC 4733, as Chromium sends it: a packet per 20 ms, the end three times, one timestamp. */
  press(digit: DtmfDigit, durationMs = 100): void {
    this.#timestamp += FRAME_SAMPLES;
    const code = eventCodeOf(digit);
    const timestamp = this.#timestamp;
    const steps = durationMs / FRAME_MS;
    for (let step = 1; step <= steps + 2; step++) {
      const durationSamples = Math.min(step, steps) * FRAME_SAMPLES;
      const payload = serialiseTelephoneEvent({ code, end: step >= steps, volume: 10, durationSamples });
      this.#send(this.#eventPayloadType, timestamp, Buffer.from(payload));
    }
    this.#timestamp += steps * FRAME_SAMPLES;
  }

  async close(): Promise<void> {
    this.hush();
    await this.pc.close();
  }

  #send(payloadType: number, timestamp: number, payload: Buffer): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const header = new RtpHeader({ payloadType, timestamp, sequenceNumber: this.#sequence, ssrc: 4242 });
    void this.pc.dtlsTransports[0]?.sendRtp(payload, header);
  }

  #listen(): void {
    const dtls = this.pc.dtlsTransports[0];
    if (dtls === undefined) throw new Error('no transport');
    if (dtls.state === 'connected') this.connectedAtMs = performance.now();
    dtls.onStateChange.subscribe((state) => {
      if (state === 'connected') this.connectedAtMs ??= performance.now();
    });
    dtls.onRtp.subscribe(({ header, payload }) => {
      const { sequenceNumber: sequence, timestamp, ssrc, payloadType } = header;
      this.heard.push({ atMs: performance.now(), sequence, timestamp, ssrc, payloadType, payload });
    });
  }
}

/** Adds telephone-event to the audio section; werift itself does not know it. */
function withTelephoneEvents(sdp: string, events: readonly string[] = ['110 48000', '126 8000']): string {
  const types = events.map((event) => event.split(' ')[0]).join(' ');
  const maps = events.map((event) => `a=rtpmap:${event.replace(' ', ' telephone-event/')}\r\n`).join('');
  return sdp.replace(/^(m=audio [^\r\n]*)\r\n/m, `$1 ${types}\r\n${maps}`);
}

function withoutTelephoneEvents(sdp: string): string {
  const type = /a=rtpmap:(\d+) telephone-event/i.exec(sdp)?.[1];
  if (type === undefined) return sdp;
  return sdp
    .replace(new RegExp(`^(m=audio [^\\r\\n]*) ${type}(?= |\\r)`, 'm'), '$1')
    .replace(new RegExp(`^a=(rtpmap|fmtp):${type} [^\\r\\n]*\\r\\n`, 'gm'), '');
}

function withDirection(sdp: string, direction: string): string {
  return sdp.replace(/^a=(sendrecv|sendonly|recvonly|inactive)$/m, `a=${direction}`);
}
