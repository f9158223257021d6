import { expect, test } from 'vitest';
import { checkProject } from '../../../shared/analyze/check.ts';
import { proveProject } from '../../../shared/analyze/proofs.ts';
import { projectOf } from '../../bench/project-of.ts';

/** States found in all explorations of a made-up project of so many nodes. */
function statesOf(nodes: number): number {
  const { complete, explorations } = proveProject(projectOf(nodes), { callers: [''] });
  expect(complete).toBe(true);
  return explorations.reduce((sum, { graph }) => sum + graph.nodes.length, 0);
}

test('the project that the benchmark measures has no errors', () => {
  expect(checkProject(projectOf(200)).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('[EX2] states grow as nodes do', () => {
  const [small, large] = [statesOf(120), statesOf(480)];
  expect(large / small).toBeGreaterThan(3);
  expect(large / small).toBeLessThan(5);
});
