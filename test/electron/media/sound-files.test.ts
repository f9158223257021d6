import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PromptStore } from '../../../electron/media/prompt-store.ts';
import { parseWav, serialiseWav } from '../../../electron/media/wav.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { resample, resampleInSlices } from '../../../shared/lib/resample.ts';
import { rms, sine, snrDb, toneShare } from '../../support/sound.ts';

describe('WAV', () => {
  const sound = { sampleRate: 22_050, samples: sine(440, 100, 22_050) };

  test('what is written reads back', () => expect(parseWav(serialiseWav(sound))).toEqual(sound));

  test('unknown chunks, odd sizes and an extensible format are read over', () => {
    const plain = serialiseWav({ sampleRate: 8000, samples: Int16Array.of(1, -2, 3) });
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    expect(parseWav(Buffer.concat([plain.subarray(0, 12), list, plain.subarray(12)])).samples).toEqual(
      Int16Array.of(1, -2, 3),
    );
    const format = Buffer.alloc(8 + 40);
    plain.copy(format, 0, 12, 36);
    format.writeUInt32LE(40, 4);
    format.writeUInt16LE(0xfffe, 8);
    format.writeUInt16LE(1, 8 + 24);
    expect(parseWav(Buffer.concat([plain.subarray(0, 12), format, plain.subarray(36)])).samples).toHaveLength(3);
  });

  test('stereo is mixed down; a streamed file of unknown size lasts to its end', () => {
    const stereo = serialiseWav({ sampleRate: 8000, samples: Int16Array.of(10, 20, -5, -5) });
    stereo.writeUInt16LE(2, 22);
    expect(parseWav(stereo).samples).toEqual(Int16Array.of(15, -5));
    const streamed = serialiseWav({ sampleRate: 8000, samples: Int16Array.of(1, 2) });
    streamed.writeUInt32LE(0xffffffff, 40);
    expect(parseWav(streamed).samples).toEqual(Int16Array.of(1, 2));
    streamed.writeUInt32LE(0, 40);
    expect(parseWav(streamed).samples).toEqual(Int16Array.of(1, 2));
  });

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['mp3', Buffer.from('ID3 and so on, long enough to look at')],
    ['no data', serialiseWav(sound).subarray(0, 36)],
    [
      '8 bits',
      (() => {
        const bytes = serialiseWav(sound);
        bytes.writeUInt16LE(8, 34);
        return bytes;
      })(),
    ],
    [
      'compressed',
      (() => {
        const bytes = serialiseWav(sound);
        bytes.writeUInt16LE(7, 20);
        return bytes;
      })(),
    ],
    [
      'data before its format',
      (() => {
        const bytes = serialiseWav(sound);
        bytes.write('junk', 12, 'latin1');
        return bytes;
      })(),
    ],
  ])('%s is unreadable', (_name, bytes) =>
    expect(() => parseWav(bytes)).toThrow(expect.objectContaining({ code: 'audio/unreadable' })),
  );
});

describe('resampling', () => {
  test.each([8000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000])(
    '%i Hz keeps a tone in the voice band: 60 dB',
    (rate) => {
      const heard = resample({ sampleRate: rate, samples: sine(1000, 200, rate) }, 8000);
      expect(heard).toHaveLength(1600);
      // The ends, where the filter sees nothing, do not count.
      expect(snrDb(sine(1000, 200).subarray(200, 1400), heard.subarray(200, 1400))).toBeGreaterThan(60);
    },
  );

  test.each([5000, 6000, 7500])('%i Hz, which would fold back, is gone', (frequency) => {
    const heard = resample({ sampleRate: 22_050, samples: sine(frequency, 200, 22_050) }, 8000);
    expect(rms(heard.subarray(200, 1400))).toBeLessThan(10);
  });

  test('in slices it is the same, and gives way in between', () => {
    const sound = { sampleRate: 22_050, samples: sine(700, 500, 22_050) };
    const slices = resampleInSlices(sound, 8000, 1000);
    let pauses = 0;
    for (;;) {
      const step = slices.next();
      if (step.done === true) {
        expect(step.value).toEqual(resample(sound, 8000));
        break;
      }
      pauses++;
    }
    expect(pauses).toBe(4);
  });
});

describe('prompt store', () => {
  const clock = new ManualClock();
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dialtree-prompts-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  async function file(name: string, frequency: number, durationMs = 100): Promise<string> {
    const path = join(directory, name);
    await writeFile(path, serialiseWav({ sampleRate: 16_000, samples: sine(frequency, durationMs, 16_000) }));
    return path;
  }

  test('a file is decoded once and shared', async () => {
    const store = new PromptStore(clock);
    const path = await file('a.wav', 440);
    const [one, two] = await Promise.all([store.load(path), store.load(path)]);
    expect(one).toBe(two);
    expect(one.durationMs).toBe(100);
    expect(await store.load(path)).toBe(one);
  });

  test('a file that changed is read again', async () => {
    const store = new PromptStore(clock);
    const path = await file('b.wav', 440);
    const before = await store.load(path);
    await file('b.wav', 880);
    await utimes(path, 1, 1);
    expect(await store.load(path)).toBe(before);
    clock.advance(1000);
    expect(await store.load(path)).not.toBe(before);
  });

  test('a missing and a broken file fail with a code, and may be mended', async () => {
    const store = new PromptStore(clock);
    await expect(store.load(join(directory, 'none.wav'))).rejects.toMatchObject({ code: 'audio/missing' });
    await expect(store.load(directory)).rejects.toMatchObject({ code: 'audio/missing' });
    const path = join(directory, 'c.wav');
    await writeFile(path, 'not a sound');
    await expect(store.load(path)).rejects.toMatchObject({ code: 'audio/unreadable' });
    await file('c.wav', 440);
    expect((await store.load(path)).durationMs).toBe(100);
  });

  test('what was not used for longest makes room', async () => {
    const paths = await Promise.all([file('d.wav', 400), file('e.wav', 500), file('f.wav', 600)]);
    const { bytes } = await new PromptStore(clock).load(paths[0] ?? '');
    const store = new PromptStore(clock, 2 * bytes);
    const first = await store.load(paths[0] ?? '');
    const second = await store.load(paths[1] ?? '');
    await store.load(paths[0] ?? '');
    await store.load(paths[2] ?? '');
    expect(await store.load(paths[0] ?? '')).toBe(first);
    expect(await store.load(paths[1] ?? '')).not.toBe(second);
  });

  test('what it gives sounds like the file', async () => {
    const audio = await new PromptStore(clock).load(await file('g.wav', 1000));
    const { decodeG711 } = await import('../../../electron/media/g711.ts');
    const samples = audio.frames('PCMU').flatMap((frame) => [...decodeG711('PCMU', frame)]);
    expect(toneShare(Int16Array.from(samples), 1000)).toBeGreaterThan(0.95);
  });
});
