import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetsOf } from '../../../../shared/analyze/explorer.ts';
import { recordTest } from '../../../../shared/analyze/tests/record-test.ts';
import { HIDDEN } from '../../../../shared/engine/events.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { type Script, simulate } from '../../../../shared/engine/simulate.ts';
import { KEYS } from '../../../../shared/flow/ids.ts';
import { ProjectTestSchema } from '../../../../shared/flow/project-test.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { arbitraryProject } from '../../../support/arbitrary-project.ts';
import { actions, startingWith } from '../../../support/engine-driver.ts';
import { runIn } from '../../../support/project-tests.ts';

const project = sampleProject('en');
const { program } = lowerProject(project);
const startedAtMs = Date.UTC(2026, 6, 1, 15, 30);

function record(script: Partial<Script>) {
  const call = { target: { kind: 'number', numberId: 'main-line' } as const, startedAtMs, ...script };
  const { trace } = simulate(program, { ...call, world: { talkMs: 500, ...script.world } });
  return { trace, recorded: recordTest(project, trace, 'Recorded', startedAtMs) };
}

describe('[TS11] a recorded call is a test that passes', () => {
  test.each<[string, Partial<Script>]>([
    ['keys into prompts, and after silence', { actions: actions('2@2000 1@40000') }],
    [
      'nobody answers, then a queue',
      {
        actions: actions('2@2000 1@4000'),
        world: { people: { technician: { outcome: 'busy' }, technician2: { outcome: 'busy' } } },
      },
    ],
    [
      'the second of two answers',
      { actions: actions('2@2000 1@4000'), world: { people: { technician: { outcome: 'no-answer' } } } },
    ],
    [
      'somebody of a queue',
      { actions: actions('1@3000'), world: { queues: { sales: { outcome: 'answered', afterMs: 700, by: 'sales2' } } } },
    ],
    ['the caller hangs up in a prompt', { actions: actions('2@2000 x@3000') }],
    ['the caller hangs up in a queue', { actions: actions('1@2000 x@4000') }],
    ['nothing at all', { caller: { number: '+48600100200' } }],
  ])('%s', (_, script) => {
    const { trace, recorded } = record(script);
    expect(ProjectTestSchema.parse(recorded)).toEqual(recorded);
    const result = runIn(project, recorded);
    expect(result.failures).toEqual([]);
    const entered = (list: typeof trace) =>
      list.flatMap((entry) => (entry.type === 'node-entered' ? [entry.nodeId] : []));
    expect(entered(result.trace)).toEqual(entered(trace));
    expect(recorded.expect.visits?.length).toBeGreaterThan(1);
  });

  test('at its local time, with its caller', () => {
    const { recorded } = record({ caller: { number: '+48600100200' } });
    expect(recorded).toMatchObject({ startsAt: '2026-07-01T17:30:00', caller: { number: '+48600100200' } });
  });

  test('whatever the caller does', () => {
    const keys = fc.array(fc.tuple(fc.constantFrom('1', '2', '3', '0', '9', '*', '#', '7'), fc.nat(60_000)), {
      maxLength: 6,
    });
    const outcome = fc.constantFrom('answered', 'no-answer', 'busy', 'unavailable');
    fc.assert(
      fc.property(keys, outcome, outcome, (pressed, reception, technician) => {
        const text = pressed.map(([key, atMs]) => `${key}@${atMs}`).join(' ');
        const world = { people: { reception: { outcome: reception }, technician: { outcome: technician } } } as const;
        const { recorded } = record({ actions: actions(text), world });
        expect(runIn(project, recorded).failures).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test.each([['a key ends'], ['silence ends'], ['the caller ends by hanging up']])(
    'with a long message that %s',
    (end) => {
      const voicemail = startingWith({ type: 'voicemail', data: { greeting: { kind: 'text', text: 'Speak.' } } });
      const afterTone = end === 'a key ends' ? '#@30000' : end === 'silence ends' ? '' : 'x@30000';
      const { program: lowered } = lowerProject(voicemail);
      const { trace } = simulate(lowered, {
        target: { kind: 'number', numberId: 'line' },
        startedAtMs,
        actions: actions(afterTone),
        world: { messages: { m: { durationMs: 50_000 } } },
      });
      const recorded = recordTest(voicemail, trace, 'Recorded', startedAtMs);
      expect(recorded.expect.destination).toBeDefined();
      expect(runIn(voicemail, recorded).failures).toEqual([]);
    },
  );

  test('in any project, but where a secret was typed', () => {
    const keys = fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.nat(60_000)), { maxLength: 8 });
    const outcome = fc.constantFrom('answered', 'no-answer', 'busy', 'unavailable');
    fc.assert(
      fc.property(arbitraryProject, keys, outcome, outcome, fc.nat(200_000), (random, pressed, a, b, hangUpMs) => {
        const { program: lowered } = lowerProject(random);
        const [target] = targetsOf(lowered);
        fc.pre(target !== undefined);
        const doings = [...pressed.map(([key, atMs]) => ({ key, atMs })), { hangUp: true, atMs: hangUpMs } as const];
        const world = { talkMs: 500, people: { a: { outcome: a }, b: { outcome: b } } };
        const { trace } = simulate(lowered, { target, startedAtMs, actions: doings, world });
        if (trace.some((entry) => entry.type === 'digit' && entry.digit === HIDDEN)) {
          expect(() => recordTest(random, trace, 'Recorded', startedAtMs)).toThrow('secret');
        } else {
          expect(runIn(random, recordTest(random, trace, 'Recorded', startedAtMs)).failures).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
