import { UnstyledButton } from '@mantine/core';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../store/problems-store.ts';
import { useProblems, useProject, useStores } from '../../store/react.tsx';
import { useProblemText } from '../../ui/nodes/problem-text.ts';
import classes from './designer.module.css';

/** Everything that is wrong with the project; a click goes to the node. Errors come first. */
export function ProblemsList() {
  const { t } = useTranslation();
  const problems = useProblems((state) => state.problems);
  if (problems.length === 0) {
    return (
      <p className={classes.calm}>
        <CircleCheck size={16} aria-hidden /> {t('problems.none')}
      </p>
    );
  }
  const sorted = [...problems].sort((one, other) => rank(one) - rank(other));
  return (
    <ul className={classes.rows}>
      {sorted.map((problem) => (
        <li key={`${problem.code} ${problem.flowId} ${problem.nodeId} ${problem.message}`}>
          <ProblemRow problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function rank(problem: Problem): number {
  return problem.severity === 'error' ? 0 : 1;
}

function ProblemRow({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const text = useProblemText();
  const { flowId, nodeId } = problem;
  const flow = useProject((project) => (flowId === null ? undefined : project.flows[flowId]));
  const node = nodeId === null ? undefined : flow?.nodes[nodeId];
  const where = [flow?.name, node ? node.name || t(`node.${node.type}.name`) : undefined].filter(Boolean).join(' › ');
  function go(): void {
    if (flowId !== null && nodeId !== null) ui.revealNode(flowId, nodeId);
    else if (flowId !== null) ui.openFlow(flowId);
    else ui.setState({ page: 'number' in problem.params ? 'numbers' : 'team' });
  }

  const content = (
    <>
      {problem.severity === 'error' ? (
        <CircleAlert size={14} role="img" aria-label={t('problems.error')} />
      ) : (
        <TriangleAlert size={14} role="img" aria-label={t('problems.warning')} />
      )}
      <span className={classes.rowText}>{text(problem)}</span> <span className={classes.rowWhere}>{where}</span>
    </>
  );
  return (
    <UnstyledButton className={classes.row} data-severity={problem.severity} onClick={go}>
      {content}
    </UnstyledButton>
  );
}
