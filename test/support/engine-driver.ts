import type { EngineEvent, TraceEntry } from '../../shared/engine/events.ts';
import { lowerProject } from '../../shared/engine/lower/index.ts';
import type { FlowProgram } from '../../shared/engine/program.ts';
import { type Script, simulate } from '../../shared/engine/simulate.ts';
import type { FlowState } from '../../shared/engine/state.ts';
import { step } from '../../shared/engine/step.ts';
import type { CallerAction, World } from '../../shared/engine/world.ts';
import { type FlowNode, type NodeOf, NodeSchema, type NodeType } from '../../shared/flow/catalogue.ts';
import type { Key } from '../../shared/flow/ids.ts';
import { type Project, ProjectSchema } from '../../shared/flow/project.ts';

/** Length of every prompt in these tests. */
export const PROMPT_MS = 1000;

/** What a test says of a node: its settings (defaults fill the rest) and where its outputs lead. */
export interface NodeSketch {
  readonly type: NodeType;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly to?: Readonly<Record<string, string>>;
}

/** A node of a sketch; prompts may be given as plain text. */
export function sketchNode(id: string, { type, data = {}, to = {} }: NodeSketch): FlowNode {
  const entries = Object.entries(data).map(([field, value]) =>
    field.toLowerCase().endsWith('prompt') && typeof value === 'string'
      ? [field, { kind: 'text', text: value }]
      : [field, value],
  );
  const node = { type, name: id, position: { x: 0, y: 0 }, connections: to, data: Object.fromEntries(entries) };
  return NodeSchema.parse(node);
}

/** A menu as tests want it: a prompt "menu" and the given settings. */
export function menu(data: Partial<Record<keyof NodeOf<'menu'>['data'], unknown>>, to: NodeSketch['to'] = {}) {
  return { type: 'menu', data: { prompt: 'menu', keys: [], ...data }, to } as const;
}

/** People ann (101), bob (102), cid (201); the queue `team`; number `line` (100) with hang-up as its default. */
export function sketchProject(
  nodes: Readonly<Record<string, NodeSketch>>,
  change: (project: Record<string, unknown>) => object = () => ({}),
): Project {
  const flowNodes = Object.fromEntries(Object.entries(nodes).map(([id, sketch]) => [id, sketchNode(id, sketch)]));
  const base = {
    format: 'dialtree',
    version: 1,
    id: 'test',
    name: 'Test',
    settings: {},
    numbers: {
      line: { number: '100', defaultHandling: { kind: 'hang-up' }, useVoiceMenu: true, flowId: 'main' },
    },
    people: {
      ann: { name: 'Ann', extension: '101' },
      bob: { name: 'Bob', extension: '102' },
      cid: { name: 'Cid', extension: '201' },
    },
    queues: { team: { name: 'Team', members: [{ personId: 'ann' }], maxWaitMs: 60_000 } },
    prompts: {},
    schedules: {},
    variables: {},
    flows: { main: { name: 'Main', nodes: flowNodes } },
  };
  return ProjectSchema.parse({ ...base, ...change(base) });
}

/** A flow that begins with one node `m`, whatever else it has. */
export function startingWith(
  first: NodeSketch,
  others: Readonly<Record<string, NodeSketch>> = {},
  change?: (project: Record<string, unknown>) => object,
): Project {
  return sketchProject({ start: { type: 'start', to: { next: 'm' } }, m: first, ...others }, change);
}

/** Messages to lead outputs to: `a`, `b`, … each say their name and hang up by default handling. */
export function says(...ids: readonly string[]): Record<string, NodeSketch> {
  return Object.fromEntries(ids.map((id) => [id, { type: 'say', data: { prompt: id } } as const]));
}

/** Keys with their times: `'1@500 2@900'`; `x` hangs up. */
export function actions(text: string): CallerAction[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [key, at] = word.split('@') as [string, string];
      return key === 'x' ? { atMs: Number(at), hangUp: true } : { atMs: Number(at), key: key as Key };
    });
}

/** Runs a call to the number `line`: prompts of one second, keys as of `actions`. */
export function runCall(
  project: Project | FlowProgram,
  keys = '',
  options: { world?: World } & Partial<Script> = {},
): { trace: readonly TraceEntry[]; lines: string[]; state: FlowState; said: string[] } {
  const program = 'ops' in project ? project : lowerProject(project).program;
  const { world, ...script } = options;
  const { trace, state } = simulate(program, {
    target: { kind: 'number', numberId: 'line' },
    actions: actions(keys),
    ...script,
    world: { promptMs: PROMPT_MS, ...world },
  });
  return { trace, state, lines: trace.map((entry) => line(program, entry)), said: saidIn(program, trace) };
}

/** A trace entry on one line: time, what, and where; prompts by what they say. */
export function line(program: FlowProgram, entry: TraceEntry): string {
  const { atMs, type, ...rest } = entry;
  const words = Object.entries(rest)
    .filter(([name]) => name !== 'flowId')
    .map(([name, value]) => (name === 'prompts' ? textOf(program, value as string[]) : words_(value)));
  return [atMs, type, ...words].join(' ');
}

/** What was said, prompt by prompt, each started one as `a+b`. */
function saidIn(program: FlowProgram, trace: readonly TraceEntry[]): string[] {
  return trace.flatMap((entry) => (entry.type === 'prompt-started' ? [textOf(program, entry.prompts)] : []));
}

function textOf(program: FlowProgram, keys: readonly string[]): string {
  return keys
    .map((key) => {
      const source = program.prompts[key];
      return source?.kind === 'text' ? source.text : (source?.fileName ?? '?');
    })
    .join('+');
}

function words_(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Lines of one kind, without their times. */
export function only(lines: readonly string[], ...types: readonly TraceEntry['type'][]): string[] {
  return lines
    .map((text) => text.replace(/^\d+ /, ''))
    .filter((text) => types.includes(text.split(' ', 1)[0] as TraceEntry['type']));
}

/** Freezes all the way down: a test that passes with it proves that nothing writes to it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}

/** Whether an event changes nothing at all. */
export function changesNothing(program: FlowProgram, state: FlowState, event: EngineEvent): boolean {
  const result = step(program, state, event);
  return result.state === state && result.effects.length === 0;
}
