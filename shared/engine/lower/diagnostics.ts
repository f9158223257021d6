import type { FlowId, NodeId } from '../../flow/ids.ts';

/** Values that a translated sentence needs. */
export type DiagnosticParams = Readonly<Record<string, string | number>>;

/** What the codes mean, with their severity: an `error` changes what callers meet, a `warning` may be meant. */
export const DIAGNOSTICS = {
  'flow/no-start': 'error',
  'flow/several-starts': 'error',
  'flow/into-start': 'warning',
  'flow/open-output': 'error',
  'flow/dangling-connection': 'error',
  'flow/unknown-output': 'warning',
  'flow/empty-prompt': 'error',
  'flow/unknown-prompt': 'error',
  'flow/prompt-without-source': 'error',
  'flow/prompt-language': 'warning',
  'flow/menu-without-keys': 'error',
  'flow/key-twice': 'warning',
  'flow/hash-ignored': 'warning',
  'flow/no-people': 'error',
  'flow/no-number': 'error',
  'flow/no-extensions': 'error',
  'flow/unknown-person': 'error',
  'flow/no-queue': 'error',
  'flow/unknown-queue': 'error',
  'flow/queue-without-members': 'error',
  'flow/no-schedule': 'error',
  'flow/unknown-schedule': 'error',
  'flow/unknown-time-zone': 'error',
  'flow/no-weight': 'error',
  'flow/no-sub-flow': 'error',
  'flow/unknown-sub-flow': 'error',
  'flow/result-without-output': 'warning',
  'flow/result-never-returned': 'warning',
  'flow/no-target': 'error',
  'flow/unknown-target': 'error',
  'flow/empty-case': 'error',
  'flow/no-variable': 'error',
  'flow/unknown-variable': 'error',
  'flow/unknown-value': 'error',
  'flow/bad-expression': 'error',
  'flow/nothing-set': 'warning',
  'flow/no-address': 'error',
  'flow/bad-address': 'error',
  'flow/body-not-json': 'warning',
  'flow/not-translated': 'error',
  'flow/unknown-flow': 'error',
  'flow/no-flow': 'error',
  'flow/duplicate-number': 'error',
  'flow/duplicate-extension': 'error',
} as const satisfies Record<string, 'error' | 'warning'>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** Something about a project that callers would notice. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  /** In English: what is wrong, and what callers meet instead. */
  readonly message: string;
  readonly params: DiagnosticParams;
  /** Where it is, when it is in a flow; both null for the project's own numbers, queues and people. */
  readonly flowId: FlowId | null;
  readonly nodeId: NodeId | null;
  /** The output concerned, if it is one. */
  readonly output: string | null;
}

/** Collects diagnostics; `at` narrows down the place. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];

  report(
    code: DiagnosticCode,
    message: string,
    params: DiagnosticParams,
    at: { readonly flowId?: FlowId; readonly nodeId?: NodeId; readonly output?: string } = {},
  ): void {
    const { flowId = null, nodeId = null, output = null } = at;
    this.diagnostics.push({ code, severity: DIAGNOSTICS[code], message, params, flowId, nodeId, output });
  }
}
