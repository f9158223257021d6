import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CallbackList } from '../../../electron/services/callback-list.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { tempDir } from '../../support/temp-dir.ts';

const wish = (number: string, queueId = 'sales') => ({ number, name: '', queueId, queue: 'Sales' });
const file = () => join(tempDir(), 'deep', 'callbacks.json');
const open = (path: string) => new CallbackList(path, new ManualClock(1000));

it('keeps wishes in their order, over a restart', async () => {
  const path = file();
  const list = open(path);
  expect(await list.list()).toEqual([]);
  await Promise.all([list.add(wish('1')), list.add({ ...wish('2'), language: 'pl' }), list.add(wish('3'))]);
  const kept = await open(path).list();
  expect(kept).toMatchObject([{ number: '1', requestedAtMs: 1000 }, { number: '2', language: 'pl' }, { number: '3' }]);
  expect(new Set(kept.map(({ id }) => id)).size).toBe(3);
  expect(statSync(path).mode & 0o077).toBe(0);
});

it('keeps the first place of who asks again, for each queue', async () => {
  const list = open(file());
  await list.add(wish('1'));
  await list.add(wish('2'));
  const again = await list.add(wish('1'));
  expect(again.callbacks.map(({ number }) => number)).toEqual(['1', '2']);
  expect(again.callback).toBe(again.callbacks[0]);
  expect((await list.add(wish('1', 'support'))).callbacks).toHaveLength(3);
});

it('takes out who was called back, once', async () => {
  const path = file();
  const list = open(path);
  const { callback } = await list.add(wish('1'));
  await list.add(wish('2'));
  await list.remove(callback.id);
  expect((await list.remove(callback.id)).map(({ number }) => number)).toEqual(['2']);
  expect(await open(path).list()).toHaveLength(1);
});

it('notes what was tried, once each, over a restart; asking again is a new beginning', async () => {
  const path = file();
  const list = open(path);
  const { id } = (await list.add(wish('1'))).callback;
  const tries = { attempts: 1, triedAtMs: 5, outcome: 'busy', failed: false } as const;
  await list.noteTries(id, tries);
  await list.noteTries(id, { ...tries, triedAtMs: 6 });
  await list.noteTries('another', tries);
  expect(await open(path).list()).toMatchObject([{ id, tries }]);
  expect((await list.add(wish('1'))).callback.tries).toEqual(tries);
  await list.noteTries(id, { ...tries, attempts: 2, failed: true });
  expect((await list.add(wish('1'))).callback).not.toHaveProperty('tries');
  expect((await open(path).list())[0]).not.toHaveProperty('tries');
});

it('does not write over a file that it cannot read, and says so', async () => {
  const path = join(tempDir(), 'callbacks.json');
  for (const text of ['not json', '[{"number": 1}]', '{}']) {
    writeFileSync(path, text);
    await expect(open(path).add(wish('1'))).rejects.toMatchObject({ code: 'callbacks/unreadable' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  }
});

it('does not tell anyone of what is not on disk', async () => {
  const path = join(tempDir(), 'callbacks.json');
  writeFileSync(path, '[]');
  // A folder in the way of the file beside it.
  const list = new CallbackList(join(path, 'callbacks.json'), new ManualClock());
  await expect(list.add(wish('1'))).rejects.toThrow();
  await expect(list.list()).rejects.toThrow();
});

it('is full at some time', async () => {
  const path = join(tempDir(), 'callbacks.json');
  const kept = Array.from({ length: 1000 }, (_, n) => ({ id: `${n}`, ...wish(`${n}`), requestedAtMs: 0 }));
  writeFileSync(path, JSON.stringify(kept));
  await expect(open(path).add(wish('more'))).rejects.toMatchObject({ code: 'callbacks/full' });
});
