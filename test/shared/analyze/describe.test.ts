import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeProject, printDescription } from '../../../shared/analyze/describe.ts';
import { printMermaid } from '../../../shared/analyze/mermaid.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { outputsOf } from '../../../shared/flow/catalogue.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { sampleProject } from '../../support/sample-project.ts';

const printed = (project: Project) => printDescription(describeProject(project, lowerProject(project).program));
const paragraph = (title: string, project = sampleProject()) =>
  printed(project)
    .split('\n\n')
    .find((text) => text.startsWith(title))
    ?.trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim());

describe('in sentences', () => {
  test('[DE1] the flow, who comes in and what becomes of those who leave', () => {
    expect(printed(sampleProject())).toMatch(
      /^Flow "Main menu"\n\nCalls to 100 \("Head office"\) enter here. Left, they go on to the queue "Sales".\n\n"Start" \(start\)\n {2}Next → "Welcome".\n/,
    );
  });

  test('[DE1] a menu: what it says, its keys, and every way on', () => {
    expect(paragraph('"Welcome"')).toEqual([
      expect.stringMatching(/^Says "Welcome to the garden shop. .*"\.$/),
      'Repeats on 9.',
      'Key 1 → "Sales queue".',
      'Key 2 → "Support".',
      'Key 3 → "Opening hours".',
      'Key 0 → "Operator".',
      'No input → default handling.',
      'Invalid → "Good bye".',
    ]);
  });

  test('[DE1] who is called, by name', () => {
    expect(paragraph('"Repairs"')?.[0]).toBe('Uses: person "Bob Jones", person "Ann Smith".');
    expect(paragraph('"Sales queue"')?.[0]).toBe('Uses: queue "Sales".');
  });

  test('[DE1] further prompts by their occasion, extensions by their number, people and nobody as default handling', () => {
    const project = sampleProject();
    const welcome = project.flows.main?.nodes.welcome;
    if (welcome?.type !== 'menu') throw new Error('the sample has a menu');
    welcome.data.noInputPrompt = { kind: 'text', text: 'Well?' };
    welcome.data.invalidPrompt = { kind: 'audio', sha256: 'a'.repeat(64), fileName: 'wrong.mp3', durationMs: 1 };
    welcome.data.directDial = { kind: 'everyone' };
    project.numbers.head!.defaultHandling = { kind: 'person', personId: 'ann' };
    expect(printed(project)).toContain('Left, they go on to Ann Smith.');
    const lines = paragraph('"Welcome"', project);
    expect(lines).toContain('Without a key: "Well?".');
    expect(lines).toContain('After a wrong key: the recording "wrong.mp3".');
    expect(lines).toContain('2 extensions may be entered.');
    project.numbers = {};
    expect(printed(project)).toContain('No number leads here.');
  });

  test('[DE2] any project: each node once, as callers meet them', () => {
    fc.assert(
      fc.property(arbitraryProject, (project) => {
        for (const { flowId, nodes } of describeProject(project, lowerProject(project).program)) {
          const flow = project.flows[flowId]!;
          expect(nodes.map(({ nodeId }) => nodeId).sort()).toEqual(Object.keys(flow.nodes).sort());
          const first = nodes[0] && flow.nodes[nodes[0].nodeId];
          const hasStart = Object.values(flow.nodes).some(({ type }) => type === 'start');
          if (hasStart) expect(first?.type).toBe('start');
        }
        expect(printed(project)).not.toContain('undefined');
      }),
      { numRuns: 60 },
    );
  });
});

describe('as Mermaid', () => {
  const LINE = /^(flowchart LR| {2}n\d+\["[^"[\](){}<>`;&|\\]*"\]| {2}n\d+ -->\|"[^"[\](){}<>`;&|\\]*"\| n\d+)$/u;
  /** Entities aside: `#34;` is the one place for a semicolon. */
  const bare = (line: string) => line.replace(/#\d+;/g, '');

  test('[DE3] nodes, and connections with their outputs', () => {
    const text = printMermaid(sampleProject().flows.main!);
    expect(text).toContain('  n0["Start - start"]\n  n1["Welcome - menu"]\n');
    expect(text).toContain('  n1 -->|"1"| n2\n');
    expect(text).toContain('  n3 -->|"#42;"| n1\n');
  });

  test.each([
    ['"]; click n0 "javascript:alert(1)"'],
    ['</div><script>alert(1)</script>'],
    ['`markdown` **bold** #quot; %% comment'],
    ['end\nsubgraph x\n  n9-->n1'],
    ['zażółć 🙂 \ud800 𝒳'],
    ['a|b{c}(d)[e]&f\\g'],
    ['x'.repeat(100)],
  ])('[DE3] a name is never read as anything else: %s', (name) => {
    const flow = sampleProject().flows.main!;
    flow.nodes.welcome!.name = name;
    const lines = printMermaid(flow).trimEnd().split('\n');
    for (const line of lines) expect(bare(line)).toMatch(LINE);
    expect(lines).toHaveLength(printMermaid(sampleProject().flows.main!).trimEnd().split('\n').length);
  });

  test('[DE3] any flow: one line for each node and each connection', () => {
    fc.assert(
      fc.property(arbitraryProject, ({ flows }) => {
        for (const flow of Object.values(flows)) {
          const wires = Object.values(flow.nodes).flatMap((node) =>
            outputsOf(node).filter(({ id }) => Object.hasOwn(flow.nodes, node.connections[id] ?? '')),
          );
          const lines = printMermaid(flow).trimEnd().split('\n');
          expect(lines).toHaveLength(1 + Object.keys(flow.nodes).length + wires.length);
          for (const line of lines) expect(bare(line)).toMatch(LINE);
        }
      }),
      { numRuns: 60 },
    );
  });
});
