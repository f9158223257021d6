import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reachableFrom } from '../../../shared/analyze/exits.ts';
import { pathTo } from '../../../shared/analyze/explore/graph.ts';
import { witnessOf } from '../../../shared/analyze/explore/witness.ts';
import { exploreTarget, targetsOf } from '../../../shared/analyze/explorer.ts';
import { callerClasses } from '../../../shared/engine/caller-classes.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import type { FlowProgram } from '../../../shared/engine/program.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import { stateKey } from '../../../shared/engine/state.ts';
import { MAX_VISITS } from '../../../shared/engine/turn.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { menu, type NodeSketch, says, sketchProject, startingWith } from '../../support/engine-driver.ts';

const LINE = { kind: 'number', numberId: 'line' } as const;

function explore(program: FlowProgram, maxStates?: number) {
  return exploreTarget(program, LINE, {
    callers: callerClasses(program),
    ...(maxStates !== undefined && { maxStates }),
  });
}

const programOf = (first: NodeSketch, others: Record<string, NodeSketch> = {}) =>
  lowerProject(startingWith(first, others)).program;

describe('targets', () => {
  test('[EX1] a flow with a number of its own is explored once', () => {
    const { program } = lowerProject(
      sketchProject({ start: { type: 'start' } }, (base) => ({
        flows: { ...(base.flows as object), other: { name: 'Other', nodes: {} } },
        numbers: {
          ...(base.numbers as object),
          second: { number: '200', defaultHandling: { kind: 'person', personId: 'ann' }, useVoiceMenu: false },
        },
      })),
    );
    expect(targetsOf(program)).toEqual([LINE, { kind: 'number', numberId: 'second' }]);
  });

  test('[EX1] a flow without a number is a target', () => {
    const { program } = lowerProject(sketchProject({ start: { type: 'start' } }, () => ({ numbers: {} })));
    expect(targetsOf(program)).toEqual([{ kind: 'flow', flowId: 'main' }]);
  });

  test('[EX1] each class of callers goes its way', () => {
    const cases = [{ id: 'pl', kind: 'begins-with', value: '+48' }];
    const { facts } = explore(
      programOf({ type: 'condition', data: { cases }, to: { 'case:pl': 'a', otherwise: 'b' } }, says('a', 'b')),
    );
    expect([...facts.entered.keys()]).toEqual(expect.arrayContaining(['main/a', 'main/b']));
  });
});

describe('states', () => {
  test('[EX2] many ways to one node are one state: it grows by nodes, not by ways', () => {
    const chain = (length: number) => {
      const nodes: Record<string, NodeSketch> = { start: { type: 'start', to: { next: 'e0' } } };
      for (let i = 0; i < length; i++) {
        const next = `e${i + 1}`;
        const to = { 'no-answer': next, busy: `s${i}`, unavailable: next };
        nodes[`e${i}`] = { type: 'employee', data: { people: ['ann'] }, to };
        nodes[`s${i}`] = { type: 'say', data: { prompt: 'busy' }, to: { next } };
      }
      return explore(lowerProject(sketchProject(nodes)).program).graph.nodes.length;
    };
    const growth = chain(40) - chain(20);
    expect(chain(60) - chain(40)).toBe(growth);
  });

  test('[EX2] a path without a failing prompt is found where there is one', () => {
    const program = programOf({ type: 'say', data: { prompt: 'a' }, to: { next: 'b' } }, { b: { type: 'exit' } });
    const { graph } = explore(program);
    const ended = graph.nodes.findIndex(({ state }) => state.wait.kind === 'ended');
    expect(pathTo(graph, ended).outcomes).toEqual(['prompt-finished']);
  });

  test('[EX8] stops at the limit, and says what was left', () => {
    const program = programOf(
      { type: 'say', data: { prompt: 'm' }, to: { next: 'a' } },
      {
        a: { type: 'say', data: { prompt: 'a' }, to: { next: 'b' } },
        b: { type: 'say', data: { prompt: 'b' }, to: { next: 'c' } },
        c: { type: 'hang-up' },
        alone: { type: 'hang-up' },
      },
    );
    const { complete, notReached, traps } = explore(program, 1);
    expect(complete).toBe(false);
    expect(notReached).toEqual([
      { flowId: 'main', nodeId: 'b' },
      { flowId: 'main', nodeId: 'c' },
    ]);
    expect(traps).toEqual([]);
    expect(explore(program).complete).toBe(true);
  });
});

describe('ways to a person', () => {
  const shop = () =>
    programOf(
      menu({ keys: ['1'], noInputAttempts: 1, prompt: 'a'.repeat(100) }, { 'key:1': 'sub', 'no-input': 'ann' }),
      {
        sub: menu({ keys: ['2'] }, { 'key:2': 'ann', 'no-input': 'ann' }),
        ann: { type: 'employee', data: { people: ['ann'] } },
      },
    );

  test('[EX5] the quickest, and each with fewer keys', () => {
    const { ways } = explore(shop());
    expect(ways.map(({ keys, ms, outcomes }) => [keys, ms, outcomes.join(' ')])).toEqual([
      [2, 0, 'digit:1 digit:2 dial:answered'],
      [0, 12_000, 'prompt-finished timeout dial:answered'],
    ]);
  });

  test('[EX5] none where nobody is ever called', () => {
    expect(explore(programOf({ type: 'say', data: { prompt: 'a' } })).ways).toEqual([]);
  });
});

describe('any project', () => {
  const TARGETS = 4;

  function exploreAll(program: FlowProgram) {
    const callers = callerClasses(program);
    return targetsOf(program)
      .slice(0, TARGETS)
      .map((target) => exploreTarget(program, target, { callers, maxStates: 3000 }));
  }

  /** Findings of an exploration, and some states of it. */
  function pathsOf({ graph, facts, traps, ways }: ReturnType<typeof exploreTarget>) {
    const found = [facts.guards, facts.silentEnds, facts.failedEnds].flatMap((some) => [...some.values()]);
    const some = graph.nodes.flatMap((_, index) => (index % 37 === 0 ? [pathTo(graph, index)] : []));
    return [
      ...found.map(({ path }) => pathTo(graph, path.index, path.further)),
      ...traps.map((index) => pathTo(graph, index)),
      ...ways.map((way) => pathTo(graph, way.from, way.outcomes)),
      ...some,
    ];
  }

  /** How many outcomes follow each other without the caller doing something. */
  function longestWithoutKey(ids: readonly string[]): number {
    let [longest, here] = [0, 0];
    for (const id of ids) {
      here = id.startsWith('digit:') ? 0 : here + 1;
      longest = Math.max(longest, here);
    }
    return longest;
  }

  test('[EX4] [EX2] a witness replays to the state that its path leads to', () => {
    let [believed, dropped] = [0, 0];
    fc.assert(
      fc.property(arbitraryProject, (project) => {
        const { program } = lowerProject(project);
        for (const exploration of exploreAll(program)) {
          for (const path of pathsOf(exploration)) {
            const witness = witnessOf(program, path);
            if (witness) believed++;
            else dropped++;
            if (!witness) {
              // Schedules can be in each other's way; sub-flows that call each other without a key end earlier (GD2).
              const schedules = path.outcomes.filter((id) => id.startsWith('schedule:')).length;
              expect(schedules > 1 || longestWithoutKey(path.outcomes) >= MAX_VISITS).toBe(true);
            } else expect(simulate(program, JSON.parse(JSON.stringify(witness.script))).state.wait.kind).toBe('ended');
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(believed).toBeGreaterThan(dropped * 10);
  });

  test('[EX2] what is entered can be entered as far as the drawing says', () => {
    fc.assert(
      fc.property(arbitraryProject, (project) => {
        const { program } = lowerProject(project);
        for (const { target, facts, graph } of exploreAll(program)) {
          const at = target.kind === 'number' ? program.numbers[target.numberId] : program.flows[target.flowId];
          const drawn = reachableFrom(program, at?.entry ? [at.entry] : []);
          expect([...facts.entered.keys()].filter((key) => !drawn.has(key))).toEqual([]);
          const keys = graph.nodes.map(
            ({ state, heard }) => `${heard}${state.call.caller.number} ${stateKey({ ...state, visits: {} })}`,
          );
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
      { numRuns: 40 },
    );
  });
});
