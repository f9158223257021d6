import { parseArgs } from 'node:util';
import { checkProject } from '../../shared/analyze/check.ts';
import { proveProject } from '../../shared/analyze/proofs.ts';
import { lowerProject } from '../../shared/engine/lower/index.ts';
import { printProject } from '../../shared/flow/canonical.ts';
import { parseProject } from '../../shared/flow/migrations.ts';
import { projectOf } from './project-of.ts';

/** Times are the median of so many runs, exploring is run once. */
const RUNS = 15;
const SIZES = [1000, 10_000];

interface Measured {
  readonly nodes: number;
  readonly jsonBytes: number;
  readonly parseMs: number;
  readonly schemaMs: number;
  readonly lowerMs: number;
  /** Lowering and every rule, without exploring. */
  readonly checkMs: number;
  readonly checkMb: number;
  readonly exploreMs: number;
  readonly exploreMb: number;
  readonly states: number;
  readonly complete: boolean;
  readonly findings: number;
  readonly checkVsParse: number;
}

/** Measures a project of so many nodes. Memory is what the heap grew by, MB. */
function measure(size: number): Measured {
  const text = printProject(projectOf(size));
  const json = JSON.parse(text) as unknown;
  const project = parseProject(json);
  const parseMs = medianMs(() => JSON.parse(text));
  const checkMs = medianMs(() => checkProject(project));
  const check = grown(() => checkProject(project));
  const begunMs = performance.now();
  const explore = grown(() => proveProject(project));
  const exploreMs = performance.now() - begunMs;
  const { explorations, complete, findings } = explore.result;
  return {
    nodes: Object.values(project.flows).reduce((sum, { nodes }) => sum + Object.keys(nodes).length, 0),
    jsonBytes: text.length,
    parseMs,
    schemaMs: medianMs(() => parseProject(json)),
    lowerMs: medianMs(() => lowerProject(project)),
    checkMs,
    checkMb: check.mb,
    exploreMs,
    exploreMb: explore.mb,
    states: explorations.reduce((sum, { graph }) => sum + graph.nodes.length, 0),
    complete,
    findings: check.result.length + findings.length,
    checkVsParse: checkMs / parseMs,
  };
}

function medianMs(run: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const begunMs = performance.now();
    run();
    return performance.now() - begunMs;
  });
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

/** What a run keeps, MB. Exact with `--expose-gc`, else an upper bound. */
function grown<Result>(run: () => Result): { result: Result; mb: number } {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const result = run();
  globalThis.gc?.();
  return { result, mb: (process.memoryUsage().heapUsed - before) / 2 ** 20 };
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
// The first, unmeasured, lets the machine warm up: both sizes are then measured alike.
measure(SIZES[0] ?? 1000);
const sizes = SIZES.map(measure);
const [small, large] = sizes as [Measured, Measured];
const perNode = (of: (one: Measured) => number) => of(large) / large.nodes / (of(small) / small.nodes);
const report = {
  node: process.version,
  sizes,
  /** Time and memory per node of the large project, as a multiple of the small one's: near 1 is linear. */
  growth: {
    parse: perNode(({ parseMs }) => parseMs),
    lower: perNode(({ lowerMs }) => lowerMs),
    check: perNode(({ checkMs }) => checkMs),
    explore: perNode(({ exploreMs }) => exploreMs),
    exploreMemory: perNode(({ exploreMb }) => exploreMb),
  },
  checkVsParse: large.checkVsParse,
};

if (values.json) {
  console.log(JSON.stringify(report));
} else {
  console.table(sizes.map((one) => rounded({ ...one, complete: Number(one.complete) })));
  console.table([rounded(report.growth)]);
  console.log(`check takes ${report.checkVsParse.toFixed(1)} times as long as JSON.parse at ${large.nodes} nodes`);
}

function rounded(row: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Math.round(value * 10) / 10]));
}
