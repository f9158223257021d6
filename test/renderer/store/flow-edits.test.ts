import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNode,
  canConnect,
  connect,
  disconnect,
  freeName,
  freePlace,
  moveNodes,
  reconnect,
  removeNodes,
  updateNode,
} from '../../../renderer/store/flow-edits.ts';
import { type FlowNode, jumpsOf, outputsOf } from '../../../shared/flow/catalogue.ts';
import { type Flow, FlowSchema } from '../../../shared/flow/project.ts';
import { node, sampleProject } from '../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;
const connectionsOf = (changed: Flow, id: string) => changed.nodes[id]?.connections;

describe('connecting', () => {
  it('[FE1] leads an output to one target at a time', () => {
    const changed = connect(flow, 'welcome', 'key:1', 'support');
    expect(connectionsOf(changed, 'welcome')).toMatchObject({ 'key:1': 'support', 'key:2': 'support' });
    expect(connectionsOf(flow, 'welcome')).toMatchObject({ 'key:1': 'sales' });
  });

  it('[FE2] refuses the start, unknown nodes and unknown outputs', () => {
    for (const [from, output, to] of [
      ['welcome', 'key:1', 'start'],
      ['welcome', 'key:1', 'nobody'],
      ['welcome', 'key:7', 'sales'],
      ['nobody', 'next', 'sales'],
    ] as const) {
      expect(canConnect(flow, from, output, to)).toBe(false);
      expect(connect(flow, from, output, to)).toBe(flow);
    }
  });

  it('[FE3] lets a menu lead to itself and back to its parent', () => {
    expect(connectionsOf(connect(flow, 'support', 'key:1', 'support'), 'support')?.['key:1']).toBe('support');
    expect(connectionsOf(flow, 'support')?.['key:*']).toBe('welcome');
  });

  it('[FE4] opens an output, and is the same flow when it was open', () => {
    const open = disconnect(flow, 'start', 'next');
    expect(connectionsOf(open, 'start')).toEqual({});
    expect(disconnect(open, 'start', 'next')).toBe(open);
  });

  it('[FE5] moves either end of a connection', () => {
    const end = reconnect(flow, { from: 'welcome', output: 'key:1' }, { from: 'welcome', output: 'key:1', to: 'bye' });
    expect(connectionsOf(end, 'welcome')?.['key:1']).toBe('bye');
    const begin = reconnect(
      flow,
      { from: 'welcome', output: 'key:1' },
      { from: 'welcome', output: 'no-input', to: 'sales' },
    );
    expect(connectionsOf(begin, 'welcome')).toMatchObject({ 'no-input': 'sales' });
    expect(connectionsOf(begin, 'welcome')).not.toHaveProperty('key:1');
    const refused = { from: 'welcome', output: 'key:1', to: 'start' };
    expect(reconnect(flow, { from: 'welcome', output: 'key:1' }, refused)).toBe(flow);
  });
});

describe('nodes', () => {
  it('[FE6] are added with the connection that led to them', () => {
    const changed = addNode(flow, 'new', node('exit'), { from: 'welcome', output: 'no-input' });
    expect(changed.nodes.new?.type).toBe('exit');
    expect(connectionsOf(changed, 'welcome')?.['no-input']).toBe('new');
  });

  it('[FE7] are removed with the connections to them; the start stays', () => {
    const changed = removeNodes(flow, ['sales', 'bye', 'start', 'nobody']);
    expect(Object.keys(changed.nodes)).not.toContain('sales');
    expect(changed.nodes.start).toBe(flow.nodes.start);
    expect(connectionsOf(changed, 'welcome')).toEqual({ 'key:2': 'support', 'key:3': 'hours', 'key:0': 'ann' });
    expect(removeNodes(flow, ['start'])).toBe(flow);
  });

  it('[FE7] are led to by no jump any more when they are gone', () => {
    const jumping = addNode(flow, 'jump', node('go-to', { data: { target: { kind: 'node', nodeId: 'sales' } } }));
    const jump = jumping.nodes.jump as FlowNode;
    expect(jumpsOf(removeNodes(jumping, ['sales']).nodes.jump as FlowNode)).toEqual([]);
    expect(removeNodes(jumping, ['bye']).nodes.jump).toBe(jump);
  });

  it('[FE8] are moved to whole pixels, and are the same flow when nothing moved', () => {
    const changed = moveNodes(flow, { sales: { x: 1.4, y: 2.6 }, nobody: { x: 0, y: 0 } });
    expect(changed.nodes.sales?.position).toEqual({ x: 1, y: 3 });
    expect(changed.nodes.bye).toBe(flow.nodes.bye);
    expect(moveNodes(flow, { sales: { x: 720.2, y: -180 } })).toBe(flow);
  });

  it('[FE9] lose the connections of outputs that their settings no longer have', () => {
    const changed = updateNode(flow, 'welcome', (menu) =>
      menu.type === 'menu' ? { ...menu, data: { ...menu.data, keys: ['1'] } } : menu,
    );
    expect(connectionsOf(changed, 'welcome')).toEqual({ 'key:1': 'sales', invalid: 'bye' });
    expect(updateNode(flow, 'welcome', (menu) => menu)).toBe(flow);
  });

  it('[FE10] get a name that is free', () => {
    expect(freeName(flow, 'Menu')).toBe('Menu');
    expect(freeName(flow, 'Support')).toBe('Support 2');
    const two = addNode(flow, 'x', node('menu', { name: 'Support 2' }));
    expect(freeName(two, 'Support')).toBe('Support 3');
  });

  it('[FE11] find a place where they overlap nothing', () => {
    const place = freePlace(flow, { x: 720, y: -180 });
    expect(place.x).toBe(720);
    expect(place.y).toBeGreaterThan(300);
    expect(freePlace(flow, { x: 5000, y: 7 })).toEqual({ x: 5000, y: 7 });
  });
});

describe('any series of edits', () => {
  it('[FE12] leaves a flow that the schema takes, with one start and no connection to nowhere', () => {
    const ids = Object.keys(flow.nodes);
    const id = fc.constantFrom(...ids, 'ghost');
    const output = fc.constantFrom('next', 'key:1', 'key:2', 'invalid', 'timeout', 'nonsense');
    const edit: fc.Arbitrary<(flow: Flow) => Flow> = fc.oneof(
      fc.tuple(id, output, id).map(
        ([from, out, to]) =>
          (now: Flow) =>
            connect(now, from, out, to),
      ),
      fc.tuple(id, output).map(
        ([from, out]) =>
          (now: Flow) =>
            disconnect(now, from, out),
      ),
      fc.array(id, { maxLength: 3 }).map((gone) => (now: Flow) => removeNodes(now, gone)),
      fc.tuple(id, fc.double({ min: -1e6, max: 1e6, noNaN: true })).map(
        ([one, x]) =>
          (now: Flow) =>
            moveNodes(now, { [one]: { x, y: -x } }),
      ),
      id.map((one) => (now: Flow) => addNode(now, `n-${one}`, node('menu'), { from: one, output: 'next' })),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
        const result = edits.reduce((now, change) => change(now), flow);
        FlowSchema.parse(result);
        const nodes = Object.values<FlowNode>(result.nodes);
        expect(nodes.filter((one) => one.type === 'start')).toHaveLength(1);
        for (const one of nodes) {
          const outputs = outputsOf(one).map((candidate) => candidate.id);
          for (const [from, to] of Object.entries(one.connections)) {
            expect(outputs).toContain(from);
            expect(result.nodes[to]).toBeDefined();
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
