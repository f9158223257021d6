import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseWav } from '../../../../electron/media/wav.ts';
import { WavFile } from '../../../../electron/pbx/voicemail/wav-file.ts';
import { tempDir } from '../../../support/temp-dir.ts';

test('a file of two channels can be played at every moment, and is nobody else’s', async () => {
  const path = join(tempDir(), 'a.wav');
  const file = await WavFile.create(path, { sampleRate: 16_000, channels: 2 });
  await file.append(Int16Array.of(100, 200, 300, 500));
  const bytes = await readFile(path);
  expect(bytes.readUInt16LE(22)).toBe(2);
  expect(bytes.readUInt32LE(28)).toBe(64_000);
  expect(parseWav(bytes)).toEqual({ sampleRate: 16_000, samples: Int16Array.of(150, 400) });
  await file.append(Int16Array.of(8, 10));
  await file.truncate(2);
  await file.close();
  expect(parseWav(await readFile(path)).samples).toEqual(Int16Array.of(150, 400));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
