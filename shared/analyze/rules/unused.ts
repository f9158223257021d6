import { referencesOf } from '../../flow/catalogue.ts';
import type { Project } from '../../flow/project.ts';
import { queueReferences } from '../../flow/queue-prompts.ts';
import { lookup, sortedEntries } from '../../lib/record.ts';
import type { CheckCode } from './codes.ts';
import type { Rule, RuleContext } from './rule.ts';

/** The collections of a project whose things are there to be used. */
const KINDS = [
  { collection: 'people', kind: 'person', code: 'check/unused-person', removable: false },
  { collection: 'queues', kind: 'queue', code: 'check/unused-queue', removable: true },
  { collection: 'prompts', kind: 'prompt', code: 'check/unused-prompt', removable: true },
  { collection: 'schedules', kind: 'schedule', code: 'check/unused-schedule', removable: true },
  { collection: 'flows', kind: 'flow', code: 'check/unused-flow', removable: false },
] as const satisfies readonly { collection: keyof Project; code: CheckCode; kind: string; removable: boolean }[];

/** CK12: people, queues, prompts, schedules and flows that nothing uses. */
export const unused: Rule = (context) => {
  const { project, report } = context;
  const used = usedThings(context);
  for (const { collection, kind, code, removable } of KINDS) {
    for (const [id, { name }] of sortedEntries<{ name: string }>(project[collection])) {
      if (used.has(`${kind} ${id}`)) continue;
      const message = `Nothing uses the ${kind} "${name}".`;
      const at = kind === 'flow' ? { flowId: id } : {};
      const fix = removable && { fix: without(collection, id) };
      report(code, { message, params: { name, id }, at, ...(fix || {}) });
    }
  }
};

/** `kind id` of everything in use. People count where calls can ring them. */
function usedThings({ project, program, placed }: RuleContext): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { node, op } of placed) {
    for (const { to, id } of referencesOf(node)) used.add(`${to} ${id}`);
    if (op.op !== 'gather') continue;
    for (const { action } of op.matches) if (action.kind === 'dial') used.add(`person ${action.personId}`);
  }
  for (const { defaultHandling, useVoiceMenu, flowId } of Object.values(project.numbers)) {
    if (useVoiceMenu && flowId !== undefined) used.add(`flow ${flowId}`);
    for (const [member, id] of Object.entries(defaultHandling)) {
      if (member.endsWith('Id')) used.add(`${member.slice(0, -'Id'.length)} ${id}`);
    }
  }
  for (const queue of Object.values(project.queues)) {
    for (const { personId } of queue.members) used.add(`person ${personId}`);
    for (const { id } of queueReferences(queue)) used.add(`prompt ${id}`);
  }
  // A flow that has no start is told of by lowering.
  for (const flowId of Object.keys(project.flows)) if (!lookup(program.flows, flowId)) used.add(`flow ${flowId}`);
  return used;
}

function without(collection: 'queues' | 'prompts' | 'schedules', id: string): (project: Project) => Project {
  return (project) => {
    const { [id]: _, ...rest } = project[collection];
    return { ...project, [collection]: rest };
  };
}
