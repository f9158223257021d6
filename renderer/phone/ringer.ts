/** European ringing: 1 s on, 4 s off; the phone's own sound is a softer double tone. */
const RING_PERIOD_S = 4;
const RINGBACK_HZ = 425;
const RING_HZ = [784, 988];

/** Rings for incoming calls and gives ringback to outgoing ones that bring no sound of their own. */
export class Ringer {
  #context: AudioContext | undefined;
  #stop: (() => void) | undefined;
  #kind: 'ring' | 'ringback' | 'none' = 'none';
  #deviceId = '';

  /** @param deviceId '' is the system's default; its own device, so that a ring is heard with the headset off. */
  use(deviceId: string): void {
    this.#deviceId = deviceId;
    void this.#applySink();
  }

  /** Changes to the wanted sound; the same one goes on undisturbed. */
  play(kind: 'ring' | 'ringback' | 'none'): void {
    if (kind === this.#kind) return;
    this.#stop?.();
    this.#stop = undefined;
    this.#kind = kind;
    if (kind === 'none') return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    void context.resume().then(() => this.#applySink());
    this.#stop = kind === 'ring' ? loop(context, RING_HZ, 0.12) : loop(context, [RINGBACK_HZ], 0.05);
  }

  /** A short ring, to hear where it comes out. */
  test(): void {
    this.play('ring');
    setTimeout(() => this.play('none'), 1500);
  }

  async #applySink(): Promise<void> {
    const context = this.#context as (AudioContext & { setSinkId?(deviceId: string): Promise<void> }) | undefined;
    await context?.setSinkId?.(this.#deviceId).catch(() => {});
  }
}

/** Repeats one second of the tones every period. */
function loop(context: AudioContext, frequenciesHz: readonly number[], volume: number): () => void {
  const buffer = context.createBuffer(1, context.sampleRate * RING_PERIOD_S, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < context.sampleRate; i++) {
    const fade = Math.min(1, i / 400, (context.sampleRate - i) / 400);
    const warble = frequenciesHz.length > 1 ? Math.floor((i / context.sampleRate) * 20) % frequenciesHz.length : 0;
    samples[i] = volume * fade * Math.sin((2 * Math.PI * frequenciesHz[warble]! * i) / context.sampleRate);
  }
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.connect(context.destination);
  source.start();
  return () => source.stop();
}
