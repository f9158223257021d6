import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RecentProjects } from '../../../../electron/services/files/recent-projects.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const recentIn = (text?: string) => {
  const file = join(tempDir(), 'recent.json');
  if (text !== undefined) writeFileSync(file, text);
  return { file, recent: new RecentProjects(file) };
};
const paths = async (recent: RecentProjects) => (await recent.list()).map(({ path }) => path);

test('the last one is first, each is there once, and there are twelve', async () => {
  const { recent } = recentIn();
  for (let n = 1; n <= 15; n++) await recent.remember(`/p${n}`, n);
  await recent.remember('/p10', 16);
  expect((await paths(recent)).slice(0, 3)).toEqual(['/p10', '/p15', '/p14']);
  expect(await paths(recent)).toHaveLength(12);
});

test('the file of before there was a list is understood', async () => {
  const { recent } = recentIn('{"path":"/old"}');
  expect(await paths(recent)).toEqual(['/old']);
  await recent.remember('/new', 1);
  expect(await paths(recent)).toEqual(['/new', '/old']);
});

test.each(['', '{', '[]', '{"recent": 5}', '{"recent": [{"path": 1}]}'])(
  'a file that cannot be read (%s) says that none was',
  async (text) => {
    const { recent } = recentIn(text);
    expect(await paths(recent)).toEqual([]);
  },
);

test('nothing is written when nothing changed', async () => {
  const { file, recent } = recentIn();
  await recent.remember('/p', 1);
  const before = statSync(file).ino;
  await recent.remember('/p', 2);
  expect(statSync(file).ino).toBe(before);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ recent: [{ path: '/p', openedAtMs: 1 }] });
});
