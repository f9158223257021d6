import { referencesOf } from '../../flow/catalogue.ts';
import { mailboxReferences } from '../../flow/mailbox.ts';
import type { Reference } from '../../flow/node-definition.ts';
import type { Project } from '../../flow/project.ts';
import { queueReferences } from '../../flow/queue-prompts.ts';
import type { Path } from './conflict.ts';

/** One thing of a project that names another one. */
export interface Use {
  /** The thing that uses: an entry of a collection, or a node. */
  readonly by: Path;
  readonly of: Path;
}

const COLLECTIONS = {
  person: 'people',
  queue: 'queues',
  prompt: 'prompts',
  schedule: 'schedules',
  flow: 'flows',
  number: 'numbers',
  variable: 'variables',
} as const satisfies Record<Reference['to'], keyof Project>;

/** Every use in a project: connections between nodes, and what nodes, numbers and queues name. */
export function usesOf(project: Project): Use[] {
  const uses: Use[] = [];
  for (const [flowId, { nodes }] of Object.entries(project.flows)) {
    for (const [nodeId, node] of Object.entries(nodes)) {
      const by = ['flows', flowId, 'nodes', nodeId];
      for (const to of Object.values(node.connections)) uses.push({ by, of: ['flows', flowId, 'nodes', to] });
      for (const { to, id } of referencesOf(node)) uses.push({ by, of: [COLLECTIONS[to], id] });
    }
  }
  for (const [numberId, { flowId, defaultHandling }] of Object.entries(project.numbers)) {
    const by = ['numbers', numberId];
    if (flowId !== undefined) uses.push({ by, of: ['flows', flowId] });
    if (defaultHandling.kind === 'person') uses.push({ by, of: ['people', defaultHandling.personId] });
    if (defaultHandling.kind === 'voicemail') {
      for (const { to, id } of mailboxReferences(defaultHandling.mailbox)) uses.push({ by, of: [COLLECTIONS[to], id] });
    }
    if (defaultHandling.kind === 'queue') uses.push({ by, of: ['queues', defaultHandling.queueId] });
  }
  for (const [queueId, queue] of Object.entries(project.queues)) {
    const by = ['queues', queueId];
    for (const { personId } of queue.members) uses.push({ by, of: ['people', personId] });
    for (const { to, id } of queueReferences(queue)) uses.push({ by, of: [COLLECTIONS[to], id] });
  }
  return uses;
}

/** Identity of a use. */
export function keyOfUse({ by, of }: Use): string {
  return `${by.join('/')} > ${of.join('/')}`;
}
