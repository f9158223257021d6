import type { OpusEncoderHandle } from 'libopus-wasm';
import { BITRATE, takeEncoder } from './opus-library.ts';
import type { OpusSettings } from './opus-settings.ts';

/** Nothing is to be sent for these 20 ms (RFC 7587 3.1.3). */
const NOTHING = new Uint8Array(0);
/** A frame of 20 ms, wideband, without content: the decoder makes up for it (RFC 6716 3.2.1). */
const EMPTY_FRAME = Uint8Array.of(9 << 3);
const SILENCE = new Int16Array(320);
/** By then the far end's decoder is silent too: 200 ms, in frames. */
const SETTLED = 10;
/** Without sound a packet still goes out that often: 400 ms, in frames, as libopus does it. */
const KEEP_ALIVE = 20;
/** The more redundancy, the less sound: libopus gains nothing beyond, %. */
const MOST_LOSS = 30;

/** Encodes the sound for one far end, as it wants it. Payloads of 20 ms from 16 kHz; empty: nothing is to be sent. */
export class OpusVoiceEncoder {
  readonly #settings: OpusSettings;
  #handle: OpusEncoderHandle | undefined;
  #loss = 0;
  #closed = false;
  /** Frames of silence since the last sound, and what the last of them became. */
  #silentFrames = 0;
  #silent: Uint8Array = EMPTY_FRAME;

  constructor(settings: OpusSettings) {
    this.#settings = settings;
  }

  encode(samples: Int16Array): Uint8Array {
    this.#silentFrames = 0;
    return this.#encode(samples);
  }

  /**
   * 20 ms of silence. Encoding it takes as long as speech; once the far end's decoder has come to rest the same packet
   * serves again and again: callers who think about a menu cost nothing.
   */
  silence(): Uint8Array {
    this.#silentFrames++;
    if (this.#silentFrames <= SETTLED) {
      this.#silent = this.#encode(SILENCE);
      return this.#silent;
    }
    if (!this.#settings.dtx) return this.#silent;
    return this.#silentFrames % KEEP_ALIVE === 0 ? EMPTY_FRAME : NOTHING;
  }

  /** Part of the packets that the far end loses, 0–1: so much redundancy is sent, if it can make use of it. */
  noteLoss(loss: number): void {
    const percent = Math.min(MOST_LOSS, Math.round(loss * 100));
    if (percent === this.#loss) return;
    this.#loss = percent;
    if (this.#settings.fec) this.#handle?.setPacketLossPercent(percent);
  }

  /** Harmless twice. */
  close(): void {
    this.#closed = true;
    this.#handle?.free();
    this.#handle = undefined;
  }

  #encode(samples: Int16Array): Uint8Array {
    this.#handle ??= this.#closed ? undefined : this.#create();
    if (this.#handle === undefined) return EMPTY_FRAME;
    const packet = this.#handle.encode(samples);
    return this.#settings.dtx && packet.length <= 2 ? NOTHING : packet;
  }

  #create(): OpusEncoderHandle | undefined {
    const handle = takeEncoder();
    const { fec, dtx, maxBitrate = BITRATE, constantBitrate } = this.#settings;
    handle?.setBitrate(Math.min(BITRATE, maxBitrate));
    handle?.setFec(fec);
    handle?.setDtx(dtx);
    handle?.setVbr(!constantBitrate);
    if (fec) handle?.setPacketLossPercent(this.#loss);
    return handle;
  }
}
