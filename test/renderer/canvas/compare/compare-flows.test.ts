import { describe, expect, it } from 'vitest';
import { compareFlows } from '../../../../renderer/canvas/compare/compare-flows.ts';
import { createNode } from '../../../../shared/flow/catalogue.ts';
import type { Flow } from '../../../../shared/flow/project.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';

const before = sampleProject('en').flows.main as Flow;

function comparisonAfter(edit: (flow: Flow) => void): ReturnType<typeof compareFlows> {
  const flow = structuredClone(before) as Flow;
  edit(flow);
  return compareFlows(before, flow);
}

describe('a flow beside what it was', () => {
  it('[CP1] is the same when nothing changed, or only places on the canvas', () => {
    const { nodes, removed, wires } = comparisonAfter((flow) => {
      flow.nodes.main!.position = { x: 4000, y: 0 };
    });
    expect([nodes.size, removed.length, wires.size]).toEqual([0, 0, 0]);
  });

  it('[CP1] tells nodes that are new, that say something else, and that are gone', () => {
    const { nodes, removed } = comparisonAfter((flow) => {
      flow.nodes.more = createNode('say', 'More', { x: 0, y: 0 });
      flow.nodes.busy!.name = 'Nobody there';
      delete flow.nodes.hours;
      flow.nodes.support!.connections = Object.fromEntries(
        Object.entries(flow.nodes.support!.connections).filter(([, to]) => to !== 'hours'),
      );
    });
    expect(nodes.get('more')).toBe('added');
    expect(nodes.get('busy')).toBe('changed');
    // A way that is open now has no wire to mark.
    expect(nodes.get('support')).toBe('changed');
    expect(removed.map(([id]) => id)).toEqual(['hours']);
  });

  it('[CP1] tells connections that are new or lead elsewhere', () => {
    const { nodes, wires } = comparisonAfter((flow) => {
      flow.nodes.main!.connections['key:1'] = 'operator';
    });
    expect([...wires]).toEqual(['main:key:1']);
    expect(nodes.size).toBe(0);
  });

  it('[CP1] of a flow that was not there, everything is new', () => {
    const { nodes, removed } = compareFlows(undefined, before);
    expect([...nodes.keys()]).toEqual(Object.keys(before.nodes));
    expect(removed).toEqual([]);
  });
});
