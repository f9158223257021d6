import type { FlowNode } from '../../flow/catalogue.ts';
import type { FlowId } from '../../flow/ids.ts';
import type { Note } from '../../flow/note.ts';
import type { Project } from '../../flow/project.ts';
import { lookup } from '../../lib/record.ts';
import { stableJson } from '../../lib/stable-json.ts';
import { nodeName } from '../names.ts';

/** One thing of the document that is not as it was. Things are the same by identity, whatever they are called. */
export interface StructuralChange {
  readonly what:
    | 'node'
    | 'note'
    | 'flow'
    | 'number'
    | 'person'
    | 'queue'
    | 'prompt'
    | 'schedule'
    | 'variable'
    | 'test'
    | 'settings';
  /** `moved`: on the canvas only. `rewired`: its outputs lead elsewhere. Several may hold of one node. */
  readonly how: 'added' | 'removed' | 'changed' | 'rewired' | 'moved';
  /** Of a node or note, its flow. */
  readonly flowId: FlowId | null;
  readonly id: string;
  /** Name as it is now, or was last. */
  readonly name: string;
}

const COLLECTIONS = [
  ['numbers', 'number'],
  ['people', 'person'],
  ['queues', 'queue'],
  ['prompts', 'prompt'],
  ['schedules', 'schedule'],
  ['variables', 'variable'],
  ['tests', 'test'],
] as const;

type Things = Readonly<Record<string, object>>;

interface Named {
  readonly name?: string;
  readonly number?: string;
}

/** What was added, removed and changed between two versions of a project, in a stable order (SPEC.md, DF1). */
export function structuralDiff(before: Project, after: Project): readonly StructuralChange[] {
  const changes: StructuralChange[] = [];
  if (!isSame(before.settings, after.settings) || before.name !== after.name) {
    changes.push({ what: 'settings', how: 'changed', flowId: null, id: after.id, name: after.name });
  }
  for (const [collection, what] of COLLECTIONS) {
    const [old, now]: readonly [Things, Things] = [before[collection], after[collection]];
    for (const id of idsOf(old, now)) {
      const [one, other]: (Named | undefined)[] = [lookup(old, id), lookup(now, id)];
      // Variables are known by their names; a number may have none, but is one.
      const name = other?.name || other?.number || one?.name || one?.number || id;
      const how = howOf(one, other);
      if (how) changes.push({ what, how, flowId: null, id, name });
    }
  }
  for (const flowId of idsOf(before.flows, after.flows)) {
    const [old, now] = [lookup(before.flows, flowId), lookup(after.flows, flowId)];
    const name = now?.name ?? old?.name ?? flowId;
    if (!old || !now) {
      changes.push({ what: 'flow', how: old ? 'removed' : 'added', flowId, id: flowId, name });
      continue;
    }
    if (old.name !== now.name || old.description !== now.description) {
      changes.push({ what: 'flow', how: 'changed', flowId, id: flowId, name });
    }
    for (const id of idsOf(old.nodes, now.nodes)) {
      const [one, other] = [lookup(old.nodes, id), lookup(now.nodes, id)];
      const node = nodeName(other ? after : before, { flowId, nodeId: id });
      for (const how of nodeChanges(one, other)) changes.push({ what: 'node', how, flowId, id, name: node });
    }
    for (const id of idsOf(old.notes ?? {}, now.notes ?? {})) {
      const [one, other] = [lookup(old.notes ?? {}, id), lookup(now.notes ?? {}, id)];
      const how = noteChange(one, other);
      if (how) changes.push({ what: 'note', how, flowId, id, name: beginningOf((other ?? one)?.text ?? '') });
    }
  }
  return changes;
}

/** A change in an English sentence. */
export function structuralSentence({ what, how, name }: StructuralChange): string {
  if (what === 'settings') return 'The settings of the project were changed.';
  const done = how === 'rewired' ? 'leads elsewhere' : how === 'moved' ? 'was moved on the canvas' : `was ${how}`;
  return `The ${what} "${name}" ${done}.`;
}

function nodeChanges(old: FlowNode | undefined, now: FlowNode | undefined): readonly StructuralChange['how'][] {
  if (!old || !now) return [old ? 'removed' : 'added'];
  if (old === now) return [];
  const isChanged = old.type !== now.type || old.name !== now.name || !isSame(old.data, now.data);
  return [
    ...(isChanged ? (['changed'] as const) : []),
    ...(isSame(old.connections, now.connections) ? [] : (['rewired'] as const)),
    ...(isSame(old.position, now.position) ? [] : (['moved'] as const)),
  ];
}

function noteChange(old: Note | undefined, now: Note | undefined): StructuralChange['how'] | null {
  if (!old || !now || isSame(old, now)) return howOf(old, now);
  return isSame({ ...old, position: now.position }, now) ? 'moved' : 'changed';
}

const NAME_CHARACTERS = 40;

/** What a note is called: how its text begins. */
function beginningOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > NAME_CHARACTERS ? `${line.slice(0, NAME_CHARACTERS - 1)}…` : line;
}

function howOf(old: unknown, now: unknown): StructuralChange['how'] | null {
  if (old === undefined || now === undefined) return old === undefined ? 'added' : 'removed';
  return isSame(old, now) ? null : 'changed';
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || stableJson(one) === stableJson(other);
}

function idsOf(one: object, other: object): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}
