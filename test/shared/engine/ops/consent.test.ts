import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start } from '../../../../shared/engine/step.ts';
import { NodeSchema } from '../../../../shared/flow/catalogue.ts';
import { only, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const project = (data: object = {}) =>
  startingWith(
    {
      type: 'consent',
      data: { prompt: 'may we?', ...data },
      to: { agreed: 'yes', refused: 'no', 'no-input': 'none' },
    },
    says('yes', 'no', 'none'),
  );
const answers = (given: ReturnType<typeof project>, keys: string) => {
  const { lines, said } = runCall(given, keys);
  return { said, consents: only(lines, 'recording-consent'), lines };
};

describe('consent to be recorded', () => {
  test.each([
    ['1@1500', 'yes', true],
    ['2@1500', 'no', false],
    ['1@500', 'yes', true],
  ])('[CO1] keys "%s" are an answer', (keys, said, given) => {
    const { said: heard, consents } = answers(project(), keys);
    expect(heard).toEqual(['may we?', said]);
    expect(consents).toEqual([`recording-consent m ${given}`]);
  });

  test('[CO1] keys can be others', () => {
    expect(answers(project({ agreeKey: '#', refuseKey: '0' }), '#@1500').consents).toEqual([
      'recording-consent m true',
    ]);
  });

  test('[CO2] attempts of both kinds count together, and no answer is a refusal', () => {
    const { said, consents, lines } = answers(project({ invalidPrompt: 'wrong', noInputPrompt: 'hello?' }), '7@1500');
    expect(said).toEqual(['may we?', 'wrong+may we?', 'hello?+may we?', 'none']);
    expect(consents).toEqual(['recording-consent m false']);
    expect(only(lines, 'outcome')).toContain('outcome m no-input');
    expect(answers(project({ attempts: 1 }), '7@1500').said).toEqual(['may we?', 'none']);
  });

  test('[CO2] [EN7] a question that cannot be played is a refusal too', () => {
    expect(answers(project({ prompt: ' ' }), '').consents).toEqual(['recording-consent m false']);
    const { lines } = runCall(project(), '', { world: { prompts: promptsThatFail() } });
    expect(only(lines, 'recording-consent', 'prompt-failed')).toEqual([
      'prompt-failed m simulated',
      'recording-consent m false',
    ]);
  });

  test('[CO2] to hang up is no answer', () => {
    expect(answers(project(), 'x@1500').consents).toEqual([]);
  });

  test('[CO3] other menus say nothing of it', () => {
    expect(answers(startingWith({ type: 'menu', data: { prompt: 'm', keys: ['1'] } }), '1@1500').consents).toEqual([]);
  });

  test('[EN9] both keys are outcomes', () => {
    const { program } = lowerProject(project());
    const target = { kind: 'number', numberId: 'line' } as const;
    const { state } = start(program, { callId: 'c', caller: { number: '' }, target, startedAtMs: 0 });
    expect(outcomes(program, state).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['digit:1', 'digit:2', 'digit:other']),
    );
  });

  test('one key cannot mean both', () => {
    const data = { prompt: { kind: 'text', text: 'a' }, agreeKey: '1', refuseKey: '1' };
    const node = { type: 'consent', name: '', position: { x: 0, y: 0 }, connections: {}, data };
    expect(NodeSchema.safeParse(node).success).toBe(false);
  });
});

function promptsThatFail(): Record<string, 'fails'> {
  const keys = Object.keys(lowerProject(project()).program.prompts);
  return Object.fromEntries(keys.map((key) => [key, 'fails']));
}
