import { describe, expect, it } from 'vitest';
import { livePath, NO_PATH } from '../../../renderer/canvas/live-path.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import { node, sampleProject } from '../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;
const entered = (nodeId: string, flowId = 'main'): TraceEntry => ({ atMs: 0, type: 'node-entered', flowId, nodeId });
const left = (nodeId: string, output: string): TraceEntry => ({ atMs: 0, type: 'outcome', nodeId, output });

describe('live path', () => {
  it('[LP1] lights the nodes visited, the current one, and the connections taken', () => {
    const trace = [
      entered('start'),
      left('start', 'next'),
      entered('welcome'),
      left('welcome', 'key:2'),
      entered('support'),
    ];
    const path = livePath(trace, 'main', flow);
    expect([...path.visited]).toEqual(['start', 'welcome', 'support']);
    expect(path.current).toBe('support');
    expect([...path.taken]).toEqual(['start:next', 'welcome:key:2']);
  });

  it('[LP2] finds the connection by itself only where there is just one', () => {
    expect([...livePath([entered('start'), entered('welcome')], 'main', flow).taken]).toEqual(['start:next']);
    const twice = {
      ...flow.nodes.welcome,
      connections: { 'key:1': 'sales', 'key:2': 'sales' },
    } as Flow['nodes'][string];
    const ambiguous = { ...flow, nodes: { ...flow.nodes, welcome: twice } };
    expect([...livePath([entered('welcome'), entered('sales')], 'main', ambiguous).taken]).toEqual([]);
  });

  it('[LP3] has no current node once the call has ended or left the flow, and keeps the path', () => {
    const ended: TraceEntry = { atMs: 9, type: 'ended', by: 'caller', cause: 'normal' };
    const handling: TraceEntry = { atMs: 9, type: 'default-handling', numberId: null };
    for (const last of [ended, handling, entered('x', 'other')]) {
      const path = livePath([entered('start'), last], 'main', flow);
      expect(path.current).toBeNull();
      expect([...path.visited]).toEqual(['start']);
    }
    expect(livePath([], 'main', flow)).toEqual(NO_PATH);
  });

  it('[LP5] is at the node that called while a sub-flow lasts, and goes on from there', () => {
    const call = node('sub-flow', { connections: { otherwise: 'bye' } });
    const calling = { ...flow, nodes: { ...flow.nodes, call } };
    const inside = [entered('call'), entered('start', 'other'), left('start', 'next'), entered('x', 'other')];
    expect(livePath(inside, 'main', calling).current).toBe('call');
    const after = livePath([...inside, left('call', 'otherwise'), entered('bye')], 'main', calling);
    expect(after.current).toBe('bye');
    expect([...after.taken]).toEqual(['call:otherwise']);
  });

  it('[LP4] reads the trace of a real call through the engine, repeats and default handling included', () => {
    const project = sampleProject();
    const { trace } = simulate(lowerProject(project).program, {
      target: { kind: 'number', numberId: 'head' },
      actions: [
        { atMs: 1000, key: '9' },
        { atMs: 2000, key: '2' },
        { atMs: 3000, key: '*' },
        { atMs: 4000, key: '3' },
      ],
    });
    const path = livePath(trace, 'main', flow);
    expect([...path.visited]).toEqual(['start', 'welcome', 'support', 'hours', 'bye']);
    expect([...path.taken]).toEqual(['start:next', 'welcome:key:2', 'support:key:*', 'welcome:key:3', 'hours:next']);
    expect(path.current).toBeNull();
  });
});
