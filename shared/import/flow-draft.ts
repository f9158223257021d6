import { createNode, type FlowNode, type NodeData, NodeSchema, type NodeType } from '../flow/catalogue.ts';
import type { FlowId, NodeId } from '../flow/ids.ts';
import type { ImportSource } from '../flow/nodes/imported.ts';
import type { Flow } from '../flow/project.ts';
import type { SpeechUse } from '../flow/speech.ts';
import type { ImportDraft } from './draft.ts';
import type { ImportNote, NoteCode } from './notes.ts';
import { cut } from './text.ts';

/** A step that has no translation. `ways` are its ways on, by their names there; they are `way:1`, `way:2`… here. */
export interface KeptStep {
  readonly source: ImportSource;
  readonly kind: string;
  readonly name: string;
  readonly original: string;
  readonly ways: readonly string[];
  /** Which of them calls take meanwhile, by its place among them; the first where none is given. */
  readonly goOn?: number;
}

/** A flow being made: nodes are added, then wired. Places are found at the end. */
export class FlowDraft {
  readonly id: FlowId;
  readonly name: string;
  readonly draft: ImportDraft;
  readonly #nodes: Record<NodeId, FlowNode> = {};
  #count = 0;

  constructor(draft: ImportDraft, id: FlowId, name: string, startName: string) {
    this.draft = draft;
    this.id = id;
    this.name = name;
    this.#nodes.start = createNode('start', startName, { x: 0, y: 0 });
  }

  /** Adds a node. Settings that are left out have the values of a fresh one. @throws when they are not possible. */
  add<Type extends NodeType>(type: Type, name: string, data: Partial<NodeData<Type>> = {}): NodeId {
    const id = `n${++this.#count}`;
    const fresh = createNode(type, cut(name, 100), { x: 0, y: 0 });
    this.#nodes[id] = NodeSchema.parse({ ...fresh, data: { ...fresh.data, ...data } });
    return id;
  }

  /** Adds a grey box for a step that has no translation. */
  keep({ source, kind, name, original, ways, goOn = 0 }: KeptStep): NodeId {
    const shown = cut(kind, 100) || '?';
    const id = this.add('imported', name, {
      source,
      kind: shown,
      original: cut(original, 20_000),
      ways: ways
        .slice(0, 50)
        .map((way, index) => ({ id: String(index + 1), name: cut(way, 100) || String(index + 1) })),
      ...(goOn > 0 && { goOn: String(goOn + 1) }),
    });
    this.note('step-kept', { kind: shown, name: cut(name, 100) }, id);
    return id;
  }

  /** Leads an output on; to nowhere when there is no such target. */
  connect(from: NodeId, output: string, to: NodeId | undefined): void {
    const node = this.#nodes[from];
    if (node && to !== undefined) this.#nodes[from] = { ...node, connections: { ...node.connections, [output]: to } };
  }

  note(code: NoteCode, params: ImportNote['params'], nodeId: NodeId): void {
    this.draft.note(code, params, { flowId: this.id, nodeId });
  }

  flow(): Flow {
    return { name: this.name, description: '', nodes: { ...this.#nodes } };
  }
}

/** A text read aloud. */
export function spoken(text: string): SpeechUse {
  return { kind: 'text', text: cut(text, 5000) };
}
