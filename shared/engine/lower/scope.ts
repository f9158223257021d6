import type { FlowNode } from '../../flow/catalogue.ts';
import type { FlowId, NodeId, PersonId, ScheduleId } from '../../flow/ids.ts';
import type { Flow, Project, Queue } from '../../flow/project.ts';
import { resultsOf } from '../../flow/results.ts';
import type { Schedule } from '../../flow/schedule.ts';
import type { SpeechUse } from '../../flow/speech.ts';
import { lookup, sortedEntries } from '../../lib/record.ts';
import type { PromptKey } from '../events.ts';
import type { OpeningHours } from '../opening-hours.ts';
import type { Exit, OpId, Origin } from '../program.ts';
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

  /** Key of what is said; `field` is the setting it stands in. */
  prompt(use: SpeechUse, field: string): PromptKey {
    return this.shared.prompts.keyOf(use, (code, message, params) => this.report(code, message, { ...params, field }));
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
