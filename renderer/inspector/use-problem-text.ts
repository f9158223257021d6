import { useMemo } from 'react';
import type { DiagnosticCode } from '../../shared/engine/lower/index.ts';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Problem } from '../store/problems-store.ts';
import { useProblems } from '../store/react.tsx';
import { useProblemText } from '../ui/nodes/problem-text.ts';

/** Problems of one node. */
export function useNodeProblems(flowId: string, nodeId: NodeId): readonly Problem[] {
  const problems = useProblems((state) => state.problems);
  return useMemo(
    () => problems.filter((problem) => problem.flowId === flowId && problem.nodeId === nodeId),
    [problems, flowId, nodeId],
  );
}

/** The sentence of the node's problem with this code, for the field that it is about (`field` where it says so). */
export function useFieldProblem(
  flowId: string,
  nodeId: NodeId,
  code: DiagnosticCode,
  field?: string,
): string | undefined {
  const text = useProblemText();
  const problem = useNodeProblems(flowId, nodeId).find(
    (candidate) => candidate.code === code && (field === undefined || candidate.params.field === field),
  );
  return problem ? text(problem) : undefined;
}
