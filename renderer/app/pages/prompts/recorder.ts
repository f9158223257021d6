import { monoWav } from './mono-wav.ts';

/** Wide enough for every codec of a call; the backend brings it to its own rate. */
const SAMPLE_RATE_HZ = 48_000;

/** A recording under way. The microphone is closed with either end of it. */
export interface Recording {
  /** Resolves to a mono WAV. */
  finish(fileName: string): Promise<File>;
  cancel(): void;
}

/** Opens the microphone and records. Rejects with the browser's reason when there is none or it is not allowed. */
export async function startRecording(): Promise<Recording> {
  // Like in a studio: what cleans up a call would eat the ends of words.
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  recorder.start();
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    finish: async (fileName) => {
      await new Promise<void>((resolve) => {
        recorder.addEventListener('stop', () => resolve(), { once: true });
        if (recorder.state === 'inactive') resolve();
        else recorder.stop();
      });
      close();
      const encoded = await new Blob(parts).arrayBuffer();
      const decoded = await new OfflineAudioContext(1, 1, SAMPLE_RATE_HZ).decodeAudioData(encoded);
      return new File([monoWav(decoded.getChannelData(0), SAMPLE_RATE_HZ)], fileName, { type: 'audio/wav' });
    },
    cancel: () => {
      if (recorder.state !== 'inactive') recorder.stop();
      close();
    },
  };
}
