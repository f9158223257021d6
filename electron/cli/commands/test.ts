import { placeKey } from '../../../shared/analyze/explore/facts.ts';
import { nodeName } from '../../../shared/analyze/names.ts';
import { type Coverage, coverageOf, wayOf } from '../../../shared/analyze/tests/coverage.ts';
import { generateTests } from '../../../shared/analyze/tests/generate-tests.ts';
import { type MutationScore, mutationScore } from '../../../shared/analyze/tests/mutation.ts';
import { runTests, type TestResult } from '../../../shared/analyze/tests/run-tests.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { type Command, printJson, usage } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { printJUnit } from '../print-junit.ts';
import { printTap } from '../print-tap.ts';
import { readProject } from '../read-input.ts';
import { writeOutput } from '../write-output.ts';

/** `test FILE`: the tests that live in a project. */
export const test: Command = {
  summary: 'run the tests of a project',
  inputs: ['FILE'],
  options: {
    junit: { type: 'boolean', help: 'write JUnit XML instead of TAP 14' },
    coverage: { type: 'boolean', help: 'tell which outputs of which nodes the tests take' },
    generate: {
      type: 'boolean',
      help: 'write the project with a new test for each output that no test takes, expecting what it does now',
    },
    output: { type: 'string', short: 'o', value: 'OUT', help: 'with --generate: write to this file' },
    mutation: { type: 'boolean', help: 'tell which small mistakes the tests would not notice' },
  },
  found: 'a test failed',
  run: async ({ inputs: [file = ''], options, io, json }) => {
    if (options.junit && json) throw usage('--junit and --json do not go together.');
    if (options.generate && (options.junit || json)) throw usage('--generate writes a project, nothing else.');
    if (options.output !== undefined && !options.generate) throw usage('--output goes with --generate.');
    const project = await readProject(file, io);
    const results = runTests(project);
    const traces = results.map(({ trace }) => trace);
    if (options.generate) {
      const { project: tested, made, without } = withGenerated(project, traces);
      if (typeof options.output === 'string') await writeOutput(options.output, printProject(tested));
      else io.out(printProject(tested));
      io.err(`${made} tests are new; ${without} outputs are left without one.\n`);
      return EXIT.ok;
    }
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

/** The project with tests for what its tests leave out. */
function withGenerated(project: Project, traces: readonly TestResult['trace'][]) {
  const taken = new Set(traces.flatMap(wayOf));
  const { tests, without } = generateTests(project, (place) => !taken.has(placeKey(place)));
  const made = Object.keys(tests).length;
  return { project: { ...project, tests: { ...tests, ...project.tests } }, made, without: without.length };
}

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
