import type { DiagnosticCode, DiagnosticParams } from '../engine/lower/diagnostics.ts';
import type { FlowId, NodeId } from '../flow/ids.ts';
import type { Project } from '../flow/project.ts';
import type { Witness } from './explore/witness.ts';

/** What exploration finds, with its severity; SPEC.md, EX*. */
export const PROOFS = {
  'prove/no-end': 'error',
  'prove/silent-end': 'error',
  'prove/failed-end': 'warning',
  'prove/endless-loop': 'warning',
  'prove/no-person': 'warning',
  'prove/person-too-far': 'warning',
  'prove/never-entered': 'warning',
  'prove/never-taken': 'info',
  'prove/incomplete': 'info',
} as const satisfies Record<string, Severity>;

/** `error`: callers meet something that nobody can have meant. `warning`: it may be meant. `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info';

export type ProofCode = keyof typeof PROOFS;

/** Something about a project that callers would notice, or that its supervisor should know. */
export interface Finding<Code extends string = string> {
  /** Stable, `area/what`; those of lowering keep theirs. The window translates by it. */
  readonly code: Code;
  readonly severity: Severity;
  /** In English: what is wrong, and what callers meet. */
  readonly message: string;
  /** What a translated sentence needs. */
  readonly params: DiagnosticParams;
  /** Where it is, when it is in a flow; else null. */
  readonly flowId: FlowId | null;
  readonly nodeId: NodeId | null;
  readonly output: string | null;
  /** Mends it, where that is safe: gives a changed project, never writes to the one it is given. */
  readonly fix?: (project: Project) => Project;
  /** A call that shows it. */
  readonly witness?: Witness;
}

/** Codes that lowering writes. */
export type LoweringCode = DiagnosticCode;

/** Sorts findings by place, then code; stable for everything else. */
export function sortFindings<Code extends string>(findings: readonly Finding<Code>[]): readonly Finding<Code>[] {
  const keys = new Map(findings.map((finding) => [finding, keyOf(finding)]));
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...findings].sort((a, b) => compare(keys.get(a) ?? '', keys.get(b) ?? ''));
}

/** The project's own first, then flow by flow and node by node. */
function keyOf({ flowId, nodeId, code, output }: Finding): string {
  return [flowId ?? '', nodeId ?? '', code, output ?? ''].join('\u0000');
}
