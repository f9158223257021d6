import type { PathStep } from '../../shared/bridge/caller-context.ts';
import type { PbxConfig } from '../../shared/bridge/pbx.ts';
import type { TraceEntry } from '../../shared/engine/events.ts';
import { lookup } from '../../shared/lib/record.ts';

/** The way of a call through the drawing, with the keys pressed at each node, gathered from its trace. */
export class CallPath {
  readonly #names: PbxConfig['nodeNames'];
  readonly #steps: { nodeId: string; node: string; digits: string }[] = [];

  constructor(names: PbxConfig['nodeNames']) {
    this.#names = names;
  }

  get steps(): readonly PathStep[] {
    return this.#steps.map(({ node, digits }) => ({ node, digits }));
  }

  add(entry: TraceEntry): void {
    if (entry.type === 'node-entered') {
      const name = lookup(lookup(this.#names, entry.flowId) ?? {}, entry.nodeId);
      if (name !== undefined) this.#steps.push({ nodeId: entry.nodeId, node: name, digits: '' });
    } else if (entry.type === 'digit') {
      const step = this.#steps.findLast(({ nodeId }) => nodeId === entry.nodeId);
      if (step !== undefined) step.digits += entry.digit;
    }
  }
}
