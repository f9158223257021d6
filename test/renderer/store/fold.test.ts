import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Folded, fold } from '../../../renderer/store/fold.ts';
import { unfold } from '../../../renderer/store/unfold.ts';
import { diffProjects } from '../../../shared/analyze/diff.ts';
import type { NodeOf } from '../../../shared/flow/catalogue.ts';
import { type Project, ProjectSchema } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';

const NAMES = { flow: 'Folded', start: 'Call arrives' };

function counter(): () => string {
  let count = 0;
  return () => `new${++count}`;
}

const counter2 = () => {
  const next = counter();
  return () => `un${next()}`;
};

const foldIn = (project: Project, ids: readonly string[], flowId = 'main') =>
  fold(project, flowId, ids, NAMES, counter());

function folded(result: ReturnType<typeof foldIn>): Folded {
  if (typeof result === 'string') throw new Error(`refused: ${result}`);
  return result;
}

const behaviour = (before: Project, after: Project) => diffProjects(before, after, { maxPairs: 4000 }).behaviour;

describe('folding nodes into a flow of their own', () => {
  const shop = sampleProject('en');

  it('[FO1] puts a sub-flow in their place, with a result for each way out; calls go as before', () => {
    const { project, flowId, nodeId } = folded(foldIn(shop, ['support', 'hours', 'billing']));
    ProjectSchema.parse(project);
    const inner = project.flows[flowId]!;
    const call = project.flows.main!.nodes[nodeId]!;
    expect(project.flows.main!.nodes.support).toBeUndefined();
    expect(inner.nodes.support).toBeDefined();
    expect(call.type === 'sub-flow' && call.data.flowId).toBe(flowId);
    const returns = Object.values(inner.nodes).flatMap((node) => (node.type === 'return' ? [node.data.result] : []));
    expect(Object.keys(call.connections).sort()).toEqual(returns.map((result) => `result:${result}`).sort());
    expect(behaviour(shop, project)).toEqual([]);
  });

  it('[FO2] says why not, where calls would go another way', () => {
    expect(foldIn(shop, [])).toBe('no-way-in');
    expect(foldIn(shop, ['start'])).toBe('no-way-in');
    expect(foldIn(shop, ['gone'])).toBe('no-way-in');
    expect(foldIn(shop, ['sales', 'support'])).toBe('several-ways-in');
    expect(foldIn(shop, ['support'], 'gone')).toBe('no-way-in');
  });

  it('[FO2] refuses nodes that return, jump outside, or share menus with "back"', () => {
    const withNode = (id: string, node: object) => {
      const project = structuredClone(shop) as Project;
      const { main } = project.flows;
      if (!main) throw new Error('the sample has a flow');
      main.nodes[id] = { name: id, position: { x: 0, y: 0 }, connections: {}, ...node } as never;
      main.nodes.support!.connections['key:9'] = id;
      return project;
    };
    expect(foldIn(withNode('end', { type: 'return', data: { result: 'done' } }), ['support', 'end'])).toBe('return');
    const outside = { type: 'go-to', data: { target: { kind: 'node', nodeId: 'main' } } };
    expect(foldIn(withNode('jump', outside), ['support', 'jump'])).toBe('jump');
    const back = { type: 'go-to', data: { target: { kind: 'back' } } };
    expect(foldIn(withNode('jump', back), ['support'])).toBe('menus');
  });

  it('[FO3] leads jumps from outside to the sub-flow', () => {
    const project = structuredClone(shop) as Project;
    const { main } = project.flows;
    if (!main) throw new Error('the sample has a flow');
    main.nodes.jump = {
      type: 'go-to',
      name: 'Again',
      position: { x: 0, y: 0 },
      connections: {},
      data: { target: { kind: 'node', nodeId: 'support' } },
    };
    main.nodes.busy!.connections.next = 'jump';
    const result = folded(foldIn(project, ['support']));
    expect(result.project.flows.main!.nodes.jump?.data).toEqual({ target: { kind: 'node', nodeId: result.nodeId } });
    expect(behaviour(project, result.project)).toEqual([]);
  });

  it('[FO1] keeps places numbers, wherever cards stand', () => {
    const far = structuredClone(shop) as Project;
    far.flows.main!.nodes.support!.position = { x: -1.7e308, y: 1.7e308 };
    far.flows.main!.nodes.billing!.position = { x: 1.7e308, y: -1.7e308 };
    ProjectSchema.parse(folded(foldIn(far, ['support', 'billing'])).project);
  });

  it('[FO1] never changes what callers meet, whatever is folded', () => {
    let done = 0;
    fc.assert(
      fc.property(arbitraryProject, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (project, picks) => {
        const flowId = Object.keys(project.flows)[0] ?? '';
        const ids = Object.keys(project.flows[flowId]?.nodes ?? {});
        const calls = Object.values(project.flows).some((flow) =>
          Object.values(flow.nodes).some((node) => node.type === 'sub-flow'),
        );
        // Flows that call each other without end meet the guard of depth one call earlier.
        fc.pre(ids.length > 0 && !calls);
        const result = foldIn(project, [...new Set(picks.map((pick) => ids[pick % ids.length] as string))], flowId);
        fc.pre(typeof result !== 'string');
        done++;
        ProjectSchema.parse(result.project);
        expect(behaviour(project, result.project)).toEqual([]);
        const back = unfold(result.project, flowId, result.nodeId, counter2());
        if (typeof back === 'string') {
          expect(back).toBe('menus');
          return;
        }
        ProjectSchema.parse(back.project);
        expect(behaviour(project, back.project)).toEqual([]);
        expect(Object.keys(back.project.flows)).toEqual(Object.keys(project.flows));
      }),
      { numRuns: 60, maxSkipsPerRun: 400 },
    );
    expect(done).toBeGreaterThan(20);
  }, 60_000);
});

describe('unfolding a sub-flow', () => {
  const shop = sampleProject('en');
  const { project, nodeId, flowId } = folded(foldIn(shop, ['support', 'hours', 'billing']));

  it('[FO4] puts its nodes back, and takes the flow away when nothing else uses it', () => {
    const back = unfold(project, 'main', nodeId, counter2());
    if (typeof back === 'string') throw new Error(back);
    expect(Object.keys(back.project.flows)).toEqual(Object.keys(shop.flows));
    const names = (one: Project) => Object.values(one.flows.main!.nodes).map((node) => node.name);
    expect(names(back.project).sort()).toEqual(names(shop).sort());
    expect(back.ids).toHaveLength(3);
    expect(behaviour(shop, back.project)).toEqual([]);
  });

  it('[FO4] keeps the flow when a number leads into it', () => {
    const used = structuredClone(project) as Project;
    Object.assign(Object.values(used.numbers)[0] ?? {}, { flowId });
    const back = unfold(used, 'main', nodeId, counter2());
    expect(typeof back !== 'string' && back.project.flows[flowId]).toBeTruthy();
  });

  it('[FO5] says why not', () => {
    expect(unfold(project, 'main', 'start', counter())).toBe('no-flow');
    expect(unfold(project, 'main', 'gone', counter())).toBe('no-flow');
    const change = (edit: (node: NodeOf<'sub-flow'>) => void) => {
      const changed = structuredClone(project) as Project;
      const node = changed.flows.main!.nodes[nodeId]!;
      if (node.type === 'sub-flow') edit(node);
      return unfold(changed, 'main', nodeId, counter());
    };
    expect(
      change((node) => {
        node.data.flowId = 'main';
      }),
    ).toBe('no-flow');
    expect(
      change((node) => {
        node.data.parameters.push({ variable: 'pin', value: '1' } as never);
      }),
    ).toBe('parameters');
    const back = structuredClone(project) as Project;
    Object.values(back.flows[flowId]!.nodes).find((node) => node.type === 'say')!.connections = {};
    back.flows[flowId]!.nodes.again = {
      type: 'go-to',
      name: '',
      position: { x: 0, y: 0 },
      connections: {},
      data: { target: { kind: 'back' } },
    };
    expect(unfold(back, 'main', nodeId, counter())).toBe('menus');
  });
});
