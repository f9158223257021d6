import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../../shared/engine/outcomes.ts';
import { start, step } from '../../../../shared/engine/step.ts';
import { NodeSchema } from '../../../../shared/flow/catalogue.ts';
import { type NodeSketch, only, runCall, says, startingWith } from '../../../support/engine-driver.ts';

/** Asks for digits, then `done`, which reads them back. */
function asking(data: NodeSketch['data'] = {}, variable: object = {}, others: Record<string, NodeSketch> = {}) {
  const node = { prompt: 'pin?', variable: 'pin', minDigits: 2, maxDigits: 4, ...data };
  const to = { next: 'done', 'no-input': 'quiet', invalid: 'wrong' };
  const done = { type: 'say', data: { prompt: 'It is {pin:digits}.' } } as const;
  return startingWith({ type: 'digits', data: node, to }, { done, ...says('quiet', 'wrong'), ...others }, () => ({
    variables: { pin: variable, limit: { type: 'number', initial: 50 } },
  }));
}

const confirm = { prompt: { kind: 'text', text: 'You typed {pin:digits}?' } };

describe('collecting digits', () => {
  test('[DG1] ends with the last digit there may be, at once', () => {
    const { state, lines } = runCall(asking(), '1@1100 2@1200 3@1300 4@1400');
    expect(state.variables).toEqual({ pin: '1234', limit: 50 });
    expect(lines).toContain('1400 outcome m next');
  });

  test('[DG1] with fewer, by the time or by the terminator', () => {
    expect(runCall(asking(), '1@1100 2@1200').lines).toContain('4200 outcome m next');
    expect(runCall(asking(), '1@1100 2@1200 #@1300').lines).toContain('1300 outcome m next');
    const ignored = runCall(asking({ hash: 'ignored' }), '1@1100 2@1200 #@1300');
    expect(ignored.lines).toContain('4200 outcome m next');
  });

  test('[DG1] too few, or a star, is invalid; none at all is no input', () => {
    for (const keys of ['1@1100 #@1300', '1@1100 *@1300']) {
      expect(runCall(asking({ invalidAttempts: 1 }), keys).said).toEqual(['pin?', 'wrong']);
    }
    expect(runCall(asking({ noInputAttempts: 1 })).said).toEqual(['pin?', 'quiet']);
  });

  test('[DG2] is kept as the variable is, when its check holds', () => {
    const number = asking({ valid: 'pin > limit' }, { type: 'number' });
    expect(runCall(number, '0@1100 6@1200 0@1300 #@1400').state.variables.pin).toBe(60);
    const refused = runCall(number, '4@1100 0@1200 #@1300');
    expect(refused.state.variables.pin).toBe(0);
    expect(refused.said).toEqual(['pin?', 'pin?', 'pin?', 'pin?', 'quiet']);
  });

  test('[DG2] without a variable, or with one that is gone, nothing is right, and it is reported', () => {
    for (const [variable, code] of [
      [undefined, 'flow/no-variable'],
      ['gone', 'flow/unknown-variable'],
    ] as const) {
      const project = asking({ variable, invalidAttempts: 1 });
      expect(runCall(project, '1@1100 2@1200 #@1300').said.at(-1)).toBe('wrong');
      expect(lowerProject(project).diagnostics.map((one) => one.code)).toContain(code);
    }
  });

  test('[DG4] [LW10] [VA5] reads back, and asks anew where it was not meant, all within the node', () => {
    const { lines, state, trace } = runCall(
      asking({ confirm }),
      '1@1100 2@1200 #@1300 2@2400 3@3500 4@3600 #@3700 1@4800',
    );
    expect(state.variables.pin).toBe('34');
    const texts = trace.flatMap((entry) =>
      entry.type === 'prompt-started' && entry.texts ? Object.values(entry.texts) : [],
    );
    expect(texts).toEqual(['You typed 1 2?', 'You typed 3 4?', 'It is 3 4.']);
    expect(only(lines, 'node-entered', 'outcome')).toEqual([
      'node-entered start',
      'outcome start next',
      'node-entered m next',
      'outcome m next',
      'node-entered done next',
      'outcome done next',
    ]);
  });

  test('[DG4] an answer that never comes leaves as an entry that never comes', () => {
    expect(runCall(asking({ confirm, noInputAttempts: 1 }), '1@1100 2@1200 #@1300').said.at(-1)).toBe('quiet');
  });

  test('[DG5] [VA3] [VA5] what is secret is nowhere in the trace, and is said to the caller', () => {
    const project = asking({}, { secret: true });
    const { trace, state } = runCall(project, '7@1100 8@1200 9@1300 7@1400');
    expect(state.variables.pin).toBe('7897');
    expect(JSON.stringify(trace)).not.toMatch(/7897|7 8 9 7|"digit":"7"/);
    expect(trace.filter(({ type }) => type === 'digit')).toHaveLength(4);
    expect(JSON.stringify(trace)).toContain('It is •.');
  });

  test('[DG3] [VA6] tells apart what is compared with, and one other', () => {
    const check: NodeSketch = {
      type: 'condition',
      data: { cases: [{ id: 'a', kind: 'expression', expression: 'pin == "71"' }] },
    };
    const { program } = lowerProject(asking({}, {}, { check }));
    const call = {
      callId: 'c',
      caller: { number: '' },
      target: { kind: 'flow', flowId: 'main' },
      startedAtMs: 0,
    } as const;
    let { state } = start(program, call);
    const ids = () =>
      outcomes(program, state)
        .map(({ id }) => id)
        .filter((id) => id.startsWith('digit'));
    expect(ids()).toEqual(['digit:other', 'digit:7', 'digit:0']);
    state = step(program, state, { type: 'digit', digit: '7', atMs: 1 }).state;
    expect(ids()).toEqual(['digit:1', 'digit:other', 'digit:0', 'digit:#']);
  });

  test('the fewest digits are no more than the most, and yes and no are two keys', () => {
    const of = (data: object) =>
      NodeSchema.safeParse({
        type: 'digits',
        name: '',
        position: { x: 0, y: 0 },
        connections: {},
        data: { prompt: { kind: 'text', text: 'a' }, ...data },
      }).success;
    expect(of({})).toBe(true);
    expect(of({ minDigits: 4, maxDigits: 3 })).toBe(false);
    expect(of({ confirm: { prompt: { kind: 'text', text: 'a' }, yesKey: '2' } })).toBe(false);
  });
});
