import { z } from 'zod';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import type { FlowProgram } from '../../../shared/engine/program.ts';
import { type Script, simulate } from '../../../shared/engine/simulate.ts';
import { IdSchema, KeySchema } from '../../../shared/flow/ids.ts';
import { TestWorldSchema } from '../../../shared/flow/project-test.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { sortedEntries } from '../../../shared/lib/record.ts';
import { type Command, printJson, usage } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readProject, readText } from '../read-input.ts';

const atMs = z.number().min(0).max(86_400_000);

const { people, queues, nodes } = TestWorldSchema.shape;

/** What is known of a world is checked; parts that only the engine knows go on to it as they are. */
const WorldSchema = z.looseObject({
  people: people.optional(),
  externals: z.record(z.string(), people.unwrap().valueType).optional(),
  queues: queues.optional(),
  nodes: nodes.optional(),
  promptMs: atMs.optional(),
  talkMs: atMs.optional(),
  random: z.array(z.number().min(0).lt(1)).max(10_000).optional(),
  seed: z.number().int().optional(),
});

/** A script of a call; without a target it calls the project's first number, else its first flow. */
const ScriptSchema = z.strictObject({
  target: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('number'), numberId: IdSchema }),
      z.strictObject({ kind: z.literal('flow'), flowId: IdSchema }),
    ])
    .optional(),
  caller: z.strictObject({ number: z.string().max(64), name: z.string().max(100).optional() }).optional(),
  startedAtMs: z.number().min(0).max(8.64e15).optional(),
  actions: z
    .array(z.union([z.strictObject({ atMs, key: KeySchema }), z.strictObject({ atMs, hangUp: z.literal(true) })]))
    .max(10_000)
    .optional(),
  world: WorldSchema.optional(),
  patienceMs: atMs.optional(),
});

/** `run FILE --script S`: the trace of one call. */
export const run: Command = {
  summary: 'make one call by a script, and write its trace as JSON',
  inputs: ['FILE'],
  options: {
    script: {
      type: 'string',
      value: 'S.json',
      help: 'target, caller, startedAtMs, actions (keys by time), world, patienceMs; all optional',
    },
  },
  found: 'the call ended with "failure"',
  run: async (call) => {
    const [file = ''] = call.inputs;
    const { script: path } = call.options;
    if (typeof path !== 'string') throw usage('run takes --script S.json.');
    if (file === '-' && path === '-') throw usage('Only one input can be "-".');
    const project = await readProject(file, call.io);
    const script = parseScript(path, await readText(path, call.io));
    const { program } = lowerProject(project);
    const target = script.target ?? firstTarget(program);
    const { trace } = runScript(program, { ...script, target }, path);
    printJson(call.io, trace);
    const end = trace.at(-1);
    return end?.type === 'ended' && end.cause === 'failure' ? EXIT.found : EXIT.ok;
  },
};

function parseScript(path: string, text: string): Partial<Script> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw badScript(`${path} is not JSON: ${(cause as Error).message}`, cause);
  }
  const parsed = ScriptSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badScript(`${path}: ${issue?.path.join('.') || '(document)'}: ${issue?.message}`, parsed.error);
  }
  return parsed.data as Partial<Script>;
}

/** Of parts that are not checked above, the engine finds out when a call meets them. */
function runScript(program: FlowProgram, script: Script, path: string) {
  try {
    return simulate(program, script);
  } catch (cause) {
    throw badScript(`${path}: the world of the script cannot be used: ${(cause as Error).message}`, cause);
  }
}

function firstTarget(program: FlowProgram): Script['target'] {
  const [number] = sortedEntries(program.numbers);
  if (number) return { kind: 'number', numberId: number[0] };
  const [flow] = sortedEntries(program.flows);
  if (flow) return { kind: 'flow', flowId: flow[0] };
  throw new DialtreeError({ code: 'cli/nothing-to-call', message: 'The project has no number and no flow to call.' });
}

function badScript(message: string, cause: unknown): DialtreeError {
  return new DialtreeError({ code: 'cli/bad-script', message: `${message}.` }, { cause });
}
