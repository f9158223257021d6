import { Button, UnstyledButton } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../store/problems-store.ts';
import { useProblems, useProject, useStores } from '../../store/react.tsx';
import type { Page } from '../../store/ui-store.ts';
import { useProblemText } from '../../ui/nodes/problem-text.ts';
import { SeverityIcon } from '../../ui/severity-icon.tsx';
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
        <li className={classes.problem} key={`${problem.code} ${problem.flowId} ${problem.nodeId} ${problem.message}`}>
          <ProblemRow problem={problem} />
          <FixButton problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function rank({ severity }: Problem): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}

/** Mends a problem where that is safe; undone like any other change. */
function FixButton({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const { project } = useStores();
  const { fix } = problem;
  if (!fix) return null;
  return (
    <Button size="compact-xs" variant="default" onClick={() => project.replace(fix(project.state.getState().project))}>
      {t('problems.fix')}
    </Button>
  );
}

/** Where what is wrong with something outside the flows can be mended. */
function pageOf({ params }: Problem): Page {
  if ('number' in params) return 'numbers';
  return 'scheduleId' in params || 'schedule' in params ? 'schedules' : 'team';
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
    else ui.setState({ page: pageOf(problem) });
  }

  const content = (
    <>
      <SeverityIcon severity={problem.severity} label={t(`problems.${problem.severity}`)} />
      <span className={classes.rowText}>{text(problem)}</span> <span className={classes.rowWhere}>{where}</span>
    </>
  );
  return (
    <UnstyledButton className={classes.row} data-severity={problem.severity} onClick={go}>
      {content}
    </UnstyledButton>
  );
}
