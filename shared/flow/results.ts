import type { Flow } from './project.ts';

/** The results that a flow's return nodes name, each once, in the order of the alphabet. */
export function resultsOf(flow: Flow): readonly string[] {
  const results = Object.values(flow.nodes).flatMap((node) => (node.type === 'return' ? [node.data.result] : []));
  return [...new Set(results)].sort();
}
