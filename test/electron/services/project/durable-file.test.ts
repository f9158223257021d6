import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeLeftOvers, writeDurably } from '../../../../electron/services/project/durable-file.ts';
import { tempDir } from '../../../support/temp-dir.ts';

describe('writeDurably', () => {
  it('makes the folder, replaces the file and leaves nothing beside it', async () => {
    const dir = join(tempDir(), 'a', 'b');
    await writeDurably(join(dir, 'x.json'), 'one');
    await writeDurably(join(dir, 'x.json'), Buffer.from('two'));
    expect(readFileSync(join(dir, 'x.json'), 'utf8')).toBe('two');
    expect(readdirSync(dir)).toEqual(['x.json']);
  });

  it('keeps the permissions of the file', async () => {
    const path = join(tempDir(), 'x.json');
    writeFileSync(path, 'one');
    chmodSync(path, 0o600);
    await writeDurably(path, 'two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it fails', async () => {
    const dir = tempDir();
    await expect(writeDurably(join(dir, 'x'.repeat(300)), 'one')).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
    const folder = join(dir, 'folder');
    await writeDurably(join(folder, 'file'), 'one');
    await expect(writeDurably(folder, 'two')).rejects.toThrow();
    expect(readdirSync(dir)).toEqual(['folder']);
  });
});

it('takes away left-overs of a crash, but not those of a write that is going on', async () => {
  const dir = tempDir();
  const nowMs = Date.now();
  for (const name of ['.x.json.0123456789ab.tmp', '.x.json.ba9876543210.tmp', 'x.tmp']) {
    writeFileSync(join(dir, name), '');
  }
  utimesSync(join(dir, '.x.json.0123456789ab.tmp'), nowMs / 1000 - 120, nowMs / 1000 - 120);
  utimesSync(join(dir, 'x.tmp'), nowMs / 1000 - 120, nowMs / 1000 - 120);
  await removeLeftOvers(dir, nowMs);
  expect(readdirSync(dir).sort()).toEqual(['.x.json.ba9876543210.tmp', 'x.tmp']);
  await removeLeftOvers(join(dir, 'none'), nowMs);
});
