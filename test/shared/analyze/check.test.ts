import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkProject } from '../../../shared/analyze/check.ts';
import { CHECKS } from '../../../shared/analyze/rules/codes.ts';
import type { Effect } from '../../../shared/engine/events.ts';
import { DIAGNOSTICS } from '../../../shared/engine/lower/diagnostics.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { outcomes } from '../../../shared/engine/outcomes.ts';
import type { FlowProgram } from '../../../shared/engine/program.ts';
import { start, step } from '../../../shared/engine/step.ts';
import { type Project, ProjectSchema } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { arbitraryProject } from '../../support/arbitrary-project.ts';
import { deepFreeze, menu, startingWith } from '../../support/engine-driver.ts';

const RUNS = { numRuns: 60 };

test.each(['en', 'pl'] as const)('the sample project in %s has nothing wrong', (language) => {
  expect(checkProject(sampleProject(language))).toEqual([]);
});

test('[CK13] findings of lowering keep their codes, and all come by place', () => {
  const project = startingWith(menu({ keys: ['1'], prompt: 'Press 2.' }), { alone: { type: 'hang-up' } });
  expect(checkProject(project).map(({ code, flowId, nodeId }) => [flowId, nodeId, code].join(' '))).toEqual(
    [
      '  check/unused-person',
      '  check/unused-person',
      '  check/unused-queue',
      'main alone check/unreachable-node',
      'main m check/key-not-spoken',
      'main m check/menu-without-person',
      'main m check/spoken-key',
      'main m flow/open-output',
    ].sort(),
  );
});

test('[CK13] any project can be checked, alike however it was written, and is not changed by it', () => {
  fc.assert(
    fc.property(arbitraryProject, (project) => {
      const findings = checkProject(deepFreeze(project));
      const severities: Record<string, string> = { ...CHECKS, ...DIAGNOSTICS };
      for (const { code, severity, message } of findings) {
        expect(severity).toBe(severities[code]);
        expect(message).toMatch(/^[\p{L}\d].*\.$/su);
      }
      const told = (of: Project) => JSON.stringify(checkProject(of));
      expect(told(backwards(project) as Project)).toBe(JSON.stringify(findings));
    }),
    RUNS,
  );
});

test('a fix gives a project that is valid, without the finding, and calls go as before', () => {
  fc.assert(
    fc.property(arbitraryProject, (project) => {
      for (const { code, fix, params, nodeId, flowId } of checkProject(deepFreeze(project))) {
        if (!fix) continue;
        const fixed = fix(project);
        expect(ProjectSchema.parse(JSON.parse(JSON.stringify(fixed)))).toEqual(fixed);
        const same = { code, params, nodeId, flowId };
        expect(checkProject(fixed)).not.toContainEqual(expect.objectContaining(same));
        expectAlike(project, fixed, code);
      }
    }),
    RUNS,
  );
});

/** The same content, every member written in the opposite order. */
function backwards(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, member]) => [name, backwards(member)]));
}

/** Effects with what is said in place of its key: a prompt's versions in languages that no call speaks are part of that. */
function heard({ prompts }: FlowProgram, effects: readonly Effect[]): unknown {
  // A recording is its content, whatever it is called and said to last.
  const words = (key: string) => {
    const source = prompts[key];
    return source?.kind === 'audio' ? source.sha256 : source;
  };
  return JSON.parse(JSON.stringify(effects), (member, value) =>
    member === 'prompts' && Array.isArray(value) ? value.map(words) : value,
  );
}

/** Calls to each number, a few steps far: what may happen in the first project is met with the same by the second. */
function expectAlike(before: Project, after: Project, why: string): void {
  const [one, other] = [lowerProject(before).program, lowerProject(after).program];
  const call = { callId: 'c', caller: { number: '' }, startedAtMs: 0 };
  let pairs = Object.keys(one.numbers).map((numberId) => {
    const target = { kind: 'number', numberId } as const;
    return [start(one, { ...call, target }), start(other, { ...call, target })] as const;
  });
  for (let depth = 0; depth < 3; depth++) {
    for (const [left, right] of pairs) expect(heard(other, right.effects), why).toEqual(heard(one, left.effects));
    pairs = pairs.flatMap(([{ state: left }, { state: right }]) =>
      outcomes(one, left).map(({ event }) => [step(one, left, event), step(other, right, event)] as const),
    );
  }
}
