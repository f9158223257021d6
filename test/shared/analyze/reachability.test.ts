import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Sought, waysTo } from '../../../shared/analyze/reachability.ts';
import { wayText } from '../../../shared/analyze/way-text.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import type { Key } from '../../../shared/flow/ids.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { menu, type NodeSketch, sketchProject } from '../../support/engine-driver.ts';

const nodes: Record<string, NodeSketch> = {
  start: { type: 'start', to: { next: 'hours' } },
  hours: { type: 'schedule', data: { scheduleId: 'office' }, to: { open: 'top', closed: 'bye' } },
  top: menu({ keys: ['1', '2'] }, { 'key:1': 'team', 'key:2': 'sub', 'no-input': 'team' }),
  sub: menu({ keys: ['1', '*'], directDial: { kind: 'people', people: ['cid'] } }, { 'key:1': 'ann', 'key:*': 'top' }),
  team: { type: 'queue', data: { queueId: 'team' } },
  ann: { type: 'employee', data: { people: ['ann'] } },
  bye: { type: 'exit' },
};
const project = sketchProject(nodes, (base) => ({
  schedules: { office: { name: 'Office', timeZone: 'UTC', weekly: [{ day: 1, from: '08:00', to: '17:00' }] } },
  numbers: {
    ...(base.numbers as object),
    direct: { number: '200', defaultHandling: { kind: 'person', personId: 'bob' }, useVoiceMenu: false },
    other: { number: '300', defaultHandling: { kind: 'queue', queueId: 'team' }, useVoiceMenu: true, flowId: 'main' },
  },
}));

const told = (sought: Sought, of: Project = project, perTarget = 3) =>
  waysTo(of, lowerProject(of).program, sought, { perTarget }).map((way) => wayText(of, way));

describe('who reaches', () => {
  test('[RE1] a person: by keys, by extension, in a queue, by default handling', () => {
    expect(told({ kind: 'person', personId: 'cid' })).toEqual([
      'Callers of 100 who press 2, 201, while "Office" is open.',
      'Callers of 300 who press 2, 201, while "Office" is open.',
    ]);
    expect(told({ kind: 'person', personId: 'bob' })).toEqual(['Callers of 200 who press nothing.']);
    expect(told({ kind: 'person', personId: 'ann' }, project, 1)).toEqual([
      'Callers of 300 who press nothing, while "Office" is closed, in the queue "Team".',
      'Callers of 100 who press 1, while "Office" is open, in the queue "Team".',
    ]);
  });

  test('[RE1] a queue, the shortest way first', () => {
    expect(told({ kind: 'queue', queueId: 'team' })).toEqual([
      'Callers of 300 who press nothing, while "Office" is closed.',
      'Callers of 100 who press 1, while "Office" is open.',
      'Callers of 300 who press 1, while "Office" is open.',
      'Callers of 100 who press nothing, while "Office" is open, after "no input" at "top".',
      'Callers of 300 who press nothing, while "Office" is open, after "no input" at "top".',
    ]);
  });

  test('[RE1] a node, and nobody a node that nothing leads to', () => {
    expect(told({ kind: 'node', flowId: 'main', nodeId: 'sub' })[0]).toBe(
      'Callers of 100 who press 2, while "Office" is open.',
    );
    expect(told({ kind: 'node', flowId: 'main', nodeId: 'gone' })).toEqual([]);
  });

  test('[RE2] goes through no node twice, and tells a few ways of each number only', () => {
    const ways = waysTo(project, lowerProject(project).program, { kind: 'queue', queueId: 'team' }, { perTarget: 1 });
    expect(ways).toHaveLength(2);
    for (const { steps } of waysTo(project, lowerProject(project).program, { kind: 'queue', queueId: 'team' })) {
      const passed = steps.map(({ origin }) => origin.nodeId);
      expect(new Set(passed).size).toBe(passed.length);
    }
  });

  test('[RE1] whoever presses those keys at that time does reach them', () => {
    const { program } = lowerProject(project);
    const [way] = waysTo(project, program, { kind: 'person', personId: 'cid' });
    const keys = [...(way?.keys.join('') ?? '')].map((key, index) => ({ atMs: 500 + index * 300, key: key as Key }));
    const { trace } = simulate(program, { target: way!.target, actions: keys });
    expect(trace).toContainEqual(expect.objectContaining({ type: 'dialled', people: ['cid'] }));
  });

  test('[RE2] any project: total, the ways start at a target, and keys are those of the steps', () => {
    const sought = fc.oneof(
      fc.record({ kind: fc.constant('person' as const), personId: fc.constantFrom('a', 'b', 'gone') }),
      fc.record({ kind: fc.constant('queue' as const), queueId: fc.constantFrom('a', 'toString') }),
      fc.record({ kind: fc.constant('node' as const), flowId: fc.constant('a'), nodeId: fc.constantFrom('n1', '7') }),
    );
    fc.assert(
      fc.property(arbitraryProject, sought, (any, what) => {
        for (const way of waysTo(any, lowerProject(any).program, what)) {
          expect(way.keys).toEqual(way.steps.flatMap(({ keys }) => keys ?? []));
          expect(wayText(any, way)).toMatch(/^(Callers of|Test calls to) .*\.$/s);
        }
      }),
      { numRuns: 60 },
    );
  });
});
