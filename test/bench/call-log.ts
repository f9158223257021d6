import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { queueChart } from '../../electron/services/calls/call-charts.ts';
import { callsCsv } from '../../electron/services/calls/call-csv.ts';
import { countsOf, eachCall, listCalls } from '../../electron/services/calls/call-queries.ts';
import { openTables } from '../../electron/services/calls/call-tables.ts';
import { CallWriter, dayOf } from '../../electron/services/calls/call-writer.ts';
import type { CallFilter, CallOutcome, CallRecord } from '../../shared/bridge/calls.ts';

/**
 * `npm run bench:calls -- --json`: how long the log of calls takes to answer with a million calls of a year in it.
 * Medians and the worst; fails where a question takes 200 ms or more.
 */
const CALLS = 1_000_000;
const RUNS = 7;
const LIMIT_MS = 200;
const DAY_MS = 86_400_000;
const END_MS = Date.UTC(2026, 0, 1);
const OUTCOMES: readonly CallOutcome[] = ['answered', 'answered', 'menu', 'missed', 'answered', 'interrupted'];
const NAMES = ['Anna Nowak', '', 'Żaneta Wiśniewska', 'Harbour Bikes', 'John Smith', ''];

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

function call(i: number): CallRecord {
  const startedMs = END_MS - 365 * DAY_MS + Math.floor((i / CALLS) * 365 * DAY_MS);
  // A cheap scramble, the same in every run.
  const mix = Math.imul(i ^ 0x9e3779b9, 0x85ebca6b) >>> 8;
  const outcome = OUTCOMES[mix % OUTCOMES.length] ?? 'menu';
  return {
    callId: `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`,
    startedMs,
    answeredMs: outcome === 'answered' ? startedMs + 20_000 : null,
    endedMs: startedMs + 90_000,
    caller: { number: `+48${(600_000_000 + (mix % 9_999_999)).toString()}`, name: NAMES[mix % NAMES.length] ?? '' },
    dialled: `+4822${1_000_000 + (mix % 20)}`,
    flowId: `flow-${mix % 12}`,
    queueId: mix % 3 === 0 ? null : `queue-${mix % 8}`,
    personId: outcome === 'answered' ? `person-${mix % 40}` : null,
    endCause: 'caller-hung-up',
    note: null,
    wrapUpMs: null,
    waitedMs: mix % 60_000,
    talkedMs: outcome === 'answered' ? 60_000 : 0,
    outcome,
  };
}

const dir = mkdtempSync(join(tmpdir(), 'dialtree-bench-'));
try {
  const path = join(dir, 'calls.sqlite');
  const db = openTables(path);
  const writer = new CallWriter(db);
  const fillingMs = timed(() => {
    for (let from = 0; from < CALLS; from += 10_000) {
      writer.inOne(() => {
        for (let i = from; i < from + 10_000; i++) writer.keep(call(i), []);
      });
    }
    const count = db.prepare('INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?)');
    writer.inOne(() => {
      for (let day = 0; day < 365; day++) {
        for (let node = 0; node < 200; node++) {
          for (const output of ['1', '2', 'timeout']) {
            count.run('flow-1', dayOf(END_MS - day * DAY_MS), `n${node}`, output, 'taken', day + node);
          }
        }
      }
    });
  });

  const list = (filter: CallFilter, cursor?: string) => listCalls(db, filter, cursor, 200);
  const middle = `${END_MS - 180 * DAY_MS}.500000`;
  const last30 = END_MS - 30 * DAY_MS;
  const withinMs = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`queue-${i}`, 20_000]));
  const edges = (count: number, ms: number) => Array.from({ length: count }, (_, i) => END_MS - (count - 1 - i) * ms);
  const questions: Record<string, () => unknown> = {
    'list: everything': () => list({}),
    'list: a page from the middle': () => list({}, middle),
    'filter: 30 days': () => list({ fromMs: last30 }),
    'filter: flow': () => list({ flowId: 'flow-3' }),
    'filter: rare person and outcome': () => list({ personId: 'person-39', outcome: 'answered' }),
    'filter: flow, queue, outcome': () => list({ flowId: 'flow-1', queueId: 'queue-5', outcome: 'missed' }),
    'filter: nothing fits': () => list({ flowId: 'no-such-flow' }),
    'filter: common text': () => list({ text: 'anna' }),
    'filter: text that nothing has': () => list({ text: 'no such caller' }),
    'filter: text and flow': () => list({ text: '60012', flowId: 'flow-2' }),
    'counts: 30 days': () => countsOf(db, 'flow-1', last30),
    'counts: a year': () => countsOf(db, 'flow-1', 0),
    'chart: a year by days': () => queueChart(db, { edgesMs: edges(366, DAY_MS), withinMs }),
    'chart: a queue, a year by days': () =>
      queueChart(db, { queueId: 'queue-3', edgesMs: edges(366, DAY_MS), withinMs }),
    'chart: 12 weeks by hours': () => queueChart(db, { edgesMs: edges(84 * 24, DAY_MS / 24), withinMs }),
  };
  const measured = Object.entries(questions).map(([name, ask]) => {
    const times = Array.from({ length: RUNS }, () => timed(ask)).sort((a, b) => a - b);
    return { name, medianMs: round(times[Math.floor(RUNS / 2)]), worstMs: round(times.at(-1)) };
  });
  const one = call(CALLS);
  const writeMs = round(timed(() => writer.inOne(() => writer.keep(one, []))));
  const startMs = round(timed(() => writer.inOne(() => writer.endUnfinished())));
  const csvMs = round(timed(() => callsCsv(eachCall(db, {}, 100_000))));
  db.close();
  const report = {
    calls: CALLS,
    fillingMs: round(fillingMs),
    fileMb: Math.round(statSync(path).size / 1e6),
    writeMs,
    startMs,
    csvMs,
    measured,
  };
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else {
    console.log(`${CALLS} calls, ${report.fileMb} MB; one written in ${writeMs} ms; 100,000 as CSV in ${csvMs} ms`);
    console.table(measured);
  }
  if (measured.some(({ medianMs }) => medianMs >= LIMIT_MS)) process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function timed(run: () => unknown): number {
  const begunMs = performance.now();
  run();
  return performance.now() - begunMs;
}

function round(ms = Number.NaN): number {
  return Math.round(ms * 10) / 10;
}
