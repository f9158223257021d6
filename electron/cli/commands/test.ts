import { nodeName } from '../../../shared/analyze/names.ts';
import { type Coverage, coverageOf } from '../../../shared/analyze/tests/coverage.ts';
import { type MutationScore, mutationScore } from '../../../shared/analyze/tests/mutation.ts';
import { runTests, type TestResult } from '../../../shared/analyze/tests/run-tests.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { type Command, printJson, usage } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { printJUnit } from '../print-junit.ts';
import { printTap } from '../print-tap.ts';
import { readProject } from '../read-input.ts';

/** `test FILE`: the tests that live in a project. */
export const test: Command = {
  summary: 'run the tests of a project',
  inputs: ['FILE'],
  options: {
    junit: { type: 'boolean', help: 'write JUnit XML instead of TAP 14' },
    coverage: { type: 'boolean', help: 'tell which outputs of which nodes the tests take' },
    mutation: { type: 'boolean', help: 'tell which small mistakes the tests would not notice' },
  },
  found: 'a test failed',
  run: async ({ inputs: [file = ''], options, io, json }) => {
    if (options.junit && json) throw usage('--junit and --json do not go together.');
    const project = await readProject(file, io);
    const results = runTests(project);
    const traces = results.map(({ trace }) => trace);
    const coverage = options.coverage ? coverageOf(project, traces) : undefined;
    const mutation = options.mutation ? mutationScore(project) : undefined;
    const notes = [...(coverage ? coverageNotes(project, coverage) : []), ...(mutation ? mutationNotes(mutation) : [])];
    if (json) printJson(io, { tests: results, coverage, mutation });
    else if (options.junit) {
      io.out(printJUnit(project.name, results));
      io.err(notes.map((note) => `${note}\n`).join(''));
    } else io.out(printTap(results, notes));
    return results.every(({ passed }: TestResult) => passed) ? EXIT.ok : EXIT.found;
  },
};

function coverageNotes(project: Project, { flows, paths, percent }: Coverage): string[] {
  return [
    `coverage: ${percent} % of the outputs, ${paths} different ways`,
    ...flows.flatMap(({ flowId, name, percent, outputs }) => [
      `coverage of "${name}": ${percent} %`,
      ...outputs
        .filter(({ taken }) => taken === 0)
        .map(({ nodeId, output }) => `not taken: "${nodeName(project, { flowId, nodeId })}" by ${output}`),
    ]),
  ];
}

function mutationNotes({ percent, killed, survivors, equivalent, leftOut }: MutationScore): string[] {
  const counted = `${killed} of ${killed + survivors.length} mistakes noticed`;
  return [
    `mutation score: ${percent} %, ${counted}, ${equivalent} that nobody could meet, ${leftOut} left out`,
    ...survivors.map(({ message }) => message),
  ];
}
