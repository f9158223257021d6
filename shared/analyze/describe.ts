import type { FlowProgram, Op } from '../engine/program.ts';
import { type FlowNode, outputsOf, referencesOf } from '../flow/catalogue.ts';
import type { FlowId, NodeId } from '../flow/ids.ts';
import type { Flow, PhoneNumber, Project } from '../flow/project.ts';
import { lookup, sortedEntries } from '../lib/record.ts';
import { apart, capital, type DescriptionWords, ENGLISH } from './description-words.ts';
import { nodeName } from './names.ts';
import { promptKeysOf } from './prompt-keys.ts';

/** A flow in sentences, in the order in which callers meet its nodes. */
export interface FlowDescription {
  readonly flowId: FlowId;
  readonly title: string;
  /** Which numbers lead here, and what becomes of calls that leave. */
  readonly entry: readonly string[];
  readonly nodes: readonly NodeDescription[];
}

export interface NodeDescription {
  readonly nodeId: NodeId;
  readonly title: string;
  readonly sentences: readonly string[];
}

/**
 * Says what each flow does (SPEC.md, DE*), in English unless other words are given. Names stand as they are: printers
 * escape them.
 */
export function describeProject(
  project: Project,
  program: FlowProgram,
  words: DescriptionWords = ENGLISH,
): readonly FlowDescription[] {
  return sortedEntries(project.flows).map(([flowId, flow]) => ({
    flowId,
    title: flow.name,
    entry: entryOf(project, flowId, words),
    nodes: callersOrder(flow).map(([nodeId, node]) => {
      const op = lookup(program.ops, `${flowId}/${nodeId}`);
      return {
        nodeId,
        title: titleOf(project, flowId, nodeId, node, words),
        sentences: [
          ...(op ? sayings(program, op, words) : []),
          ...usesOf(project, node, words),
          ...(op?.op === 'gather' ? repeats(op, words) : []),
          ...waysOn(flow, node, words),
        ],
      };
    }),
  }));
}

/** The description as plain text, a paragraph for each node. */
export function printDescription(flows: readonly FlowDescription[]): string {
  const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
  return flows
    .map(({ title, entry, nodes }) =>
      [
        `Flow "${oneLine(title)}"`,
        ...entry.map(oneLine),
        ...nodes.map((node) => [oneLine(node.title), ...node.sentences.map((text) => `  ${oneLine(text)}`)].join('\n')),
      ].join('\n\n'),
    )
    .map((text) => `${text}\n`)
    .join('\n');
}

/** Nodes as callers meet them, breadth first; those that nobody meets last. */
export function callersOrder(flow: Flow): readonly (readonly [NodeId, FlowNode])[] {
  const all = sortedEntries(flow.nodes);
  const order = new Set(all.flatMap(([nodeId, { type }]) => (type === 'start' ? [nodeId] : [])));
  // A set that grows is walked to its new end.
  for (const nodeId of order) {
    const node = lookup(flow.nodes, nodeId);
    for (const { id } of node ? outputsOf(node) : []) {
      const to = node && lookup(node.connections, id);
      if (to !== undefined && lookup(flow.nodes, to)) order.add(to);
    }
  }
  for (const [nodeId] of all) order.add(nodeId);
  return [...order].flatMap((nodeId) => {
    const node = lookup(flow.nodes, nodeId);
    return node ? [[nodeId, node] as const] : [];
  });
}

/** What a node is called: its name, or its type where it has none. */
function called(node: FlowNode, words: DescriptionWords): string {
  return node.name.trim() || words.type(node);
}

function titleOf(project: Project, flowId: FlowId, nodeId: NodeId, node: FlowNode, words: DescriptionWords): string {
  const name = nodeName(project, { flowId, nodeId });
  return name === node.type ? capital(words.type(node)) : `"${name}" (${words.type(node)})`;
}

function entryOf(project: Project, flowId: FlowId, words: DescriptionWords): readonly string[] {
  const numbers = sortedEntries(project.numbers).filter(([, one]) => one.useVoiceMenu && one.flowId === flowId);
  if (numbers.length === 0) return [words.noNumber];
  return numbers.map(([, number]) => {
    const name = number.name === '' ? number.number : `${number.number} ("${number.name}")`;
    return words.entry(name, handlingOf(project, number, words));
  });
}

/** The default handling of a number in words. */
export function handlingOf(
  project: Project,
  { defaultHandling }: PhoneNumber,
  words: DescriptionWords = ENGLISH,
): string {
  switch (defaultHandling.kind) {
    case 'hang-up':
      return words.hangUp;
    case 'person':
      return lookup(project.people, defaultHandling.personId)?.name ?? words.nobody;
    case 'queue':
      return words.queue(lookup(project.queues, defaultHandling.queueId)?.name ?? '');
    default:
      return apart((defaultHandling as { readonly kind: string }).kind);
  }
}

/** What callers hear, by what it is said for. */
function sayings(program: FlowProgram, op: Op, words: DescriptionWords): readonly string[] {
  const members = Object.entries(op).filter(([, value]) => typeof value === 'string');
  return promptKeysOf(op).flatMap((key) => {
    const member = members.find(([name, value]) => value === key && name.toLowerCase().endsWith('prompt'))?.[0] ?? '';
    const source = lookup(program.prompts, key);
    const said =
      source?.kind === 'text' ? `"${source.text}"` : source ? words.recording(source.fileName) : words.nothing;
    return [words.says(said, member)];
  });
}

function usesOf(project: Project, node: FlowNode, words: DescriptionWords): readonly string[] {
  const names = [
    ...new Set(
      referencesOf(node).flatMap(({ to, id }) => {
        // What is said stands in the sentences before.
        if (to === 'prompt') return [];
        const collections = {
          person: project.people,
          queue: project.queues,
          schedule: project.schedules,
          flow: project.flows,
          number: project.numbers,
          variable: project.variables,
        } as const;
        const things: Readonly<Record<string, { readonly name?: string; readonly description?: string }>> =
          collections[to];
        return [words.thing(to, lookup(things, id)?.name ?? id)];
      }),
    ),
  ];
  return names.length === 0 ? [] : [words.uses(names.join(', '))];
}

function repeats(op: Extract<Op, { op: 'gather' }>, words: DescriptionWords): readonly string[] {
  const keys = op.matches.flatMap(({ digits, action }) => (action.kind === 'repeat' ? [digits] : []));
  const dialled = op.matches.filter(({ action }) => action.kind === 'dial').length;
  return [
    ...(keys.length === 0 ? [] : [words.repeats(keys.join(', '))]),
    ...(dialled === 0 ? [] : [words.extensions(dialled)]),
  ];
}

function waysOn(flow: Flow, node: FlowNode, words: DescriptionWords): readonly string[] {
  return outputsOf(node).map((output) => {
    const to = lookup(node.connections, output.id);
    const target = to === undefined ? undefined : lookup(flow.nodes, to);
    const where = target ? `"${called(target, words)}"` : words.defaultHandling;
    return `${words.output(output)} → ${where}.`;
  });
}
