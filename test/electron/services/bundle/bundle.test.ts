import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensionFor } from '../../../../electron/services/bundle/media-type.ts';
import { BUNDLE_LIMITS, readBundle } from '../../../../electron/services/bundle/read-bundle.ts';
import { writeBundle } from '../../../../electron/services/bundle/write-bundle.ts';
import { MediaFolder } from '../../../../electron/services/project/media-store.ts';
import { printProject } from '../../../../shared/flow/canonical.ts';
import { type Project, ProjectSchema } from '../../../../shared/flow/project.ts';
import { arbitraryProject } from '../../../support/arbitrary-project.ts';
import { type RawEntry, rawZip } from '../../../support/raw-zip.ts';
import { sampleProject } from '../../../support/sample-project.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const WAV = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(200, 7)]);
const MP3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(100, 1)]);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const audio = (bytes: Uint8Array) => ({ kind: 'audio', sha256: hashOf(bytes), fileName: 'a', durationMs: 1 }) as const;
const PROJECT: RawEntry = { name: 'project.json', content: printProject(sampleProject()) };
const recording = (bytes: Uint8Array, extension = 'wav'): RawEntry => ({
  name: `media/${hashOf(bytes)}.${extension}`,
  content: bytes,
});

/** A project that plays these, and a store that has them. */
async function withRecordings(...all: readonly Uint8Array[]) {
  const dir = tempDir();
  const media = new MediaFolder(() => dir);
  for (const bytes of all) await media.write(bytes);
  const prompts = Object.fromEntries(
    all.map((bytes, index) => [`p${index}`, { name: `P${index}`, sources: { en: audio(bytes) } }]),
  );
  return { media, project: ProjectSchema.parse({ ...sampleProject(), prompts }) };
}

describe('a bundle', () => {
  it('[BU1] holds the project and its recordings, and is the same each time', async () => {
    const { media, project } = await withRecordings(WAV, MP3);
    const one = await writeBundle(project, media);
    expect(one.missing).toEqual([]);
    expect(
      Buffer.compare(one.bytes as Buffer, (await writeBundle(structuredClone(project), media)).bytes as Buffer),
    ).toBe(0);
    const back = await readBundle(one.bytes);
    expect(back.project).toEqual(project);
    expect(back.recordings.map(({ hash }) => hash).toSorted()).toEqual([hashOf(WAV), hashOf(MP3)].toSorted());
  });

  it('[BU1] gives any project back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProject, async (project: Project) => {
        const { bytes } = await writeBundle(project, null);
        expect((await readBundle(bytes)).project).toEqual(project);
      }),
      { numRuns: 25 },
    );
  });

  it('[BU6] tells which recordings are missing, on the way out and in', async () => {
    const { project } = await withRecordings(WAV);
    const { bytes, missing } = await writeBundle(project, null);
    expect(missing).toEqual([hashOf(WAV)]);
    expect(await readBundle(bytes)).toMatchObject({ recordings: [], missing: [hashOf(WAV)] });
  });

  it('[BU6] leaves out what the project does not play, and takes it when it is there', async () => {
    const { media } = await withRecordings(WAV);
    expect((await readBundle((await writeBundle(sampleProject(), media)).bytes)).recordings).toEqual([]);
    expect((await readBundle(rawZip([PROJECT, recording(WAV)]))).recordings).toHaveLength(1);
  });

  it.each([
    ['../project.json'],
    ['media/../../x.wav'],
    ['/etc/passwd'],
    ['C:\\x.wav'],
    ['media\\x.wav'],
    ['notes.txt'],
    ['media/short.wav'],
    [`media/${'a'.repeat(64)}.exe`],
    ['Project.json'],
  ])('[BU3] with an entry "%s" is refused', async (name) => {
    const bytes = rawZip([PROJECT, { name, content: WAV }]);
    await expect(readBundle(bytes)).rejects.toMatchObject({
      code: expect.stringMatching(/^bundle\/(foreign-entry|damaged)$/),
    });
  });

  it('[BU3] with a link or two of a name is refused, and so is an encrypted entry', async () => {
    const bad: RawEntry[] = [{ ...recording(WAV), mode: 0o120777 }, PROJECT, { ...PROJECT, name: 'PROJECT.json' }];
    for (const entry of bad) {
      await expect(readBundle(rawZip([PROJECT, entry]))).rejects.toMatchObject({ code: 'bundle/foreign-entry' });
    }
    const encrypted = readBundle(rawZip([PROJECT, { ...recording(WAV), encrypted: true }]));
    await expect(encrypted).rejects.toMatchObject({ code: expect.stringMatching(/^bundle\/(foreign-entry|damaged)$/) });
  });

  it('[BU4] that is too large in any way is refused, before it is unpacked where it says so', async () => {
    const limits = { file: 20_000_000, entries: 3, project: 200_000, recording: 1000, unpacked: 201_000 };
    const big = Buffer.concat([WAV, Buffer.alloc(1000)]);
    await expect(readBundle(rawZip([PROJECT, recording(big)]), limits)).rejects.toMatchObject({
      code: 'bundle/too-large',
    });
    const many = Array.from({ length: 4 }, (_, index) => recording(Buffer.concat([WAV, Buffer.from([index])])));
    await expect(readBundle(rawZip(many), limits)).rejects.toMatchObject({ params: { what: 'entries' } });
    await expect(readBundle(rawZip([PROJECT]), { ...limits, file: 100 })).rejects.toMatchObject({
      params: { what: 'file' },
    });
    await expect(readBundle(rawZip([PROJECT]), { ...limits, project: 100 })).rejects.toMatchObject({
      params: { what: 'project.json' },
    });
  });

  it('[BU4] a bomb is refused where it unpacks to more than it says', async () => {
    const zeros = Buffer.alloc(50_000_000);
    const honest = rawZip([{ name: 'project.json', content: zeros, deflated: true }]);
    expect(honest.length).toBeLessThan(60_000);
    await expect(readBundle(honest, { ...BUNDLE_LIMITS, project: 1_000_000 })).rejects.toMatchObject({
      code: 'bundle/too-large',
    });
    const lying = rawZip([{ name: 'project.json', content: zeros, deflated: true, size: 1000 }]);
    await expect(readBundle(lying, { ...BUNDLE_LIMITS, project: 1_000_000 })).rejects.toMatchObject({
      code: 'bundle/damaged',
    });
  });

  it('[BU5] with a wrong checksum, hash, type or project is refused', async () => {
    const wrong: [RawEntry[], string][] = [
      [[{ ...PROJECT, crc: 1 }], 'bundle/damaged'],
      [[PROJECT, { ...recording(WAV), name: `media/${'0'.repeat(64)}.wav` }], 'bundle/damaged'],
      [[PROJECT, recording(Buffer.from('#!/bin/sh\n'))], 'bundle/foreign-entry'],
      [[PROJECT, recording(WAV, 'mp3')], 'bundle/foreign-entry'],
      [[recording(WAV)], 'bundle/no-project'],
      [[{ ...PROJECT, content: '{"format"' }], 'project/not-json'],
      [[{ ...PROJECT, content: '{"format":"dialtree","version":99}' }], 'project/newer-version'],
    ];
    for (const [entries, code] of wrong)
      await expect(readBundle(rawZip(entries)), code).rejects.toMatchObject({ code });
  });

  it.each(['', 'hello', 'PK\x05\x06'])('that is no zip (%j) is told', async (text) => {
    await expect(readBundle(Buffer.from(text, 'latin1'))).rejects.toMatchObject({ code: 'bundle/not-zip' });
  });

  it('[BU2] that is damaged anywhere is taken whole or told, never a crash', async () => {
    const { media, project } = await withRecordings(WAV, MP3);
    const whole = (await writeBundle(project, media)).bytes;
    const damage = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(damage, async ([at, byte, cut]) => {
        const bytes = Uint8Array.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) bytes[at] = byte;
        try {
          const found = await readBundle(bytes);
          expect(found.project).toEqual(project);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^(bundle|project)\//) });
        }
      }),
      { numRuns: 150 },
    );
  });
});

it('recordings are known by their bytes', () => {
  expect(extensionFor(WAV)).toBe('wav');
  expect(extensionFor(MP3)).toBe('mp3');
  expect(extensionFor(Buffer.from('OggS..'))).toBe('ogg');
  expect(extensionFor(Buffer.from('fLaC..'))).toBe('flac');
  expect(extensionFor(Buffer.from('\0\0\0\x20ftypM4A '))).toBe('m4a');
  expect(extensionFor(Buffer.from('MZ'))).toBeUndefined();
});
