import { createNode } from '../../shared/flow/catalogue.ts';
import type { FlowId } from '../../shared/flow/ids.ts';
import type { Flow, Project } from '../../shared/flow/project.ts';

/** A new flow: its start, ready to go on from. */
export function emptyFlow(name: string, startName: string): Flow {
  return { name, description: '', nodes: { start: createNode('start', startName, { x: 0, y: 0 }) } };
}

/** A copy under another name. Nodes keep their ids, which are those of their own flow only. */
export function copyOfFlow(flow: Flow, name: string): Flow {
  return { ...structuredClone(flow), name: name.slice(0, 100) };
}

/**
 * Takes a flow out. Numbers that led into it go back to their default handling, so that no call is lost.
 */
export function removeFlow(project: Project, flowId: FlowId): Project {
  const { [flowId]: removed, ...flows } = project.flows;
  if (!removed) return project;
  const numbers = Object.fromEntries(
    Object.entries(project.numbers).map(([id, number]) => {
      if (number.flowId !== flowId) return [id, number];
      const { flowId: _gone, ...rest } = number;
      return [id, { ...rest, useVoiceMenu: false }];
    }),
  );
  return { ...project, flows, numbers };
}

/** A name that none of the things has: `base`, else `base 2`, `base 3`… */
export function freeNameAmong(things: Readonly<Record<string, { readonly name: string }>>, base: string): string {
  const taken = new Set(Object.values(things).map(({ name }) => name));
  if (!taken.has(base)) return base;
  let count = 2;
  while (taken.has(`${base} ${count}`)) count++;
  return `${base} ${count}`;
}
