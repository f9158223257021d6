import type { ErrorDetail } from '../../shared/lib/errors.ts';

/** A call's own piece of the microphone: stop it and nothing else stops. */
export interface MicrophoneShare {
  readonly stream: MediaStream;
  /** Set when there is no microphone and the stream is silent. */
  readonly error: ErrorDetail | null;
}

/**
 * The microphone, opened once and shared by a cloned track per call, so that muting is per call and an open error is
 * told as what it is (JsSIP would call every one "denied"). Without a microphone a call still goes out, silent.
 */
export class Microphone {
  #source: MediaStream | undefined;
  #deviceId: string | undefined;
  #users = 0;
  #audio: AudioContext | undefined;

  /** The device to open from now on; undefined is the system's default. */
  use(deviceId: string | undefined): void {
    this.#deviceId = deviceId;
    this.#closeSource();
  }

  /** A share for one call. Never fails. */
  async open(): Promise<MicrophoneShare> {
    try {
      this.#source ??= await navigator.mediaDevices.getUserMedia({
        audio: {
          echoCancellation: true,
          noiseSuppression: true,
          autoGainControl: true,
          ...(this.#deviceId === undefined ? {} : { deviceId: { ideal: this.#deviceId } }),
        },
      });
      this.#users++;
      return { stream: new MediaStream(this.#source.getAudioTracks().map((track) => track.clone())), error: null };
    } catch (error) {
      return { stream: this.#silence(), error: describe(error) };
    }
  }

  /** Gives a share back; the microphone is closed (its light goes off) with the last one. */
  release({ stream, error }: MicrophoneShare): void {
    for (const track of stream.getTracks()) track.stop();
    if (error !== null) return;
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users === 0) this.#closeSource();
  }

  #closeSource(): void {
    for (const track of this.#source?.getTracks() ?? []) track.stop();
    this.#source = undefined;
  }

  #silence(): MediaStream {
    this.#audio ??= new AudioContext();
    return this.#audio.createMediaStreamDestination().stream;
  }
}

function describe(error: unknown): ErrorDetail {
  const name = error instanceof DOMException ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  if (name === 'NotAllowedError') return { code: 'phone/microphone-denied', message };
  if (name === 'NotFoundError') return { code: 'phone/no-microphone', message };
  if (name === 'NotReadableError') return { code: 'phone/microphone-busy', message };
  return { code: 'phone/microphone-failed', message };
}
