import { type FlowNode, outputsOf } from '../flow/catalogue.ts';
import type { NodeId } from '../flow/ids.ts';
import type { Flow } from '../flow/project.ts';
import { lookup } from '../lib/record.ts';
import { callersOrder } from './describe.ts';
import { typeName } from './description-words.ts';

/** Longer names are cut: a drawing has little room. */
const MAX_CHARACTERS = 60;

/**
 * A flow as a Mermaid flowchart. Names become quoted labels in which everything but letters, digits and a few harmless
 * signs is written as an entity (`#34;`), so that no name can be read as Mermaid (SPEC.md, DE3).
 */
export function printMermaid(flow: Flow): string {
  const order = callersOrder(flow);
  const ids = new Map(order.map(([nodeId], index) => [nodeId, `n${index}`]));
  const lines = ['flowchart LR'];
  for (const [nodeId, node] of order) lines.push(`  ${ids.get(nodeId)}["${label(nameOf(node))}"]`);
  for (const [nodeId, node] of order) {
    for (const { id, kind, caption } of outputsOf(node)) {
      const to = targetOf(flow, node, id);
      const text = kind === 'key' ? id.slice('key:'.length) : (caption ?? id.replaceAll('-', ' '));
      if (to !== undefined) lines.push(`  ${ids.get(nodeId)} -->|"${label(text)}"| ${ids.get(to)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function nameOf(node: FlowNode): string {
  const name = node.name.trim();
  return name === '' ? typeName(node) : `${name} - ${typeName(node)}`;
}

function targetOf(flow: Flow, node: FlowNode, output: string): NodeId | undefined {
  const to = lookup(node.connections, output);
  return to !== undefined && lookup(flow.nodes, to) ? to : undefined;
}

/** Text for a quoted label; a lone half of a surrogate pair becomes U+FFFD. */
function label(text: string): string {
  const characters = [...text.replace(/\s+/gu, ' ').toWellFormed()];
  const cut = characters.length > MAX_CHARACTERS ? [...characters.slice(0, MAX_CHARACTERS - 1), '…'] : characters;
  return cut.map((one) => (/[\p{L}\p{N} .,?!…-]/u.test(one) ? one : `#${one.codePointAt(0)};`)).join('');
}
