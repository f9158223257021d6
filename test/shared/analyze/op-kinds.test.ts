import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exitsOf } from '../../../shared/analyze/exits.ts';
import { OpKinds } from '../../../shared/analyze/op-kinds.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { NODE_TYPES } from '../../../shared/flow/catalogue.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { menu, type NodeSketch, startingWith } from '../../support/engine-driver.ts';

const to = (...outputs: readonly string[]) =>
  Object.fromEntries(outputs.map((output) => [output, output.replace(/\W/g, '')]));

/** Outputs of the first node that need no key; each leads to a node of its own name. */
function free(first: NodeSketch): readonly string[] {
  const ends = Object.values(first.to ?? {}).map((id) => [id, { type: 'hang-up' }] as const);
  const { program } = lowerProject(startingWith(first, Object.fromEntries(ends)));
  const op = program.ops['main/m']!;
  const reached = new Set(new OpKinds(program).leadsWithoutInput(op));
  return exitsOf(op).flatMap(({ output, to }) => (to !== null && reached.has(to) ? [output] : []));
}

test('a menu goes on by itself only when nothing is pressed', () => {
  expect(free(menu({ keys: ['1', '2'] }, to('key:1', 'key:2', 'no-input', 'invalid')))).toEqual(['no-input']);
});

test('a queue gives up by itself, its break-out key is one', () => {
  const outputs = to('timeout', 'full', 'join-empty', 'leave-empty', 'key-pressed');
  const queue = { type: 'queue', data: { queueId: 'team', breakOutKey: '1' }, to: outputs } as const;
  expect(free(queue)).toEqual(['timeout', 'full', 'join-empty', 'leave-empty']);
});

test('messages, schedules and people go on by themselves', () => {
  expect(free({ type: 'say', data: { prompt: 'a', skippable: true }, to: to('next') })).toEqual(['next']);
  expect(free({ type: 'schedule', to: to('open', 'closed') })).toContain('closed');
  const outputs = to('no-answer', 'busy', 'unavailable');
  expect(free({ type: 'employee', data: { people: ['ann'] }, to: outputs })).toEqual(Object.keys(outputs));
});

test('who may be connected to a person: people, queues, extensions, and only where there are some', () => {
  const bridges = (first: NodeSketch) => {
    const { program } = lowerProject(startingWith(first));
    return new OpKinds(program).mayBridge(program.ops['main/m']!);
  };
  expect(bridges({ type: 'employee', data: { people: ['ann'] } })).toBe(true);
  expect(bridges({ type: 'employee', data: { people: [] } })).toBe(false);
  expect(bridges({ type: 'queue', data: { queueId: 'team' } })).toBe(true);
  expect(bridges({ type: 'queue', data: {} })).toBe(false);
  expect(bridges(menu({ keys: ['1'] }))).toBe(false);
  expect(bridges(menu({ keys: ['1'], directDial: { kind: 'everyone' } }))).toBe(true);
  expect(bridges({ type: 'say', data: { prompt: 'a' } })).toBe(false);
});

test('any project has its kinds learnt, and no key is taken for something that goes by itself', () => {
  expect(NODE_TYPES.length).toBeGreaterThan(8);
  fc.assert(
    fc.property(arbitraryProject, (project) => {
      const { program } = lowerProject(project);
      const kinds = new OpKinds(program);
      for (const op of Object.values(program.ops)) {
        const keys = exitsOf(op).filter(({ output }) => output.startsWith('key:'));
        const others = exitsOf(op).filter(({ output }) => !output.startsWith('key:'));
        const leads = kinds.leadsWithoutInput(op);
        expect(leads.length).toBeLessThanOrEqual(others.length);
        if (keys.length > 0) for (const to of leads) expect(others.map((exit) => exit.to)).toContain(to);
      }
    }),
    { numRuns: 40 },
  );
});
