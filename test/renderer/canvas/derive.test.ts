import { describe, expect, it } from 'vitest';
import {
  type CardNode,
  type CardsInput,
  deriveCards,
  deriveWires,
  type WireEdge,
} from '../../../renderer/canvas/derive.ts';
import { graphFacts } from '../../../renderer/canvas/graph.ts';
import { NO_PATH } from '../../../renderer/canvas/live-path.ts';
import { conflictCounts, describeNode, problemMarks } from '../../../renderer/canvas/use-elements.ts';
import { startI18n } from '../../../renderer/i18n/index.ts';
import { connect, moveNodes, updateNode } from '../../../renderer/store/flow-edits.ts';
import type { Problem } from '../../../renderer/store/problems-store.ts';
import type { SyncConflict } from '../../../shared/bridge/sync.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;

function input(part: Partial<CardsInput> = {}): CardsInput {
  const drawn = part.flow ?? flow;
  return {
    flow: drawn,
    facts: graphFacts(drawn),
    problems: new Map(),
    conflicts: new Map(),
    path: NO_PATH,
    selected: [],
    dragged: {},
    measured: {},
    estimate: false,
    label: (node) => node.name,
    ...part,
  };
}
const byId = (cards: readonly CardNode[], id: string) => cards.find((card) => card.id === id);

describe('cards', () => {
  it('[CV1] are one per node, where the document says, in the order of the Tab key', () => {
    const cards = deriveCards(input(), []);
    expect(cards.map((card) => card.id)).toEqual(graphFacts(flow).order);
    expect(byId(cards, 'sales')).toMatchObject({
      position: { x: 720, y: -180 },
      selected: false,
      ariaLabel: 'Sales queue',
    });
    expect(byId(cards, 'support')?.data.level).toBe(2);
  });

  it('[CV2] are the very same objects where nothing changed', () => {
    const before = deriveCards(input(), []);
    const moved = moveNodes(flow, { sales: { x: 0, y: 0 } });
    const after = deriveCards(input({ flow: moved }), before);
    expect(byId(after, 'sales')).not.toBe(byId(before, 'sales'));
    expect(byId(after, 'bye')).toBe(byId(before, 'bye'));
    expect(deriveCards(input({ flow: moved }), after).every((card, index) => card === after[index])).toBe(true);
  });

  it('[CV3] keep their drawing data when only selection or place changes', () => {
    const before = deriveCards(input(), []);
    const after = deriveCards(input({ selected: ['sales'], dragged: { bye: { x: 1, y: 2 } } }), before);
    expect(byId(after, 'sales')?.selected).toBe(true);
    expect(byId(after, 'bye')?.position).toEqual({ x: 1, y: 2 });
    for (const id of ['sales', 'bye']) expect(byId(after, id)?.data).toBe(byId(before, id)?.data);
  });

  it('[CV4] carry the size that was measured', () => {
    const measured = { sales: { width: 240, height: 180 } };
    expect(byId(deriveCards(input({ measured }), []), 'sales')?.measured).toBe(measured.sales);
    expect(byId(deriveCards(input(), []), 'sales')).not.toHaveProperty('measured');
  });

  it('[CV10] that were never drawn have an estimated size and handles for all outputs where asked for', () => {
    const before = deriveCards(input({ estimate: true }), []);
    const welcome = byId(before, 'welcome');
    expect(welcome?.measured).toEqual({ width: 240, height: 92 + 6 * 24 });
    expect(welcome?.handles?.map((handle) => handle.id)).toEqual([
      null,
      ...['key:1', 'key:2', 'key:3', 'key:0', 'no-input', 'invalid'],
    ]);
    expect(byId(before, 'start')?.handles?.map((handle) => handle.type)).toEqual(['source']);
    const measured = { welcome: { width: 240, height: 250 } };
    const after = deriveCards(input({ estimate: true, measured }), before);
    expect(byId(after, 'welcome')).not.toHaveProperty('handles');
    expect(byId(after, 'welcome')?.measured).toBe(measured.welcome);
    expect(byId(after, 'bye')).toBe(byId(before, 'bye'));
  });

  it('[CV5] show problems and the live call', () => {
    const path = { visited: new Set(['start', 'welcome']), current: 'welcome', taken: new Set(['start:next']) };
    const problems = new Map([['sales', { severity: 'error', count: 2 } as const]]);
    const cards = deriveCards(input({ path, problems }), []);
    expect(byId(cards, 'start')?.data.live).toBe('visited');
    expect(byId(cards, 'welcome')?.data.live).toBe('current');
    expect(byId(cards, 'sales')?.data).toMatchObject({ live: undefined, problem: { count: 2 } });
  });

  it('say how many hung up at them, and only those are drawn again', () => {
    const before = deriveCards(input({ drops: new Map([['bye', 1]]) }), []);
    const after = deriveCards(
      input({
        drops: new Map([
          ['bye', 1],
          ['sales', 3],
        ]),
      }),
      before,
    );
    expect(byId(after, 'sales')?.data.drops).toBe(3);
    expect(byId(after, 'bye')?.data.drops).toBe(1);
    expect(byId(after, 'welcome')?.data.drops).toBeUndefined();
    expect(after.filter((card, index) => card !== before[index]).map(({ id }) => id)).toEqual(['sales']);
  });
});

describe('wires', () => {
  it('[CV6] are one per connection, from its output to its target', () => {
    const wires = deriveWires(flow, NO_PATH, [], []);
    const count = Object.values(flow.nodes).reduce((sum, node) => sum + Object.keys(node.connections).length, 0);
    expect(wires).toHaveLength(count);
    expect(wires[0]).toMatchObject({ id: 'start:next', source: 'start', sourceHandle: 'next', target: 'welcome' });
  });

  it('[CV7] are the very same objects where nothing changed', () => {
    const before = deriveWires(flow, NO_PATH, [], []);
    const after = deriveWires(connect(flow, 'welcome', 'key:1', 'bye'), NO_PATH, ['start:next'], before);
    const changed = after.filter((wire) => !before.includes(wire)).map((wire) => wire.id);
    expect(changed).toEqual(['start:next', 'welcome:key:1']);
    expect(deriveWires({ ...flow, name: 'Other' }, NO_PATH, [], before)).toBe(before);
  });

  it('marks what no test goes through, and only that is made anew', () => {
    const before = deriveWires(flow, NO_PATH, [], []);
    const after = deriveWires(flow, NO_PATH, [], before, new Set(['welcome:key:2']));
    expect(after.filter(({ data }) => data?.noted).map(({ id }) => id)).toEqual(['welcome:key:2']);
    expect(after.filter((wire) => !before.includes(wire))).toHaveLength(1);
  });

  it('carry how many calls took them, and only what changed is made anew', () => {
    const heat = (count: number) => new Map([['welcome:key:1', { count, share: 1 }]]);
    const derive = (before: readonly WireEdge[], count: number) =>
      deriveWires(flow, NO_PATH, [], before, undefined, undefined, heat(count));
    const before = derive([], 4);
    expect(before.filter(({ data }) => data?.heat).map(({ id, data }) => [id, data?.heat?.count])).toEqual([
      ['welcome:key:1', 4],
    ]);
    expect(derive(before, 4)).toBe(before);
    const after = derive(before, 5);
    expect(after.filter((wire) => !before.includes(wire)).map(({ id }) => id)).toEqual(['welcome:key:1']);
  });

  it('lie above others when calls took them, the busiest on top', () => {
    const heat = new Map([
      ['start:next', { count: 4, share: 1 }],
      ['welcome:key:1', { count: 1, share: 0.25 }],
    ]);
    const wires = deriveWires(flow, NO_PATH, [], [], undefined, undefined, heat);
    expect(wires.slice(-2).map(({ id }) => id)).toEqual(['welcome:key:1', 'start:next']);
    expect(deriveWires(flow, NO_PATH, [], wires, undefined, undefined, heat)).toBe(wires);
  });

  it('that calls took end in an arrow of that colour, of one size however wide they are; selected ones do not', () => {
    const heat = new Map([['welcome:key:1', { count: 4, share: 1 }]]);
    const arrowOf = (selected: readonly string[]) =>
      deriveWires(flow, NO_PATH, selected, [], undefined, undefined, heat).find(({ id }) => id === 'welcome:key:1')
        ?.markerEnd;
    expect(arrowOf([])).toMatchObject({ color: 'var(--dt-heat)', markerUnits: 'userSpaceOnUse' });
    expect(arrowOf(['welcome:key:1'])).toMatchObject({ color: 'var(--dt-accent)' });
  });

  it('[CV8] lie on top when taken by the call', () => {
    const path = { ...NO_PATH, taken: new Set(['welcome:key:2']) };
    const wire = deriveWires(flow, path, [], []).find((one) => one.id === 'welcome:key:2');
    expect(wire).toMatchObject({ data: { taken: true }, zIndex: 1 });
  });

  it('[CV9] leave out what leads from an output or to a node that is not there', () => {
    const broken = updateNode(flow, 'bye', (node) => node);
    const dangling: Flow = {
      ...broken,
      nodes: {
        ...broken.nodes,
        hours: { ...broken.nodes.hours, connections: { next: 'ghost', odd: 'bye' } } as Flow['nodes'][string],
      },
    };
    expect(deriveWires(dangling, NO_PATH, [], []).filter((wire) => wire.source === 'hours')).toEqual([]);
  });
});

describe('marks and labels', () => {
  const problem = (part: Partial<Problem>): Problem => ({
    code: 'flow/no-people',
    severity: 'warning',
    message: '',
    params: {},
    flowId: 'main',
    nodeId: 'ann',
    output: null,
    ...part,
  });

  it('count the problems of a node by the worst of them, of this flow only', () => {
    const problems = [
      problem({}),
      problem({ severity: 'error' }),
      problem({}),
      problem({ flowId: 'other', nodeId: 'bob' }),
      problem({ nodeId: null }),
    ];
    expect([...problemMarks(problems, 'main')]).toEqual([['ann', { count: 3, severity: 'error' }]]);
  });

  it('say kind, name and how much is connected', () => {
    const { t } = startI18n('en');
    const say = (id: string) => describeNode(flow.nodes[id] as Flow['nodes'][string], t);
    expect(say('start')).toBe('Start. 1 of 1 output connected');
    expect(say('welcome')).toBe('Menu: Welcome. 5 of 6 outputs connected');
    expect(say('bye')).toBe('Hang up: Good bye');
  });
});

describe('conflicts with the endpoint', () => {
  const at = (...path: string[]) => ({ path }) as SyncConflict;

  it('[RS10] are counted by node, those of this flow only', () => {
    const conflicts = [
      at('flows', 'main', 'nodes', 'sales', 'name'),
      at('flows', 'main', 'nodes', 'sales'),
      at('flows', 'other', 'nodes', 'sales', 'name'),
      at('flows', 'main', 'name'),
      at('name'),
    ];
    expect([...conflictCounts(conflicts, 'main')]).toEqual([['sales', 2]]);
  });

  it('[RS10][CV2] mark a card, and only that one is drawn again', () => {
    const before = deriveCards(input(), []);
    const after = deriveCards(input({ conflicts: new Map([['sales', 2]]) }), before);
    expect(byId(after, 'sales')?.data.conflicts).toBe(2);
    expect(after.filter((card, index) => card !== before[index])).toHaveLength(1);
  });
});
