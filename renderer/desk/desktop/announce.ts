const BEEP_HZ = 880;
const BEEP_S = 0.25;
const GAP_S = 0.1;

/**
 * Beeps, then plays a WAV, on a device.
 * @param wav Base64; what cannot be had or played is left out.
 * @param deviceId '' is the system's default.
 * @returns What silences it; `onEnd` is not called then.
 */
export function announce(wav: Promise<string>, deviceId: string, onEnd: () => void): () => void {
  const context = new AudioContext() as AudioContext & { setSinkId?(deviceId: string): Promise<void> };
  let isOver = false;
  const stop = () => {
    if (isOver) return;
    isOver = true;
    void context.close().catch(() => {});
  };
  const play = async (): Promise<void> => {
    if (deviceId !== '') await context.setSinkId?.(deviceId).catch(() => {});
    await context.resume();
    const beep = new OscillatorNode(context, { frequency: BEEP_HZ });
    beep.connect(new GainNode(context, { gain: 0.15 })).connect(context.destination);
    beep.start();
    beep.stop(context.currentTime + BEEP_S);
    const spoken = await decode(context, wav);
    await ended(beep, context.currentTime);
    if (spoken === null || isOver) return;
    const source = new AudioBufferSourceNode(context, { buffer: spoken });
    source.connect(context.destination);
    source.start(context.currentTime + GAP_S);
    await new Promise((resolve) => source.addEventListener('ended', resolve));
  };
  void play()
    .catch(() => {})
    .finally(() => {
      if (isOver) return;
      stop();
      onEnd();
    });
  return stop;
}

async function decode(context: AudioContext, wav: Promise<string>): Promise<AudioBuffer | null> {
  try {
    const bytes = Uint8Array.from(atob(await wav), (char) => char.charCodeAt(0));
    return await context.decodeAudioData(bytes.buffer);
  } catch {
    return null;
  }
}

/** Resolves when the beep is over; at once when it is already. */
async function ended(beep: OscillatorNode, nowS: number): Promise<void> {
  if (nowS < BEEP_S) await new Promise((resolve) => beep.addEventListener('ended', resolve));
}
