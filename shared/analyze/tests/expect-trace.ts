import type { TraceEntry } from '../../engine/events.ts';
import type { FlowProgram } from '../../engine/program.ts';
import type { Expectations } from '../../flow/project-test.ts';
import { destinationsOf, saidIn, visitsIn } from './call-facts.ts';

/** Longest lists that a test keeps. */
const MAX_ENTRIES = 1000;

/** What a call did, as what a test expects: the nodes it entered, what was said, and where it got to. */
export function expectTrace(program: FlowProgram, trace: readonly TraceEntry[]): Expectations {
  const destination = destinationsOf(trace).at(-1);
  const hears = saidIn(program, trace).filter((text) => text !== '');
  return {
    visits: visitsIn(trace)
      .slice(0, MAX_ENTRIES)
      .map(({ flowId, nodeId }) => `${flowId}/${nodeId}`),
    ...(hears.length > 0 && { hears: hears.slice(0, MAX_ENTRIES) }),
    ...(destination && { destination }),
  };
}
