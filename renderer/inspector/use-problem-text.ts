import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
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

/** The sentence of the node's problem with this code, for the field that it is about. */
export function useFieldProblem(flowId: string, nodeId: NodeId, code: string): string | undefined {
  const { t: _t } = useTranslation();
  const text = useProblemText();
  const problem = useNodeProblems(flowId, nodeId).find((candidate) => candidate.code === code);
  return problem ? text(problem) : undefined;
}
