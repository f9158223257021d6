import { z } from 'zod';
import { IdSchema, type NodeId } from './ids.ts';
import type { Output, Reference } from './node-definition.ts';
import { callbackNode } from './nodes/callback.ts';
import { conditionNode } from './nodes/condition.ts';
import { consentNode } from './nodes/consent.ts';
import { digitsNode } from './nodes/digits.ts';
import { employeeNode } from './nodes/employee.ts';
import { exitNode } from './nodes/exit.ts';
import { extensionNode } from './nodes/extension.ts';
import { externalNode } from './nodes/external.ts';
import { goToNode } from './nodes/go-to.ts';
import { hangUpNode } from './nodes/hang-up.ts';
import { importedNode } from './nodes/imported.ts';
import { languageNode } from './nodes/language.ts';
import { menuNode } from './nodes/menu.ts';
import { queueNode } from './nodes/queue.ts';
import { queueStateNode } from './nodes/queue-state.ts';
import { randomNode } from './nodes/random.ts';
import { requestNode } from './nodes/request.ts';
import { returnNode } from './nodes/return.ts';
import { sayNode } from './nodes/say.ts';
import { scheduleNode } from './nodes/schedule.ts';
import { setVariableNode } from './nodes/set-variable.ts';
import { startNode } from './nodes/start.ts';
import { subFlowNode } from './nodes/sub-flow.ts';
import { voicemailNode } from './nodes/voicemail.ts';

/** Every node type. A new one is added here; forms, views and lowerings then do not compile until they know it. */
export const catalogue = {
  start: startNode,
  menu: menuNode,
  say: sayNode,
  employee: employeeNode,
  extension: extensionNode,
  queue: queueNode,
  schedule: scheduleNode,
  random: randomNode,
  'sub-flow': subFlowNode,
  return: returnNode,
  'go-to': goToNode,
  external: externalNode,
  consent: consentNode,
  language: languageNode,
  callback: callbackNode,
  condition: conditionNode,
  digits: digitsNode,
  'set-variable': setVariableNode,
  request: requestNode,
  'queue-state': queueStateNode,
  voicemail: voicemailNode,
  imported: importedNode,
  exit: exitNode,
  'hang-up': hangUpNode,
} as const;

export type NodeType = keyof typeof catalogue;
export const NODE_TYPES = Object.keys(catalogue) as readonly NodeType[];

/** Settings of a node of the given type. */
export type NodeData<Type extends NodeType = NodeType> = z.infer<(typeof catalogue)[Type]['schema']>;

const common = {
  /** What people call it; shown on the card and in traces. */
  name: z.string().max(100),
  /** Top left corner on the canvas, in canvas pixels. */
  position: z.strictObject({ x: z.number(), y: z.number() }),
  /** Output id → the node it leads to. An output that is not here is open. */
  connections: z.record(z.string().min(1).max(64), IdSchema),
};

function nodeSchema<Type extends NodeType, Schema extends z.ZodType>(definition: { type: Type; schema: Schema }) {
  return z.strictObject({ type: z.literal(definition.type), ...common, data: definition.schema });
}

/** A node of a flow: its type, its settings (`data`) and where each output leads. */
export const NodeSchema = z.discriminatedUnion('type', [
  nodeSchema(catalogue.start),
  nodeSchema(catalogue.menu),
  nodeSchema(catalogue.say),
  nodeSchema(catalogue.employee),
  nodeSchema(catalogue.extension),
  nodeSchema(catalogue.queue),
  nodeSchema(catalogue.schedule),
  nodeSchema(catalogue.random),
  nodeSchema(catalogue['sub-flow']),
  nodeSchema(catalogue.return),
  nodeSchema(catalogue['go-to']),
  nodeSchema(catalogue.external),
  nodeSchema(catalogue.consent),
  nodeSchema(catalogue.language),
  nodeSchema(catalogue.callback),
  nodeSchema(catalogue.condition),
  nodeSchema(catalogue.digits),
  nodeSchema(catalogue['set-variable']),
  nodeSchema(catalogue.request),
  nodeSchema(catalogue['queue-state']),
  nodeSchema(catalogue.voicemail),
  nodeSchema(catalogue.imported),
  nodeSchema(catalogue.exit),
  nodeSchema(catalogue['hang-up']),
]);
export type FlowNode = z.infer<typeof NodeSchema>;
export type NodeOf<Type extends NodeType> = Extract<FlowNode, { type: Type }>;

/** The handles of a node, in drawing order. */
export function outputsOf(node: FlowNode): readonly Output[] {
  const definition: { outputs: (data: never) => readonly Output[] } = catalogue[node.type];
  return definition.outputs(node.data as never);
}

/** What a node uses outside its flow. */
export function referencesOf(node: FlowNode): readonly Reference[] {
  const definition: { references: (data: never) => readonly Reference[] } = catalogue[node.type];
  return definition.references(node.data as never);
}

interface Jumps {
  readonly of: (data: never) => readonly NodeId[];
  readonly mapped: (data: never, to: (id: NodeId) => NodeId | undefined) => object;
}

function jumpsOfType(type: NodeType): Jumps | undefined {
  const definition: { jumps?: Jumps | undefined } = catalogue[type];
  return definition.jumps;
}

/** Where a node leads in its flow without a wire. */
export function jumpsOf(node: FlowNode): readonly NodeId[] {
  return jumpsOfType(node.type)?.of(node.data as never) ?? [];
}

/** A node whose jumps lead elsewhere, or nowhere (`undefined`); the very same node when nothing changes. */
export function withJumps(node: FlowNode, to: (id: NodeId) => NodeId | undefined): FlowNode {
  const jumps = jumpsOfType(node.type);
  if (!jumps?.of(node.data as never).some((id) => to(id) !== id)) return node;
  return { ...node, data: jumps.mapped(node.data as never, to) } as FlowNode;
}

/** A freshly dropped node. */
export function createNode(type: NodeType, name: string, position: { x: number; y: number }): FlowNode {
  return { type, name, position, connections: {}, data: catalogue[type].create() } as FlowNode;
}

/** A connection as the canvas draws it; its identity is the pair (from, output). */
export interface Connection {
  readonly from: NodeId;
  readonly output: string;
  readonly to: NodeId;
}
