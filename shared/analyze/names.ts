import { numberOfDefaultHandling } from '../engine/default-handling.ts';
import type { CallInfo } from '../engine/events.ts';
import type { Origin } from '../engine/program.ts';
import type { Project } from '../flow/project.ts';
import { lookup } from '../lib/record.ts';

/** What a node is called; its type where it has no name. */
export function nodeName(project: Project, { flowId, nodeId }: Origin): string {
  const node = lookup(lookup(project.flows, flowId)?.nodes ?? {}, nodeId);
  return node?.name.trim() || node?.type || nodeId;
}

/** What a target is called: the number as dialled, or the flow's name. */
export function targetName(project: Project, target: CallInfo['target']): string {
  if (target.kind === 'number') return lookup(project.numbers, target.numberId)?.number ?? target.numberId;
  return lookup(project.flows, target.flowId)?.name ?? target.flowId;
}

/** The number whose default handling an operation is, as dialled; null for what is drawn in a flow. */
export function numberAt(project: Project, { flowId, nodeId }: Origin): string | null {
  if (flowId !== '') return null;
  const numberId = numberOfDefaultHandling(nodeId);
  return (numberId === null ? undefined : lookup(project.numbers, numberId)?.number) ?? '';
}
