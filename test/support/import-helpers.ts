import { lowerProject } from '../../shared/engine/lower/index.ts';
import type { FlowNode } from '../../shared/flow/catalogue.ts';
import { type Flow, type Project, ProjectSchema } from '../../shared/flow/project.ts';
import type { Imported, NewId } from '../../shared/import/draft.ts';

/** Identities `f1`, `q2`… in the order in which they are asked for. */
export function countingIds(): NewId {
  let count = 0;
  return (prefix) => `${prefix}${++count}`;
}

/** A project with nothing in it. */
export function emptyProject(language = 'en'): Project {
  return ProjectSchema.parse({
    format: 'dialtree',
    version: 1,
    id: 'empty',
    name: 'Empty',
    settings: { language },
    numbers: {},
    people: {},
    queues: {},
    prompts: {},
    schedules: {},
    flows: {},
  });
}

/** The flow that was imported, the first unless another is named. Fails where the project is not valid. */
export function importedFlow({ project, flowIds }: Imported, name?: string): Flow {
  ProjectSchema.parse(project);
  const flows = flowIds.flatMap((id) => project.flows[id] ?? []);
  const flow = name === undefined ? flows[0] : flows.find((one) => one.name === name);
  if (!flow) throw new Error(`no flow ${name ?? ''}; there are ${flows.map((one) => one.name).join(', ')}`);
  return flow;
}

/**
 * A flow as lines `node output → node`, in its order; nodes by name, or by type where they have none. Reads like the
 * drawing.
 */
export function wires(flow: Flow): string[] {
  const label = (node: FlowNode | undefined) => (node ? `${node.type} ${node.name}`.trim() : '?');
  return Object.values(flow.nodes).flatMap((node) =>
    Object.entries(node.connections).map(([output, to]) => `${label(node)} ${output} → ${label(flow.nodes[to])}`),
  );
}

/** The node of that name. */
export function nodeNamed(flow: Flow, name: string): FlowNode {
  const node = Object.values(flow.nodes).find((one) => one.name === name);
  if (!node) throw new Error(`no node ${name}`);
  return node;
}

/** Codes of the problems that a project has, errors only. */
export function errorsIn(project: Project): string[] {
  return lowerProject(project).diagnostics.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
}
