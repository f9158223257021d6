import type { callLogCalls } from '../../../shared/bridge/calls.ts';
import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { queueChart } from './call-charts.ts';
import { callsCsv } from './call-csv.ts';
import { personFigures, queueFigures } from './call-figures.ts';
import type { CallLog } from './call-log.ts';
import { callsOfCaller, countsOf, eachCall, getCall, listCalls, totalCalls } from './call-queries.ts';

/** More than a spreadsheet shows with ease; the rest is for a narrower filter. */
export const MAX_CSV_CALLS = 100_000;

/** The calls of the contract that the log answers, and those about live calls. */
export function callLogHandlers(
  theLog: () => CallLog,
  theRecordings: () => Pick<RecordingStore, 'fileNames'>,
): Pick<BridgeHandlers, keyof typeof callLogCalls | 'calls.active' | 'calls.trace'> {
  return {
    'calls.active': async () => theLog().active(),
    'calls.trace': async ({ callId }) => [...theLog().trace(callId)],
    'callLog.list': async ({ filter, cursor, limit }) => listCalls(theLog().read(), filter, cursor, limit),
    'callLog.get': async ({ callId }) => getCall(theLog().read(), callId),
    'callLog.counts': async ({ flowId, sinceMs }) => countsOf(theLog().read(), flowId, sinceMs),
    'callLog.ofCaller': async ({ number, limit }) => ({ calls: callsOfCaller(theLog().read(), number, limit) }),
    'callLog.note': async ({ callId, ...note }) => {
      theLog().note(callId, note);
      return {};
    },
    'callLog.person': async ({ personId, sinceMs }) => personFigures(theLog().read(), personId, sinceMs),
    'callLog.queues': async ({ sinceMs, withinMs }) => ({ queues: queueFigures(theLog().read(), sinceMs, withinMs) }),
    'callLog.chart': async (input) => queueChart(theLog().read(), input),
    'callLog.csv': async ({ filter }) => {
      const db = theLog().read();
      const leftOut = Math.max(0, totalCalls(db, filter) - MAX_CSV_CALLS);
      const recordings = await theRecordings().fileNames();
      return { csv: callsCsv(eachCall(db, filter, MAX_CSV_CALLS), recordings), leftOut };
    },
  };
}
