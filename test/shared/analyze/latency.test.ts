import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latenciesOf } from '../../../shared/analyze/latency.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import type { GatherOp } from '../../../shared/engine/program.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import type { Key } from '../../../shared/flow/ids.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { menu, says, startingWith } from '../../support/engine-driver.ts';

function latencies(data: Parameters<typeof menu>[0]) {
  const { ops } = lowerProject(startingWith(menu(data))).program;
  return latenciesOf(ops['main/m'] as GatherOp);
}

test('[LT1] a key waits for the extensions that begin with it', () => {
  expect(latencies({ keys: ['1', '3'], directDial: { kind: 'everyone' } })).toEqual([
    { digits: '1', waitMs: 3000, because: ['1xx'] },
    { digits: '3', waitMs: 0, because: [] },
    { digits: '101', waitMs: 0, because: [] },
    { digits: '102', waitMs: 0, because: [] },
    { digits: '201', waitMs: 0, because: [] },
  ]);
});

test('[LT1] the time is the menu’s own', () => {
  const [one] = latencies({ keys: ['2'], interDigitTimeoutMs: 1500, directDial: { kind: 'people', people: ['cid'] } });
  expect(one).toEqual({ digits: '2', waitMs: 1500, because: ['2xx'] });
});

test('[LT1] patterns are told by their length', () => {
  const matches = ['1', '12', '1234'].map((digits) => ({ digits, action: { kind: 'repeat' } as const }));
  expect(latenciesOf({ matches, matchMode: 'instant', interDigitTimeoutMs: 2000 })).toEqual([
    { digits: '1', waitMs: 2000, because: ['1x', '1xxx'] },
    { digits: '12', waitMs: 2000, because: ['12xx'] },
    { digits: '1234', waitMs: 0, because: [] },
  ]);
});

test('[LT2] with wait-full everything waits', () => {
  expect(latencies({ keys: ['1'], matchMode: 'wait-full' })).toEqual([{ digits: '1', waitMs: 3000, because: [] }]);
});

test('[LT2] with first-match nothing waits, and longer entries are never reached', () => {
  expect(latencies({ keys: ['1'], matchMode: 'first-match', directDial: { kind: 'everyone' } })).toEqual([
    { digits: '1', waitMs: 0, because: [] },
    { digits: '101', waitMs: 0, because: [], shadowedBy: '1' },
    { digits: '102', waitMs: 0, because: [], shadowedBy: '1' },
    { digits: '201', waitMs: 0, because: [] },
  ]);
});

test('[LT1] [LT2] what is told of a key is what a call does', () => {
  const settings = fc.record({
    matchMode: fc.constantFrom('instant', 'first-match', 'wait-full'),
    directDial: fc.constantFrom({ kind: 'off' }, { kind: 'everyone' }, { kind: 'people', people: ['cid'] }),
    keys: fc.constantFrom(['1'], ['1', '2'], ['3']),
  });
  fc.assert(
    fc.property(settings, (data) => {
      const to = Object.fromEntries(data.keys.map((key) => [`key:${key}`, 'a']));
      const { program } = lowerProject(startingWith(menu(data, to), says('a')));
      const [first] = latenciesOf(program.ops['main/m'] as GatherOp);
      const key = first?.digits as Key;
      const { trace } = simulate(program, {
        target: { kind: 'number', numberId: 'line' },
        actions: [{ atMs: 2000, key }],
        world: { promptMs: 1000 },
      });
      const left = trace.find((entry) => entry.type === 'outcome' && entry.output === `key:${key}`);
      expect(left?.atMs).toBe(2000 + (first?.waitMs ?? 0));
    }),
    { numRuns: 30 },
  );
});

test('each entry is told once, in any project', () => {
  fc.assert(
    fc.property(arbitraryProject, (project) => {
      for (const op of Object.values(lowerProject(project).program.ops)) {
        if (op.op !== 'gather') continue;
        const told = latenciesOf(op).map(({ digits }) => digits);
        expect(told).toEqual([...new Set(op.matches.map(({ digits }) => digits))]);
      }
    }),
    { numRuns: 30 },
  );
});
