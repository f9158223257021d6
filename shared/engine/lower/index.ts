import type { FlowId } from '../../flow/ids.ts';
import type { Flow, Project } from '../../flow/project.ts';
import { lookup, sortedEntries } from '../../lib/record.ts';
import { valueHash } from '../../lib/value-hash.ts';
import { defaultHandlingOpId } from '../default-handling.ts';
import type { FlowProgram, Op, OpId } from '../program.ts';
import { Candidates } from './candidates.ts';
import { lowerDefaultHandling } from './defaults.ts';
import { type Diagnostic, Reporter } from './diagnostics.ts';
import { extensionsOf } from './extensions.ts';
import { PromptTable } from './prompts.ts';
import { NodeScope, nodeOpId, type ProjectScope, startsOf } from './scope.ts';
import { lowerNode } from './table.ts';
import { checkWiring } from './wiring.ts';

export type { Diagnostic, DiagnosticCode } from './diagnostics.ts';

export interface Lowered {
  readonly program: FlowProgram;
  readonly diagnostics: readonly Diagnostic[];
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * Makes the program that every consumer runs. Total: any project that the schema accepts lowers; what is wrong with it
 * has a documented meaning (SPEC.md, LW*) and a diagnostic. The result depends on the project's content only, not on
 * the order its members are written in.
 */
export function lowerProject(project: Project): Lowered {
  const reporter = new Reporter();
  const prompts = new PromptTable(project);
  const scope: ProjectScope = {
    project,
    reporter,
    prompts,
    schedules: {},
    candidates: new Candidates(),
    calledFlows: new Map(),
    extensions: extensionsOf(project, reporter),
  };
  const ops: Record<OpId, Op> = {};
  const entries = new Map<FlowId, OpId>();

  for (const [flowId, flow] of sortedEntries(project.flows)) {
    lowerNodes(scope, ops, flowId, flow);
    const entry = entryOf(scope, flowId, flow);
    if (entry !== null) entries.set(flowId, entry);
  }

  const numbers: Mutable<FlowProgram['numbers']> = {};
  const handlingOfFlow = new Map<FlowId, OpId>();
  const dialled = new Set<string>();
  for (const [numberId, number] of sortedEntries(project.numbers)) {
    if (dialled.has(number.number)) {
      const message = `The number ${number.number} stands twice in the project: only one of them can be called.`;
      reporter.report('flow/duplicate-number', message, { number: number.number });
    }
    dialled.add(number.number);
    const defaultHandling = defaultHandlingOpId(numberId);
    lowerDefaultHandling(scope, ops, defaultHandling, number);
    const flowId = number.useVoiceMenu ? flowOf(scope, number.number, number.flowId) : null;
    numbers[numberId] = {
      number: number.number,
      entry: flowId === null ? null : (entries.get(flowId) ?? null),
      defaultHandling,
    };
    if (flowId !== null && !handlingOfFlow.has(flowId)) handlingOfFlow.set(flowId, defaultHandling);
  }

  const withoutNumber = defaultHandlingOpId(null);
  lowerDefaultHandling(scope, ops, withoutNumber, null);
  const flows: Mutable<FlowProgram['flows']> = {};
  for (const [flowId, entry] of entries) {
    flows[flowId] = { entry, defaultHandling: handlingOfFlow.get(flowId) ?? withoutNumber };
  }

  const content = {
    version: 1,
    projectId: project.id,
    ops,
    numbers,
    flows,
    prompts: prompts.prompts,
    ...(Object.keys(prompts.versions).length > 0 && { versions: prompts.versions }),
    schedules: scope.schedules,
    variables: project.variables,
    candidates: scope.candidates.toRecord(),
  } as const;
  return { program: { ...content, fingerprint: valueHash(content) }, diagnostics: reporter.diagnostics };
}

function lowerNodes(shared: ProjectScope, ops: Record<OpId, Op>, flowId: FlowId, flow: Flow): void {
  const keepsTrail = Object.values(flow.nodes).some(
    (node) => node.type === 'go-to' && node.data.target.kind !== 'node',
  );
  for (const [nodeId, node] of sortedEntries(flow.nodes)) {
    const scope = new NodeScope(shared, flow, node, { flowId, nodeId }, keepsTrail);
    ops[scope.opId] = lowerNode(node, scope);
    for (const [opId, op] of scope.added) ops[opId] = op;
    checkWiring(flow, node, scope);
  }
}

/** Where calls enter a flow: its start node; of several, the one with the smallest id (LW6). */
function entryOf({ reporter }: ProjectScope, flowId: FlowId, flow: Flow): OpId | null {
  const [first, ...others] = startsOf(flow);
  if (first === undefined) {
    const message = `The flow "${flow.name}" has no start: no call can enter it.`;
    reporter.report('flow/no-start', message, { flow: flow.name }, { flowId });
    return null;
  }
  for (const nodeId of others) {
    const message = `The flow "${flow.name}" has several starts: calls never enter by this one.`;
    reporter.report('flow/several-starts', message, { flow: flow.name }, { flowId, nodeId });
  }
  return nodeOpId(flowId, first);
}

/** The flow of a number that uses the voice menu. */
function flowOf({ project, reporter }: ProjectScope, number: string, flowId: FlowId | undefined): FlowId | null {
  if (flowId === undefined) {
    const message = `The number ${number} uses the voice menu, but no flow is chosen: its default handling takes the calls.`;
    reporter.report('flow/no-flow', message, { number });
    return null;
  }
  if (lookup(project.flows, flowId)) return flowId;
  const message = `The flow of the number ${number} is not in the project any more: its default handling takes the calls.`;
  reporter.report('flow/unknown-flow', message, { number, flowId });
  return null;
}
