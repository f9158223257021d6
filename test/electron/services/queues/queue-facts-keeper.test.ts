import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { QueueFactsKeeper, WRITE_EVERY_MS } from '../../../../electron/services/queues/queue-facts-keeper.ts';
import type { KeptQueueFacts } from '../../../../shared/bridge/queue-facts.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { eventually } from '../../../support/eventually.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let clock: ManualClock;
let dir: string;
let path: string;
let sent: Record<string, KeptQueueFacts>[];

const facts = (calls: number): KeptQueueFacts => ({
  lastRung: 'ann',
  members: { ann: { calls, lastCallMs: 5 }, bob: { calls: 0, lastCallMs: null } },
  waits: [{ waitedMs: 1234.5, answeredAtMs: 5 }],
});

function open(): QueueFactsKeeper {
  const send = ({ records }: { records: Record<string, KeptQueueFacts> }) => sent.push(records);
  const keeper = new QueueFactsKeeper({ path, clock, logger: silentLogger, send });
  keeper.open();
  return keeper;
}

/** Calls of Ann in the queue `q` that the file knows. */
const written = (): number | undefined =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).q.members.ann.calls : undefined;

beforeEach(() => {
  clock = new ManualClock();
  dir = tempDir();
  path = join(dir, 'data', 'queues.json');
  sent = [];
});

test('[QD11] what a queue has learnt is sent again at each start of the PBX, also of the app', async () => {
  const keeper = open();
  keeper.handlePbxStarted();
  keeper.handleFacts('q', facts(1));
  keeper.handleFacts('other', facts(7));
  keeper.handlePbxStarted();
  expect(sent).toEqual([{}, { q: facts(1), other: facts(7) }]);
  await keeper.close();
  open().handlePbxStarted();
  expect(sent.at(-1)).toEqual({ q: facts(1), other: facts(7) });
});

test('the first change is written at once, further ones once a second at most, the last one at the end', async () => {
  const keeper = open();
  keeper.handleFacts('q', facts(1));
  await eventually('the first', () => written() === 1);
  keeper.handleFacts('q', facts(2));
  keeper.handleFacts('q', facts(3));
  clock.advance(WRITE_EVERY_MS - 1);
  expect(clock.pending).toBe(1);
  expect(written()).toBe(1);
  clock.advance(1);
  await eventually('the third', () => written() === 3);
  keeper.handleFacts('q', facts(4));
  await keeper.close();
  expect([written(), clock.pending]).toEqual([4, 0]);
});

test('nothing more is written while nothing happens', async () => {
  const keeper = open();
  keeper.handleFacts('q', facts(1));
  clock.advance(WRITE_EVERY_MS);
  expect(clock.pending).toBe(0);
  await keeper.close();
});

test('a file that cannot be read is set aside, and work goes on', async () => {
  const keeper = open();
  keeper.handleFacts('q', facts(1));
  await keeper.close();
  writeFileSync(path, '{"q":');
  open().handlePbxStarted();
  expect(sent.at(-1)).toEqual({});
  expect(readdirSync(join(dir, 'data'))).toEqual([`queues.json.damaged-${clock.wallMs()}`]);
});
