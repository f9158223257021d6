import type { Origin } from '../../engine/program.ts';
import { lookup } from '../../lib/record.ts';
import type { Observation, StateGraph } from './graph.ts';

/** Where a path ends: a state's path, and some outcomes more. */
export interface PathEnd {
  readonly index: number;
  readonly further: readonly string[];
}

/** A place of the drawing, with an output where it is about one. */
export interface Place extends Origin {
  readonly output?: string;
}

/** Something that happens at a place, and the first way to it. */
export interface Fact {
  readonly place: Place;
  readonly path: PathEnd;
}

/** What was seen on the way: each thing once, with the first path that shows it. */
export class Facts {
  /** Nodes entered, by `placeKey`. */
  readonly entered = new Map<string, Fact>();
  /** Outputs taken. */
  readonly taken = new Map<string, Fact>();
  /** Guards that stopped a call. */
  readonly guards = new Map<string, Fact>();
  /** Ends by the flow of which the caller heard nothing. */
  readonly silentEnds = new Map<string, Fact>();
  /** Ends with the cause `failure`. */
  readonly failedEnds = new Map<string, Fact>();

  note(graph: StateGraph, { from, via, to, trace }: Observation): void {
    const path = from < 0 ? { index: to, further: [] } : { index: from, further: via };
    let place = placeOf(graph, from);
    for (const entry of trace) {
      switch (entry.type) {
        case 'node-entered':
          place = { flowId: entry.flowId, nodeId: entry.nodeId };
          keep(this.entered, place, path);
          break;
        case 'default-handling':
          place = { flowId: '', nodeId: `default:${entry.numberId ?? ''}` };
          break;
        case 'outcome':
          if (entry.nodeId === place.nodeId) keep(this.taken, { ...place, output: entry.output }, path);
          break;
        case 'guard':
          keep(this.guards, entry.nodeId === place.nodeId ? place : guardPlace(graph, place, entry.nodeId), path);
          break;
        case 'ended':
          if (entry.by !== 'flow') break;
          if (entry.cause === 'failure') keep(this.failedEnds, place, path);
          else if (!graph.nodes[to]?.heard) keep(this.silentEnds, place, path);
          break;
      }
    }
  }
}

/** Identity of a place. */
export function placeKey({ flowId, nodeId, output }: Place): string {
  return output === undefined ? `${flowId}/${nodeId}` : `${flowId}/${nodeId} ${output}`;
}

function keep(facts: Map<string, Fact>, place: Place, path: PathEnd): void {
  const key = placeKey(place);
  if (!facts.has(key)) facts.set(key, { place, path });
}

function placeOf(graph: StateGraph, index: number): Place {
  const wait = graph.nodes[index]?.state.wait;
  const op = wait && 'opId' in wait ? lookup(graph.program.ops, wait.opId) : undefined;
  return op?.origin ?? { flowId: '', nodeId: '' };
}

/** A guard speaks of the node that would have been entered: one of the same flow, where there is one of that name. */
function guardPlace(graph: StateGraph, place: Place, nodeId: string): Place {
  return lookup(graph.program.ops, `${place.flowId}/${nodeId}`)?.origin ?? { flowId: '', nodeId };
}
