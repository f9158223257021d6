import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { queueChart } from '../../../../electron/services/calls/call-charts.ts';
import { openTables } from '../../../../electron/services/calls/call-tables.ts';
import { CallWriter } from '../../../../electron/services/calls/call-writer.ts';
import type { CallRecord } from '../../../../shared/bridge/calls.ts';
import { callRecord } from '../../../support/fake-call-log.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let db: DatabaseSync;
const EDGES = [1000, 2000, 3000];
const WITHIN = { sales: 10_000, help: 60_000 };
const NONE = { answered: 0, abandoned: 0, within: 0, answerMs: 0, talkMs: 0 };

beforeEach(() => {
  db = openTables(join(tempDir(), 'calls.sqlite'));
  onTestFinished(() => db.close());
  const writer = new CallWriter(db);
  const keep = (callId: string, startedMs: number, part: Partial<CallRecord>) =>
    writer.keep(callRecord({ callId, startedMs, waitedMs: 5000, talkedMs: 60_000, ...part }), []);
  const missed = { answeredMs: null, outcome: 'missed', talkedMs: 0 } as const;
  keep('before', 999, { queueId: 'sales' });
  keep('first', 1000, { queueId: 'sales' });
  keep('late', 1999, { queueId: 'sales', waitedMs: 10_001 });
  keep('gone', 1500, { queueId: 'sales', ...missed });
  keep('help', 2000, { queueId: 'help', waitedMs: 60_000 });
  keep('deleted', 2999, { queueId: 'old' });
  keep('after', 3000, { queueId: 'sales' });
  keep('menu', 1500, { queueId: null });
  keep('live', 1500, { queueId: 'help', answeredMs: null, endedMs: null, outcome: null, talkedMs: 0 });
});

describe('charts of queues', () => {
  it('count the calls that began in each stretch, and those of each queue', () => {
    const { stretches, queues } = queueChart(db, { edgesMs: EDGES, withinMs: WITHIN });
    expect(stretches).toEqual([
      { answered: 2, abandoned: 1, within: 1, answerMs: 15_001, talkMs: 120_000 },
      // A queue that the project has no more still had its calls; nobody knows what was soon enough.
      { answered: 2, abandoned: 0, within: 1, answerMs: 65_000, talkMs: 120_000 },
    ]);
    expect(queues.map(({ queueId, answered, abandoned }) => [queueId, answered, abandoned])).toEqual([
      ['help', 1, 0],
      ['old', 1, 0],
      ['sales', 2, 1],
    ]);
  });

  it('of one queue are of that one only; where nothing was, nothing is', () => {
    const { stretches, queues } = queueChart(db, { queueId: 'help', edgesMs: EDGES, withinMs: WITHIN });
    expect(stretches).toEqual([NONE, { answered: 1, abandoned: 0, within: 1, answerMs: 60_000, talkMs: 60_000 }]);
    expect(queues).toHaveLength(1);
    expect(queueChart(db, { queueId: 'none', edgesMs: EDGES, withinMs: WITHIN })).toEqual({
      stretches: [NONE, NONE],
      queues: [],
    });
    db.exec('DELETE FROM calls');
    expect(queueChart(db, { edgesMs: EDGES, withinMs: WITHIN }).queues).toEqual([]);
  });
});
