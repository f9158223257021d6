import type { FlowNode } from '../../flow/catalogue.ts';
import type { Assignment } from '../../flow/expression.ts';
import type { FlowId, NodeId, PersonId, ScheduleId } from '../../flow/ids.ts';
import type { Flow, Project, Queue } from '../../flow/project.ts';
import { resultsOf } from '../../flow/results.ts';
import type { Schedule } from '../../flow/schedule.ts';
import type { SpeechUse } from '../../flow/speech.ts';
import { namesIn } from '../../flow/template.ts';
import type { VariableType } from '../../flow/variables.ts';
import { lookup, sortedEntries } from '../../lib/record.ts';
import type { PromptKey } from '../events.ts';
import type { Place } from '../expression/environment.ts';
import { checkExpression, parseExpression } from '../expression/expression.ts';
import { mentionsOf } from '../expression/literals.ts';
import type { OpeningHours } from '../opening-hours.ts';
import { CALL_VALUES, type Exit, INNER, type Op, type OpId, type Origin } from '../program.ts';
import type { Candidates } from './candidates.ts';
import type { DiagnosticCode, DiagnosticParams, Reporter } from './diagnostics.ts';
import type { Extension } from './extensions.ts';
import type { PromptTable } from './prompts.ts';

/** How long a phone rings where nothing says so (direct dial, default handling), in rings. */
export const DEFAULT_RINGS = 4;

/** A flow as those see it that call it. */
export interface CalledFlow {
  readonly name: string;
  /** Its start; null when it has none. */
  readonly entry: OpId | null;
  /** What it may return. */
  readonly results: readonly string[];
}

/** What the lowering of a whole project shares. */
export interface ProjectScope {
  readonly project: Project;
  readonly reporter: Reporter;
  readonly prompts: PromptTable;
  /** The schedules that nodes use, filled while they are lowered. */
  readonly schedules: Record<ScheduleId, OpeningHours>;
  /** What values are compared with, filled while nodes are lowered. */
  readonly candidates: Candidates;
  /** What sub-flows need to know of the flows that they call, filled as they ask. */
  readonly calledFlows: Map<FlowId, CalledFlow>;
  /** Everyone's extension, by its digits. */
  readonly extensions: readonly Extension[];
}

/** Address of a node's operation. */
export function nodeOpId(flowId: FlowId, nodeId: NodeId): OpId {
  return `${flowId}/${nodeId}`;
}

/** The start nodes of a flow, by id; calls enter by the first (LW6). */
export function startsOf(flow: Flow): readonly NodeId[] {
  return sortedEntries(flow.nodes).flatMap(([nodeId, node]) => (node.type === 'start' ? [nodeId] : []));
}

/** What a node's lowering has in hand. */
export class NodeScope {
  readonly shared: ProjectScope;
  readonly origin: Origin;
  /** Operations that the node has besides its first one. */
  readonly added = new Map<OpId, Op>();
  /** Whether something in the flow goes back to menus that the caller has been in. */
  readonly keepsTrail: boolean;
  readonly #flow: Flow;
  readonly #node: FlowNode;

  constructor(shared: ProjectScope, flow: Flow, node: FlowNode, origin: Origin, keepsTrail: boolean) {
    this.shared = shared;
    this.origin = origin;
    this.keepsTrail = keepsTrail;
    this.#flow = flow;
    this.#node = node;
  }

  report(code: DiagnosticCode, message: string, params: DiagnosticParams = {}, output?: string): void {
    const at = output === undefined ? this.origin : { ...this.origin, output };
    this.shared.reporter.report(code, message, { node: this.#node.name, ...params }, at);
  }

  /** Where an output leads; an open one to the default handling (LW2). */
  exit(output: string): Exit {
    const to = lookup(this.#node.connections, output);
    return { output, to: to === undefined ? null : this.node(to) };
  }

  /** The operation of a node of this flow; null when it is gone. */
  node(id: NodeId): OpId | null {
    return lookup(this.#flow.nodes, id) ? nodeOpId(this.origin.flowId, id) : null;
  }

  get opId(): OpId {
    return nodeOpId(this.origin.flowId, this.origin.nodeId);
  }

  /** Gives the node one more operation (LW10), and the way to it. */
  add(name: string, op: Op): Exit {
    const opId = `${this.opId}~${name}`;
    this.added.set(opId, op);
    return { output: INNER, to: opId };
  }

  /** Key of what is said; `field` is the setting it stands in. */
  prompt(use: SpeechUse, field: string): PromptKey {
    const { prompts } = this.shared;
    const key = prompts.keyOf(use, (code, message, params) => this.report(code, message, { ...params, field }));
    for (const spoken of [key, ...Object.values(lookup(prompts.versions, key) ?? {})]) {
      const source = lookup(prompts.prompts, spoken);
      if (source?.kind === 'text') for (const name of namesIn(source.text)) this.checkValueName(name);
    }
    return key;
  }

  /** VA5: a name in a text must be one of a variable, or of what is known of every call. */
  checkValueName(value: string): void {
    if (CALL_VALUES.includes(value) || lookup(this.shared.project.variables, value)) return;
    this.report('flow/unknown-value', `There is no variable "${value}": the text keeps "{${value}}".`, { value });
  }

  /** A variable that is set here; a name that no variable has when there is none, which is never set. */
  variableToSet(name: string | undefined): string {
    if (name === undefined) {
      this.report(
        'flow/no-variable',
        'No variable is chosen: what is entered is invalid, as there is no place for it.',
      );
    } else if (!lookup(this.shared.project.variables, name)) {
      const message = `There is no variable "${name}" in the project any more: it cannot be set.`;
      this.report('flow/unknown-variable', message, { variable: name });
    }
    return name ?? '';
  }

  /** Assignments, each checked. */
  assignments(list: readonly Assignment[], place: Place): readonly Assignment[] {
    for (const { variable, expression } of list) {
      this.variableToSet(variable);
      const type = lookup(this.shared.project.variables, variable)?.type;
      this.expression(expression, type, variable, place);
    }
    return list;
  }

  /** An expression, checked; `field` says which one it is. */
  expression(
    source: string,
    wanted: VariableType | undefined,
    field: string,
    place: Place = 'call',
    output?: string,
  ): string {
    const { variables } = this.shared.project;
    const error = checkExpression(source, variables, place, wanted);
    if (error) {
      const params = { field, expression: source, error: error.message };
      this.report(
        'flow/bad-expression',
        `The expression "${source}" is wrong: ${error.message.replace(/\.$/, '')}.`,
        params,
        output,
      );
    }
    this.shared.candidates.add(mentionsOf(parseExpression(source, variables, place)));
    return source;
  }

  /** Those of the people who exist, each once, in the given order. */
  people(ids: readonly PersonId[]): readonly PersonId[] {
    return [...new Set(ids)].filter((personId) => {
      if (lookup(this.shared.project.people, personId)) return true;
      this.report('flow/unknown-person', 'One of the people called here is not in the project any more.', { personId });
      return false;
    });
  }

  /** A queue of the project, if there is one of this id. */
  queue(id: string): Queue | undefined {
    return lookup(this.shared.project.queues, id);
  }

  /** A schedule of the project, which the program then has too. */
  schedule(id: string): Schedule | undefined {
    const schedule = lookup(this.shared.project.schedules, id);
    if (!schedule) return undefined;
    const { timeZone, weekly, holidays, override } = schedule;
    this.shared.schedules[id] = { timeZone, weekly, holidays, override };
    return schedule;
  }

  /** A flow of the project as a sub-flow. */
  calledFlow(id: FlowId): CalledFlow | undefined {
    const { project, calledFlows } = this.shared;
    const flow = lookup(project.flows, id);
    if (!flow) return undefined;
    const known = calledFlows.get(id);
    if (known) return known;
    const [start] = startsOf(flow);
    const entry = start === undefined ? null : nodeOpId(id, start);
    const called = { name: flow.name, entry, results: resultsOf(flow) };
    calledFlows.set(id, called);
    return called;
  }

  ringMs(rings: number): number {
    return rings * this.shared.project.settings.ringMs;
  }
}
