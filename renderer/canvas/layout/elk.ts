import ElkApi, { type ELK } from 'elkjs/lib/elk-api.js';
import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { NodeId } from '../../../shared/flow/ids.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import type { Position } from '../../store/flow-edits.ts';
import { elkGraph, positionsFrom, type Sizes } from './arrange.ts';

let elk: ELK | undefined;

/** Finds good places for all nodes, in a worker. Import this file lazily: ELK is 1.6 MB, needed on a click only. */
export async function arrange(flow: Flow, sizes: Sizes): Promise<Record<NodeId, Position>> {
  elk ??= new ElkApi({ workerFactory: () => new Worker(elkWorkerUrl) });
  const graph = elkGraph(flow, sizes);
  // ELK writes into what it is given; the graph is ours alone.
  const { children = [] } = await elk.layout(structuredClone(graph) as Parameters<ELK['layout']>[0]);
  return positionsFrom(children, flow);
}
