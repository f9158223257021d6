import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { callsCsv } from '../../../../electron/services/calls/call-csv.ts';
import { countsOf, eachCall, getCall, listCalls } from '../../../../electron/services/calls/call-queries.ts';
import { openTables } from '../../../../electron/services/calls/call-tables.ts';
import { CallWriter } from '../../../../electron/services/calls/call-writer.ts';
import type { CallFilter, CallRecord } from '../../../../shared/bridge/calls.ts';
import { callRecord } from '../../../support/fake-call-log.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let db: DatabaseSync;
let writer: CallWriter;

beforeEach(() => {
  db = openTables(join(tempDir(), 'calls.sqlite'));
  writer = new CallWriter(db);
  onTestFinished(() => db.close());
});

function keep(...parts: Partial<CallRecord>[]): void {
  for (const part of parts) writer.keep(callRecord(part), []);
}

const ids = (filter: CallFilter) => listCalls(db, filter, undefined, 200).calls.map(({ callId }) => callId);

describe('a list', () => {
  it('comes in pages, the newest first, and new calls move nothing', () => {
    for (let i = 0; i < 25; i++) keep({ callId: `c${i}`, startedMs: 1000 + Math.floor(i / 3) });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = listCalls(db, {}, cursor, 10);
      expect(page.calls.length).toBeLessThanOrEqual(10);
      seen.push(...page.calls.map(({ callId }) => callId));
      cursor = page.cursor ?? undefined;
      keep({ callId: `new${seen.length}`, startedMs: 5000 });
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `c${24 - i}`));
  });

  it('gives every record back as it was kept', () => {
    const live = callRecord({ callId: 'live', endedMs: null, answeredMs: null, outcome: null, endCause: null });
    const done = callRecord({ callId: 'done', queueId: 'sales', personId: 'ola', startedMs: 1 });
    writer.keep(live, []);
    writer.keep(done, [{ atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'a' }]);
    expect(listCalls(db, {}, undefined, 10)).toEqual({ calls: [live, done], cursor: null, total: 2 });
    expect(getCall(db, 'done')).toEqual({
      call: done,
      trace: [{ atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'a' }],
    });
    expect(() => getCall(db, 'gone')).toThrow(expect.objectContaining({ code: 'calls/unknown' }));
  });

  it('holds what every part of the filter fits', () => {
    keep(
      { callId: 'a', startedMs: 100, caller: { number: '600', name: 'Żaneta 50%' }, queueId: 'sales' },
      { callId: 'b', startedMs: 200, caller: { number: '601', name: '' }, personId: 'ola', dialled: 'flow.main' },
      { callId: 'c', startedMs: 300, flowId: 'sub', outcome: 'missed' },
    );
    expect(ids({ fromMs: 200 })).toEqual(['c', 'b']);
    expect(ids({ toMs: 200 })).toEqual(['a']);
    expect(ids({ text: 'żANETA' })).toEqual(['a']);
    expect(ids({ text: '0%' })).toEqual(['a']);
    expect(ids({ text: 'FLOW.' })).toEqual(['b']);
    expect(ids({ text: '' })).toHaveLength(3);
    expect(ids({ queueId: 'sales' })).toEqual(['a']);
    expect(ids({ personId: 'ola' })).toEqual(['b']);
    expect(ids({ flowId: 'sub', outcome: 'missed' })).toEqual(['c']);
    expect(ids({ flowId: 'sub', outcome: 'menu' })).toEqual([]);
  });
});

it('counts are of one flow, and of the days that were asked for', () => {
  const dayMs = 86_400_000;
  const trace = [
    { atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'a' },
    { atMs: 1, type: 'outcome', nodeId: 'a', output: 'next' },
    { atMs: 1, type: 'node-entered', flowId: 'main', nodeId: 'call-sub' },
    { atMs: 2, type: 'node-entered', flowId: 'sub', nodeId: 's' },
    { atMs: 3, type: 'outcome', nodeId: 's', output: 'done' },
    { atMs: 4, type: 'returned', flowId: 'main', nodeId: 'call-sub', result: 'done' },
    { atMs: 5, type: 'outcome', nodeId: 'call-sub', output: 'done' },
    { atMs: 6, type: 'node-entered', flowId: 'main', nodeId: 'desk' },
    { atMs: 7, type: 'answered', nodeId: 'desk', by: 'ola' },
    { atMs: 8, type: 'ended', by: 'caller', cause: 'normal' },
  ] as const;
  for (const day of [0, 10, 10, 11]) writer.count(callRecord({ startedMs: day * dayMs + 5 }), trace);
  writer.count(callRecord({ startedMs: 11 * dayMs }), [trace[0], trace[9]]);
  expect(countsOf(db, 'main', 10 * dayMs + 7)).toEqual({
    wires: [
      { nodeId: 'a', output: 'next', count: 3 },
      { nodeId: 'call-sub', output: 'done', count: 3 },
    ],
    drops: [{ nodeId: 'a', count: 1 }],
  });
  expect(countsOf(db, 'sub', 0).wires).toEqual([{ nodeId: 's', output: 'done', count: 4 }]);
});

it('CSV quotes what must be and defuses what a spreadsheet would run', () => {
  keep({ callId: 'a', caller: { number: '+48600', name: '=HYPERLINK("x")' }, dialled: 'a,b', endCause: '\t@x' });
  keep({ callId: '-b', startedMs: 0, answeredMs: null, caller: { number: '', name: 'Ann "A"\nB' } });
  const recordings = new Map([['a', ['a.wav', 'a_2.wav']]]);
  const lines = callsCsv(eachCall(db, {}, 10), recordings).split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^started,answered,ended,caller,caller_name,dialled,/);
  expect(lines[1]).toBe(
    `2023-11-14T22:13:20.000Z,2023-11-14T22:13:40.000Z,2023-11-14T22:14:40.000Z,'+48600,"'=HYPERLINK(""x"")","a,b",` +
      `main,,,answered,'\t@x,15.0,60.0,,,,a.wav a_2.wav,a`,
  );
  expect(lines[2]).toContain(`,,"Ann ""A""\nB",100,`);
  expect(lines[2]?.endsWith(`,'-b`)).toBe(true);
});
