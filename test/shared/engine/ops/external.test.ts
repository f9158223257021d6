import { describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../../../shared/engine/events.ts';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import type { PersonBehaviour } from '../../../../shared/engine/world.ts';
import { ExternalNumberSchema } from '../../../../shared/flow/external-number.ts';
import { runCall, says, sketchProject, startingWith } from '../../../support/engine-driver.ts';

const NUMBER = '+48221234567';
const project = (data: object = {}) =>
  startingWith(
    {
      type: 'external',
      data: { number: NUMBER, ...data },
      to: { 'no-answer': 'none', busy: 'busy', unavailable: 'away' },
    },
    says('none', 'busy', 'away'),
  );
const call = (behaviour: PersonBehaviour, data: object = {}) =>
  runCall(project(data), '', { world: { externals: { [NUMBER]: behaviour }, talkMs: 1000 } });
const target = { kind: 'number', numberId: 'line' } as const;
const info = { callId: 'c', caller: { number: '1' }, target, startedAtMs: 0 };

describe('a number outside', () => {
  test('[DL5] is dialled with what is shown there, and answers', () => {
    const { lines } = call({ outcome: 'answered', afterMs: 3000 });
    expect(lines.slice(4)).toEqual([
      `0 dialled m [] ${NUMBER}`,
      `3000 answered m ${NUMBER}`,
      '4000 ended far-end normal',
    ]);
    const { effects } = start(lowerProject(project({ callerId: 'caller', rings: 2 })).program, info);
    expect(effects).toContainEqual({
      type: 'dial',
      dialId: 'dial-1',
      people: [],
      external: { number: NUMBER, callerId: 'caller' },
      mode: 'in-order',
      ringMs: 10_000,
    });
  });

  test.each([
    ['no-answer', 'none', 30_000],
    ['busy', 'busy', 0],
    ['unavailable', 'away', 0],
  ] as const)('[DL5] [DL3] %s', (outcome, said, atMs) => {
    const { lines, said: heard } = call({ outcome });
    expect(heard).toEqual([said]);
    expect(lines).toContain(`${atMs} outcome m ${outcome}`);
  });

  test('[DL5] why it was not reached is in the trace, when whoever drives the call says it', () => {
    const { program } = lowerProject(project());
    const begun = start(program, info).state;
    const ended = { type: 'dial-ended', dialId: 'dial-1', outcome: 'unavailable', atMs: 5 } as const;
    const traces = (event: EngineEvent) =>
      step(program, begun, event).effects.flatMap((effect) => (effect.type === 'trace' ? [effect.entry] : []));
    const note = { atMs: 5, type: 'outside-failed', nodeId: 'm', number: NUMBER, code: 'trunk/premium' };
    expect(traces({ ...ended, code: 'trunk/premium' })).toContainEqual(note);
    expect(traces(ended).map(({ type }) => type)).not.toContain('outside-failed');
  });

  test('[DL5] answers in a world that does not name it, and is not mistaken for a person', () => {
    const people = { [NUMBER]: { outcome: 'busy' } } as const;
    expect(runCall(project(), '', { world: { people } }).lines).toContain(`2000 answered m ${NUMBER}`);
  });

  test('[DL5] [EN9] has the outcomes of ringing someone', () => {
    const { program } = lowerProject(project({ rings: 2 }));
    const all = outcomes(program, start(program, info).state);
    expect(all.map(({ id }) => id)).toEqual([
      'dial:answered',
      'dial:no-answer',
      'dial:busy',
      'dial:unavailable',
      'caller-hung-up',
    ]);
    expect(all[0]?.event).toMatchObject({ by: NUMBER });
    expect(all[1]?.event.atMs).toBe(10_000);
  });

  test('[DL6] that is not set is unavailable at once', () => {
    const unset = project({ number: '' });
    expect(runCall(unset).said).toEqual(['away']);
    expect(lowerProject(unset).diagnostics.map(({ code }) => code)).toContain('flow/no-number');
  });

  test.each([
    [NUMBER, ['answered', 'ended']],
    ['', ['outcome', 'ended']],
  ])('[DL5] [DL6] as default handling: "%s"', (number, types) => {
    const handling = sketchProject({}, () => ({
      numbers: { line: { number: '100', defaultHandling: { kind: 'external', number }, useVoiceMenu: false } },
    }));
    const { trace, state } = runCall(handling, '', { world: { talkMs: 1000 } });
    expect(trace.slice(-2).map(({ type }) => type)).toEqual(types);
    expect(state.wait).toMatchObject({ cause: number === '' ? 'failure' : 'normal' });
  });
});

test.each([
  ['+48221234567', true],
  ['+4822123', true],
  ['112', true],
  ['*21#', true],
  ['', true],
  ['+48221', false],
  ['+0481234567', false],
  ['+1234567890123456', false],
  ['48 22', false],
  ['sip:ann@example.com', false],
])('number %s: %s', (number, valid) => {
  expect(ExternalNumberSchema.safeParse(number).success).toBe(valid);
});
