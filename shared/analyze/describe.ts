import type { FlowProgram, Op } from '../engine/program.ts';
import { type FlowNode, outputsOf, referencesOf } from '../flow/catalogue.ts';
import type { FlowId, NodeId } from '../flow/ids.ts';
import type { Flow, PhoneNumber, Project } from '../flow/project.ts';
import { lookup, sortedEntries } from '../lib/record.ts';
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

/** Says in English what each flow does (SPEC.md, DE*). Names stand as they are: printers escape them. */
export function describeProject(project: Project, program: FlowProgram): readonly FlowDescription[] {
  return sortedEntries(project.flows).map(([flowId, flow]) => ({
    flowId,
    title: flow.name,
    entry: entryOf(project, flowId),
    nodes: callersOrder(flow).map(([nodeId, node]) => {
      const op = lookup(program.ops, `${flowId}/${nodeId}`);
      return {
        nodeId,
        title: titleOf(project, flowId, nodeId, node),
        sentences: [
          ...(op ? sayings(program, op) : []),
          ...usesOf(project, node),
          ...(op?.op === 'gather' ? repeats(op) : []),
          ...waysOn(project, flowId, flow, node),
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

/** What a node's type is called in English. */
export function typeName({ type }: FlowNode): string {
  return type.replaceAll('-', ' ');
}

function titleOf(project: Project, flowId: FlowId, nodeId: NodeId, node: FlowNode): string {
  const name = nodeName(project, { flowId, nodeId });
  return name === node.type ? capital(typeName(node)) : `"${name}" (${typeName(node)})`;
}

function entryOf(project: Project, flowId: FlowId): readonly string[] {
  const numbers = sortedEntries(project.numbers).filter(([, one]) => one.useVoiceMenu && one.flowId === flowId);
  if (numbers.length === 0) return ['No number leads here.'];
  return numbers.map(([, number]) => {
    const name = number.name === '' ? '' : ` ("${number.name}")`;
    return `Calls to ${number.number}${name} enter here. Left, they go on to ${handlingOf(project, number)}.`;
  });
}

/** The default handling of a number in words. */
export function handlingOf(project: Project, { defaultHandling }: PhoneNumber): string {
  switch (defaultHandling.kind) {
    case 'hang-up':
      return 'the end of the call';
    case 'person':
      return lookup(project.people, defaultHandling.personId)?.name ?? 'nobody';
    case 'queue':
      return `the queue "${lookup(project.queues, defaultHandling.queueId)?.name ?? ''}"`;
    default:
      return words((defaultHandling as { readonly kind: string }).kind);
  }
}

/** What callers hear, by what it is said for. */
function sayings(program: FlowProgram, op: Op): readonly string[] {
  const members = Object.entries(op).filter(([, value]) => typeof value === 'string');
  return promptKeysOf(op).flatMap((key) => {
    const member = members.find(([name, value]) => value === key && name.toLowerCase().endsWith('prompt'))?.[0] ?? '';
    const source = lookup(program.prompts, key);
    const said =
      source?.kind === 'text' ? `"${source.text}"` : source ? `the recording "${source.fileName}"` : 'nothing';
    return [member === 'prompt' ? `Says ${said}.` : `${WHEN[member] ?? capital(words(member))}: ${said}.`];
  });
}

/** When a prompt is said that is not the first one. */
const WHEN: Readonly<Record<string, string>> = {
  noInputPrompt: 'Without a key',
  invalidPrompt: 'After a wrong key',
  lastChancePrompt: 'Before the last attempt',
};

function usesOf(project: Project, node: FlowNode): readonly string[] {
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
        return [`${to} "${lookup(things, id)?.name ?? id}"`];
      }),
    ),
  ];
  return names.length === 0 ? [] : [`Uses: ${names.join(', ')}.`];
}

function repeats(op: Extract<Op, { op: 'gather' }>): readonly string[] {
  const keys = op.matches.flatMap(({ digits, action }) => (action.kind === 'repeat' ? [digits] : []));
  const dialled = op.matches.filter(({ action }) => action.kind === 'dial').length;
  return [
    ...(keys.length === 0 ? [] : [`Repeats on ${keys.join(', ')}.`]),
    ...(dialled === 0 ? [] : [`${dialled === 1 ? 'One extension' : `${dialled} extensions`} may be entered.`]),
  ];
}

function waysOn(project: Project, flowId: FlowId, flow: Flow, node: FlowNode): readonly string[] {
  return outputsOf(node).map(({ id, kind, caption }) => {
    const to = lookup(node.connections, id);
    const target = to === undefined ? undefined : lookup(flow.nodes, to);
    const name = kind === 'key' ? `Key ${id.slice('key:'.length)}` : capital(caption ?? words(id));
    const where = to !== undefined && target ? `"${nodeName(project, { flowId, nodeId: to })}"` : 'default handling';
    return `${name} → ${where}.`;
  });
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/[-:]/g, ' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
