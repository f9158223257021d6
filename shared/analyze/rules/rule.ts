import type { DiagnosticParams } from '../../engine/lower/diagnostics.ts';
import type { FlowProgram, GatherOp, Op, OpId } from '../../engine/program.ts';
import type { FlowNode } from '../../flow/catalogue.ts';
import type { FlowId, NodeId } from '../../flow/ids.ts';
import type { Project } from '../../flow/project.ts';
import { lookup } from '../../lib/record.ts';
import type { Finding } from '../finding.ts';
import { OpKinds } from '../op-kinds.ts';
import { CHECKS, type CheckCode } from './codes.ts';

/** Where a finding is. */
export interface At {
  readonly flowId?: FlowId;
  readonly nodeId?: NodeId;
  readonly output?: string;
}

export interface Found {
  readonly message: string;
  readonly params?: DiagnosticParams;
  readonly at?: At;
  readonly fix?: (project: Project) => Project;
}

/** A way in which a project can be wrong: looks at it, and reports each place. */
export type Rule = (context: RuleContext) => void;

/** A node with its operation. */
export interface Placed {
  readonly opId: OpId;
  readonly op: Op;
  readonly node: FlowNode;
  readonly at: { readonly flowId: FlowId; readonly nodeId: NodeId };
}

/** What rules look at. Made once for all of them. */
export class RuleContext {
  readonly project: Project;
  readonly program: FlowProgram;
  /** Ids of the voices that this machine has; undefined where nobody knows. */
  readonly voices: readonly string[] | undefined;
  readonly findings: Finding<CheckCode>[] = [];
  /** Every node that has an operation. */
  readonly placed: readonly Placed[];
  readonly menus: readonly (Placed & { readonly op: GatherOp })[];
  #kinds: OpKinds | undefined;

  constructor(project: Project, program: FlowProgram, voices?: readonly string[]) {
    this.project = project;
    this.program = program;
    this.voices = voices;
    this.placed = Object.entries(program.ops).flatMap(([opId, op]): Placed[] => {
      const { flowId, nodeId } = op.origin;
      const node = flowId === '' ? undefined : lookup(lookup(project.flows, flowId)?.nodes ?? {}, nodeId);
      return node ? [{ opId, op, node, at: { flowId, nodeId } }] : [];
    });
    this.menus = this.placed.flatMap((one) => (one.op.op === 'gather' ? [{ ...one, op: one.op }] : []));
  }

  get kinds(): OpKinds {
    this.#kinds ??= new OpKinds(this.program);
    return this.#kinds;
  }

  /** Bound to the context: rules take it out of it. */
  readonly report = (code: CheckCode, { message, params = {}, at = {}, fix }: Found): void => {
    const { flowId = null, nodeId = null, output = null } = at;
    this.findings.push({
      code,
      severity: CHECKS[code],
      message,
      params,
      flowId,
      nodeId,
      output,
      ...(fix && { fix }),
    });
  };
}
