import { describe, expect, it } from 'vitest';
import { connectionId, parseConnectionId } from '../../../renderer/canvas/connection-id.ts';
import { graphFacts, neighbour } from '../../../renderer/canvas/graph.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import { node, sampleProject } from '../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;

describe('graph facts', () => {
  it('put nodes in the order in which callers meet them, unreachable ones last', () => {
    const withIsland = { ...flow, nodes: { island: node('exit'), ...flow.nodes } };
    const { order } = graphFacts(withIsland);
    expect(order.slice(0, 3)).toEqual(['start', 'welcome', 'sales']);
    expect(order.at(-1)).toBe('island');
    expect([...order].sort()).toEqual(Object.keys(withIsland.nodes).sort());
  });

  it('follow jumps as they follow wires', () => {
    const jumping = {
      ...flow,
      nodes: {
        ...flow.nodes,
        start: node('start', { connections: { next: 'jump' } }),
        jump: node('go-to', { data: { target: { kind: 'node', nodeId: 'support' } } }),
        lost: node('go-to', { data: { target: { kind: 'node', nodeId: 'gone' } } }),
      },
    };
    expect(graphFacts(jumping).order.slice(0, 3)).toEqual(['start', 'jump', 'support']);
    expect(graphFacts(jumping).menuLevels.get('support')).toBe(1);
    expect(neighbour(jumping, 'jump', 'right')).toBe('support');
  });

  it('count how deep menus lie, and stand circles', () => {
    const { menuLevels } = graphFacts(flow);
    expect([...menuLevels]).toEqual([
      ['welcome', 1],
      ['support', 2],
    ]);
  });

  it('are found for a large flow at once', () => {
    const nodes: Flow['nodes'] = { start: node('start', { connections: { next: 'n0' } }) };
    for (let index = 0; index < 5000; index++)
      nodes[`n${index}`] = node('say', { connections: { next: `n${index + 1}` } });
    const { order } = graphFacts({ ...flow, nodes });
    expect(order).toHaveLength(5001);
  });
});

describe('arrow keys', () => {
  it('follow the first connection to the right, and go back along one to the left', () => {
    expect(neighbour(flow, 'start', 'right')).toBe('welcome');
    expect(neighbour(flow, 'welcome', 'right')).toBe('sales');
    expect(neighbour(flow, 'hours', 'left')).toBe('welcome');
  });

  it('go up and down to what lies there', () => {
    expect(neighbour(flow, 'support', 'up')).toBe('sales');
    expect(neighbour(flow, 'support', 'down')).toBe('hours');
    expect(neighbour(flow, 'hours', 'down')).toBeUndefined();
  });

  it('go to the nearest node where no connection leads', () => {
    const island = { ...flow, nodes: { ...flow.nodes, island: node('exit', { position: { x: 1500, y: 300 } }) } };
    expect(neighbour(island, 'bye', 'right')).toBe('island');
    expect(neighbour(island, 'island', 'left')).toBe('bye');
    expect(neighbour(flow, 'nobody', 'left')).toBeUndefined();
  });
});

describe('connection ids', () => {
  it('can be taken apart again, also with the colon of a key', () => {
    const output = { from: 'n1', output: 'key:#' };
    expect(parseConnectionId(connectionId(output))).toEqual(output);
  });
});
