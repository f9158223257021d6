import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MediaFolder } from '../../../../electron/services/project/media-store.ts';
import { ProjectStore } from '../../../../electron/services/project/project-store.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const WAV = Buffer.from('RIFF\0\0\0\0WAVEfmt ');

describe('MediaFolder', () => {
  it('[LF6] keeps bytes once, by their hash, under an ending that tells what they are', async () => {
    const dir = join(tempDir(), 'media');
    const media = new MediaFolder(() => dir);
    const endings = { wav: WAV, ogg: Buffer.from('OggS…'), flac: Buffer.from('fLaC'), bin: Buffer.from('?') };
    for (const [extension, bytes] of Object.entries(endings)) {
      expect(await media.write(bytes)).toBe(sha256(bytes));
      await media.write(bytes);
      expect(readFileSync(join(dir, `${sha256(bytes)}.${extension}`)).equals(bytes)).toBe(true);
      expect(Buffer.from(await media.read(sha256(bytes))).equals(bytes)).toBe(true);
      expect(await media.has(sha256(bytes))).toBe(true);
    }
    for (const mp3 of [Buffer.from('ID3…'), Uint8Array.of(0xff, 0xfb, 0x90)]) {
      expect(readdirSync(dir)).not.toContain(`${sha256(mp3)}.mp3`);
      await media.write(mp3);
      expect(readdirSync(dir)).toContain(`${sha256(mp3)}.mp3`);
    }
    expect(await media.list()).toEqual(
      readdirSync(dir)
        .map((name) => name.slice(0, 64))
        .sort(),
    );
    expect(await media.list()).toHaveLength(6);
  });

  it('[LF6] has nothing before the first, and ignores other files', async () => {
    const dir = join(tempDir(), 'media');
    const media = new MediaFolder(() => dir);
    expect(await media.list()).toEqual([]);
    mkdirSync(dir);
    writeFileSync(join(dir, 'README.md'), '');
    expect(await media.list()).toEqual([]);
    await expect(media.read(sha256(WAV))).rejects.toMatchObject({ code: 'media/not-found' });
    await expect(media.read('../project')).rejects.toMatchObject({ code: 'media/not-found' });
  });

  it('[LF6] does not give out damaged bytes; writing them again mends the file', async () => {
    const dir = tempDir();
    const media = new MediaFolder(() => dir);
    const hash = await media.write(WAV);
    writeFileSync(join(dir, `${hash}.wav`), WAV.subarray(0, 5));
    await expect(media.read(hash)).rejects.toMatchObject({ code: 'media/damaged' });
    await media.write(WAV);
    expect(Buffer.from(await media.read(hash)).equals(WAV)).toBe(true);
    expect(readdirSync(dir)).toHaveLength(1);
  });

  it('[LF6] says when it cannot save', async () => {
    const dir = join(tempDir(), 'file');
    writeFileSync(dir, 'not a folder');
    await expect(new MediaFolder(() => dir).write(WAV)).rejects.toMatchObject({ code: 'media/not-saved' });
  });

  it('[LF6] follows to another project', async () => {
    let dir = tempDir();
    const media = new MediaFolder(() => dir);
    const hash = await media.write(WAV);
    dir = tempDir();
    expect(await media.has(hash)).toBe(false);
  });

  it('[LF6] lies in the folder of the project; a single file becomes a folder for it', async () => {
    const dir = tempDir();
    const file = join(dir, 'shop.dialtree.json');
    writeFileSync(file, printProject(sampleProject('en')));
    const store = new ProjectStore(join(dir, 'data'));
    await store.open(file);
    const hash = await new MediaFolder(() => store.mediaDir()).write(WAV);
    expect(readdirSync(join(dir, 'shop', 'media'))).toEqual([`${hash}.wav`]);
    expect((await store.current()).path).toBe(join(dir, 'shop'));
  });
});
