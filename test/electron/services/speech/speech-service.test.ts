import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SpeechService } from '../../../../electron/services/speech/speech-service.ts';
import { Synthesizer } from '../../../../electron/services/speech/synthesizer.ts';
import { encodeWav, wavDurationMs } from '../../../../electron/services/speech/wav.ts';
import type { TextSource } from '../../../../shared/flow/speech.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const text = (source: Partial<TextSource> & { text: string }): TextSource => ({
  kind: 'text',
  language: 'en',
  ...source,
});

/** The engine varies a little from one rendering to the next, so compare how loudness runs over time: 1 = the same. */
function likeness(a: Int16Array, b: Int16Array): number {
  const envelope = (samples: Int16Array) =>
    Array.from({ length: Math.floor(samples.length / 441) }, (_, i) => rms(samples.subarray(i * 441, i * 441 + 441)));
  const [x, y] = [envelope(a), envelope(b)];
  const n = Math.max(x.length, y.length);
  const at = (values: number[], i: number) => values[i] ?? 0;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    xy += at(x, i) * at(y, i);
    xx += at(x, i) ** 2;
    yy += at(y, i) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

const rms = (samples: Int16Array) => Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

describe('Synthesizer', () => {
  let synthesizer: Synthesizer;
  beforeAll(async () => {
    synthesizer = await Synthesizer.load();
  });

  it('speaks Polish and English differently, at the length of speech', () => {
    const english = synthesizer.speak(text({ text: 'For sales, press one.' }));
    const polish = synthesizer.speak(text({ text: 'For sales, press one.', language: 'pl' }));
    expect(english.sampleRateHz).toBe(22_050);
    expect(english.samples.length / english.sampleRateHz).toBeGreaterThan(1);
    expect(english.samples.length / english.sampleRateHz).toBeLessThan(3);
    expect(polish.samples).not.toEqual(english.samples);
  });

  it('takes a regional tag as its language: en-GB is not refused and not another voice left over', () => {
    synthesizer.speak(text({ text: 'Dzień dobry', language: 'pl' }));
    const regional = synthesizer.speak(text({ text: 'Good morning', language: 'en-GB' }));
    const english = synthesizer.speak(text({ text: 'Good morning', language: 'en' }));
    const polish = synthesizer.speak(text({ text: 'Good morning', language: 'pl' }));
    expect(likeness(regional.samples, english.samples)).toBeGreaterThan(0.95);
    expect(likeness(regional.samples, polish.samples)).toBeLessThan(0.9);
  });

  it('obeys speed, volume and voice', () => {
    const natural = synthesizer.speak(text({ text: 'Welcome to our office.' }));
    const fast = synthesizer.speak(text({ text: 'Welcome to our office.', speed: 2 }));
    const quiet = synthesizer.speak(text({ text: 'Welcome to our office.', volume: 0.5 }));
    const other = synthesizer.speak(text({ text: 'Welcome to our office.', voice: 'en+f2' }));
    expect(natural.samples.length / fast.samples.length).toBeGreaterThan(1.6);
    expect(rms(natural.samples) / rms(quiet.samples)).toBeCloseTo(2, 0);
    expect(other.samples).not.toEqual(natural.samples);
  });

  it.each([
    ['speech/empty', text({ text: '   ' })],
    ['speech/nothing-to-say', text({ text: '…' })],
    ['speech/unknown-voice', text({ text: 'Hello', voice: 'nobody' })],
    ['speech/unknown-language', text({ text: 'Hello', language: 'xx' })],
  ])('refuses with %s', (code, source) => {
    expect(() => synthesizer.speak(source)).toThrowError(expect.objectContaining({ code }));
  });

  it('reads markup as text, never as instructions to the engine', () => {
    const marked = synthesizer.speak(text({ text: 'Hello <voice name="pl">world</voice>' }));
    expect(marked.samples.length).toBeGreaterThan(synthesizer.speak(text({ text: 'Hello world' })).samples.length);
  });

  it('lists Polish and English voices', () => {
    const languages = new Set(synthesizer.voices().map((voice) => voice.language.slice(0, 2)));
    expect(languages).toContain('pl');
    expect(languages).toContain('en');
  });
});

describe('SpeechService', () => {
  it('renders once and keeps it by content', async () => {
    const dir = tempDir();
    const service = new SpeechService(dir);
    const path = await service.render(text({ text: 'Hello' }));
    writeFileSync(path, 'kept');
    expect(readFileSync(await service.render(text({ text: 'Hello' })), 'utf8')).toBe('kept');
    expect(await service.render(text({ text: 'Hello', speed: 1.5 }))).not.toBe(path);
    expect(readdirSync(dir)).toHaveLength(2);
  });

  it('renders a prompt asked for twice at once only once', async () => {
    const service = new SpeechService(tempDir());
    const [a, b] = await Promise.all([
      service.render(text({ text: 'Twice' })),
      service.render(text({ text: 'Twice' })),
    ]);
    expect(a).toBe(b);
  });

  it('renders again when the cache was emptied or a file in it is empty', async () => {
    const dir = tempDir();
    const service = new SpeechService(dir);
    const path = await service.render(text({ text: 'Again' }));
    const durationMs = wavDurationMs(readFileSync(path));
    writeFileSync(path, '');
    expect(wavDurationMs(readFileSync(await service.render(text({ text: 'Again' }))))).toBeCloseTo(durationMs, -2);
    rmSync(dir, { recursive: true });
    expect(wavDurationMs(readFileSync(await service.render(text({ text: 'Again' }))))).toBeCloseTo(durationMs, -2);
  });

  it('keeps pauses as long as they are written, and reads digits one by one', async () => {
    const service = new SpeechService(tempDir());
    const lengthMs = async (words: string) => wavDurationMs(await service.renderBytes(text({ text: words })));
    const [hello, bye] = [await lengthMs('Hello.'), await lengthMs('Goodbye.')];
    const both = await service.renderBytes(text({ text: 'Hello.<break time="1500ms"/>Goodbye.' }));
    expect(wavDurationMs(both)).toBeCloseTo(hello + 1500 + bye, -2);
    const samples = new Int16Array(both.buffer.slice(both.byteOffset + 44, both.byteOffset + both.length));
    const at = (ms: number) => Math.round((ms * samples.length) / wavDurationMs(both));
    expect(rms(samples.subarray(at(hello + 50), at(hello + 1450)))).toBe(0);
    const digits = await lengthMs('<say-as interpret-as="digits">2345</say-as>');
    expect(digits).toBeGreaterThan(0.9 * (await lengthMs('2 3 4 5')));
    await expect(service.render(text({ text: '<break time="1s"/>' }))).rejects.toMatchObject({ code: 'speech/empty' });
  });

  it('says which audio file is missing', async () => {
    const source = { kind: 'audio', sha256: 'a'.repeat(64), fileName: 'hello.mp3', durationMs: 1000 } as const;
    await expect(new SpeechService(tempDir()).render(source)).rejects.toMatchObject({
      code: 'speech/file-missing',
      params: { fileName: 'hello.mp3' },
    });
  });

  it('says where it cannot store', async () => {
    const dir = join(tempDir(), 'file');
    writeFileSync(dir, 'not a folder');
    chmodSync(dir, 0o600);
    await expect(new SpeechService(dir).render(text({ text: 'Hello' }))).rejects.toMatchObject({
      code: 'speech/cache',
    });
  });
});

describe('wav', () => {
  it('writes the header that RIFF/WAVE asks for', () => {
    const wav = encodeWav({ sampleRateHz: 8000, samples: Int16Array.of(1, -2, 32_767) });
    expect(wav.toString('hex')).toBe(
      '524946462a000000' + // "RIFF", 36 + 6 bytes follow
        '57415645666d742010000000' + // "WAVEfmt ", 16
        '0100' + // PCM
        '0100' + // mono
        '401f0000' + // 8000 Hz
        '803e0000' + // 16000 bytes a second
        '02001000' + // 2 bytes a frame, 16 bits
        '6461746106000000' + // "data", 6
        '0100feffff7f',
    );
  });

  it('tells its length in milliseconds', () => {
    expect(wavDurationMs(encodeWav({ sampleRateHz: 8000, samples: new Int16Array(12_000) }))).toBe(1500);
  });
});
