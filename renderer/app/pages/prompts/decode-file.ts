import { monoWav } from './mono-wav.ts';

/** All that a telephone has of a voice, and small: 15 minutes are 29 MB. */
const SAMPLE_RATE_HZ = 16_000;

/**
 * The sound of a file that the window can decode (m4a, Opus, what else the browser plays) as a mono WAV file; null when
 * it cannot.
 */
export async function decodedFile(file: File): Promise<File | null> {
  try {
    const bytes = await file.arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, SAMPLE_RATE_HZ).decodeAudioData(bytes);
    const mono = new Float32Array(sound.length);
    for (let channel = 0; channel < sound.numberOfChannels; channel++) {
      const samples = sound.getChannelData(channel);
      for (let i = 0; i < mono.length; i++) mono[i] = mono[i]! + samples[i]! / sound.numberOfChannels;
    }
    const name = file.name.replace(/\.[^.]{1,8}$/, '') || 'recording';
    return new File([monoWav(mono, SAMPLE_RATE_HZ)], `${name}.wav`, { type: 'audio/wav' });
  } catch {
    return null;
  }
}
