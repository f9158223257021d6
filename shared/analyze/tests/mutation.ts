import { lowerProject } from '../../engine/lower/index.ts';
import type { Project } from '../../flow/project.ts';
import { wayOf } from './coverage.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { runTest, runTests } from './run-tests.ts';
import { sameBehaviour } from './same-behaviour.ts';

export interface Survivor extends Omit<Mutant, 'project'> {
  /** In English: the mistake that no test would notice. */
  readonly message: string;
}

/** How well a project's tests notice mistakes. */
export interface MutationScore {
  /** Mistakes that a test noticed. */
  readonly killed: number;
  readonly survivors: readonly Survivor[];
  /** Mistakes that callers could not notice either; they do not count. */
  readonly equivalent: number;
  /** Mistakes that were left out, evenly, because there are more than the limit. */
  readonly leftOut: number;
  /** Of those that count, from 0 to 100; 100 where there are none. */
  readonly percent: number;
}

const MAX_MUTANTS = 2000;

/**
 * Makes small mistakes in a project, one at a time, and sees whether its tests notice (SPEC.md, MU*). Tests that fail
 * without any mistake are left out.
 */
export function mutationScore(project: Project, maxMutants = MAX_MUTANTS): MutationScore {
  const { program } = lowerProject(project);
  const tests = runTests(project)
    .filter(({ passed }) => passed)
    .map(({ testId, trace }) => ({ testId, places: new Set(wayOf(trace)) }));
  const all = [...mutantsOf(project)];
  const every = Math.max(1, all.length / maxMutants);
  const mutants = all.filter((_, index) => Math.floor(index / every) !== Math.floor((index - 1) / every));
  const survivors: Survivor[] = [];
  let killed = 0;
  let equivalent = 0;
  for (const { project: mutated, ...mutant } of mutants) {
    const changed = lowerProject(mutated).program;
    // A call that never came by this node goes on alike.
    const place = `${mutant.flowId}/${mutant.nodeId}`;
    const isNoticed = tests.some(({ testId, places }) => {
      const test = mutated.tests[testId];
      return places.has(place) && test !== undefined && !runTest(mutated, changed, testId, test).passed;
    });
    if (isNoticed) killed++;
    else if (sameBehaviour(program, changed)) equivalent++;
    else survivors.push({ ...mutant, message: `No test notices when ${mutant.change}.` });
  }
  const counted = killed + survivors.length;
  const percent = counted === 0 ? 100 : Math.floor((killed / counted) * 1000) / 10;
  return { killed, survivors, equivalent, leftOut: all.length - mutants.length, percent };
}
