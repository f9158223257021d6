import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import { only, PROMPT_MS, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const WAYS_OUT = {
  'no-input': 'quiet',
  invalid: 'bad',
  'no-answer': 'missed',
  busy: 'engaged',
  unavailable: 'away',
} as const;

/** Ann is 101, Bob 102, Cid 201. */
const project = (data: object = {}) =>
  startingWith(
    {
      type: 'extension',
      data: { prompt: 'ask', noInputPrompt: 'silence', invalidPrompt: 'wrong', ...data },
      to: WAYS_OUT,
    },
    says(...Object.values(WAYS_OUT)),
  );

describe('entering an extension', () => {
  test('[XT1] [XT3] rings the person at the last digit, without leaving the node first', () => {
    const { lines } = runCall(project(), '1@300 0@500 2@700');
    expect(lines.slice(4, 11)).toEqual([
      '0 prompt-started m ask',
      '300 prompt-interrupted m',
      '300 digit m 1',
      '500 digit m 0',
      '700 digit m 2',
      '700 dialled m ["bob"]',
      '2700 answered m bob',
    ]);
    expect(only(lines, 'outcome')).toEqual(['outcome start next']);
  });

  test('[XT1] without input the prompt is said again, and the node left after the attempts', () => {
    const { said, lines } = runCall(project({ noInputAttempts: 2, firstDigitTimeoutMs: 700 }));
    expect(said).toEqual(['ask', 'silence+ask', 'quiet']);
    expect(lines).toContain(`${PROMPT_MS + 700} timer-fired m first-digit`);
  });

  test('[XT1] digits that stop too early are invalid after the time between digits', () => {
    const { lines } = runCall(project({ interDigitTimeoutMs: 900 }), '1@300 0@500');
    expect(lines).toContain('1400 timer-fired m inter-digit');
    expect(lines).toContain('1400 prompt-started m wrong+ask');
  });

  test.each([
    ['terminator', '1400 prompt-started m wrong+ask', ['digit m 1', 'digit m #']],
    ['key', '1400 prompt-started m wrong+ask', ['digit m 1', 'digit m #']],
    ['ignored', '4300 prompt-started m wrong+ask', ['digit m 1']],
  ])('[XT1] # as %s', (hash, line, digits) => {
    const { lines } = runCall(project({ hash }), '1@1300 #@1400');
    expect(lines).toContain(line);
    expect(only(lines, 'digit')).toEqual(digits);
  });

  test('[XT2] an extension that does not exist is invalid, and the node left after the attempts', () => {
    expect(runCall(project({ invalidAttempts: 2 }), '9@100 2@200 9@300').said).toEqual(['ask', 'wrong+ask', 'bad']);
  });

  test('[XT2] only the chosen people can be reached', () => {
    const some = project({ who: { kind: 'people', people: ['cid'] } });
    expect(runCall(some, '1@100').said[1]).toBe('wrong+ask');
    expect(runCall(some, '2@100 0@200 1@300').lines).toContain('300 dialled m ["cid"]');
  });

  test('[XT2] with nobody to reach, whatever is typed is invalid, and that is reported', () => {
    const none = project({ who: { kind: 'people', people: ['gone'] }, invalidAttempts: 1 });
    expect(runCall(none, '1@100').said).toEqual(['ask', 'bad']);
    expect(
      lowerProject(none)
        .diagnostics.filter(({ nodeId }) => nodeId === 'm')
        .map(({ code }) => code),
    ).toEqual(['flow/unknown-person', 'flow/no-extensions']);
  });

  test.each([
    ['no-answer', 10_500, 'missed'],
    ['busy', 500, 'engaged'],
    ['unavailable', 500, 'away'],
  ] as const)('[XT3] %s has a way out of its own', (outcome, atMs, says) => {
    const { lines } = runCall(project({ rings: 2 }), '1@100 0@300 1@500', { world: { people: { ann: { outcome } } } });
    expect(lines).toContain(`${atMs} outcome m ${outcome}`);
    expect(lines).toContain(`${atMs} node-entered ${says} ${outcome}`);
  });

  test('[XT3] [EN9] nobody answering comes after the rings of the node', () => {
    const { program } = lowerProject(project({ rings: 2 }));
    const target = { kind: 'number', numberId: 'line' } as const;
    let { state } = start(program, { callId: 'c', caller: { number: '' }, target, startedAtMs: 0 });
    for (const digit of ['1', '0', '1'] as const)
      ({ state } = step(program, state, { type: 'digit', digit, atMs: 40 }));
    const noAnswer = outcomes(program, state).find(({ id }) => id === 'dial:no-answer');
    expect(noAnswer?.event.atMs).toBe(10_040);
  });
});
