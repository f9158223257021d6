/** Devices that can be told where to play. */
type Sinkable = HTMLAudioElement & { setSinkId?(deviceId: string): Promise<void> };

/** Plays what the far ends say: one element a call, all on the chosen device. */
export class Speaker {
  readonly #elements = new Map<string, Sinkable>();
  #deviceId = '';

  /** @param deviceId '' is the system's default. */
  use(deviceId: string): void {
    this.#deviceId = deviceId;
    for (const element of this.#elements.values()) void element.setSinkId?.(deviceId).catch(() => {});
  }

  play(callId: string, stream: MediaStream): void {
    const element: Sinkable = this.#elements.get(callId) ?? new Audio();
    this.#elements.set(callId, element);
    element.autoplay = true;
    element.srcObject = stream;
    if (this.#deviceId !== '') void element.setSinkId?.(this.#deviceId).catch(() => {});
    void element.play().catch(() => {}); // a stream that ends before it plays is no error
  }

  stop(callId: string): void {
    const element = this.#elements.get(callId);
    if (!element) return;
    element.pause();
    element.srcObject = null;
    this.#elements.delete(callId);
  }
}
