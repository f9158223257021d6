import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printProject } from '../../../shared/flow/canonical.ts';
import { parseProjectText } from '../../../shared/flow/migrations.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';

test('reads back as an equal project, and prints the same again', () => {
  fc.assert(
    fc.property(arbitraryProject, (project) => {
      const text = printProject(project);
      const again = parseProjectText(text);
      expect(JSON.stringify(sorted(again))).toBe(JSON.stringify(sorted(project)));
      expect(printProject(again)).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test('does not depend on the order in which the document was written', () => {
  const project = sampleProject('en');
  const nodes = Object.fromEntries(Object.entries(project.flows.main!.nodes).reverse());
  const shuffled = { ...project, flows: { main: { ...project.flows.main!, nodes } } };
  expect(Object.keys(shuffled.flows.main.nodes)).not.toEqual(Object.keys(project.flows.main!.nodes));
  expect(printProject(shuffled)).toBe(printProject(project));
});

test('says first what the file is, and ends with a line feed', () => {
  const lines = printProject(sampleProject('pl')).split('\n');
  expect(lines.slice(1, 5)).toEqual([
    '  "format": "dialtree",',
    '  "version": 1,',
    '  "id": "sample-pl",',
    '  "name": "Rowery nad Wisłą",',
  ]);
  expect(lines.at(-1)).toBe('');
});

test('moving one node changes one line', () => {
  const project = sampleProject('en');
  const before = printProject(project).split('\n');
  project.flows.main!.nodes.hours!.position.y += 10;
  const after = printProject(project).split('\n');
  expect(after.filter((line, index) => line !== before[index])).toHaveLength(1);
});

test('renaming one node, or another text in a prompt, changes one line', () => {
  const project = sampleProject('en');
  const before = printProject(project).split('\n');
  const node = project.flows.main!.nodes.busy!;
  node.name = 'Everybody is talking';
  const renamed = printProject(project).split('\n');
  expect(renamed.filter((line, index) => line !== before[index])).toEqual([
    '          "name": "Everybody is talking",',
  ]);
  if (node.type === 'say' && node.data.prompt.kind === 'text') node.data.prompt.text = 'Please wait. '.repeat(30);
  const after = printProject(project).split('\n');
  expect(after).toHaveLength(before.length);
  expect(after.filter((line, index) => line !== renamed[index])).toHaveLength(1);
});

test('a node put in is lines put in, none changed', () => {
  const project = sampleProject('en');
  const before = printProject(project).split('\n');
  project.flows.main!.nodes.extra = { ...project.flows.main!.nodes.busy!, name: 'Extra' };
  const after = printProject(project).split('\n');
  const at = after.indexOf('        "extra": {');
  expect(at).toBeGreaterThan(0);
  expect([...after.slice(0, at), ...after.slice(at + after.length - before.length)]).toEqual(before);
});

/** Members in one order, for comparison by text: -0 and 0 are the same number in JSON. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
