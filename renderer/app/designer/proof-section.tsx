import { ActionIcon, Button, Loader, NumberInput, Tooltip, UnstyledButton } from '@mantine/core';
import { CircleCheck, Route, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Finding, ProofCode } from '../../../shared/analyze/finding.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useProject, useProof, useStores } from '../../store/react.tsx';
import { useProblemText } from '../../ui/nodes/problem-text.ts';
import { SeverityIcon } from '../../ui/severity-icon.tsx';
import { CallAgainButton } from './call-again-button.tsx';
import classes from './designer.module.css';

/** Proving that every call ends well: asked for by a button, with a call that shows whatever is found. */
export function ProofSection() {
  const { t, i18n } = useTranslation();
  const { proof } = useStores();
  const { status, result, of, error, reach } = useProof((state) => state);
  const project = useProject((document) => document);
  const isStale = of !== null && of !== project;
  return (
    <section className={classes.proof} aria-label={t('proof.title')}>
      <div className={classes.testsHead}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={status === 'running' ? <Loader size={12} /> : <ShieldCheck size={14} aria-hidden />}
          onClick={() => (status === 'running' ? proof.cancel() : proof.prove())}
        >
          {t(status === 'running' ? 'proof.cancel' : 'proof.prove')}
        </Button>
        <span>{t('proof.within')}</span>
        <NumberInput
          size="xs"
          w={56}
          aria-label={t('proof.keys')}
          value={reach.keys}
          min={0}
          max={20}
          onChange={(keys) => typeof keys === 'number' && proof.setReach({ keys })}
        />
        <span>{t('proof.keysAnd')}</span>
        <NumberInput
          size="xs"
          w={64}
          aria-label={t('proof.seconds')}
          value={reach.ms / 1000}
          min={1}
          max={3600}
          onChange={(seconds) => typeof seconds === 'number' && proof.setReach({ ms: seconds * 1000 })}
        />
        <span>{t('proof.secondsEnd')}</span>
        {isStale && status === 'done' ? <span className={classes.rowWhere}>{t('proof.stale')}</span> : null}
      </div>
      <div aria-live="polite">
        {error ? <p className={classes.failure}>{errorText(error, i18n)}</p> : null}
        {result?.findings.every(({ severity }) => severity === 'info') ? (
          <p className={classes.calm}>
            <CircleCheck size={16} aria-hidden /> {t('proof.allWell', { count: result.states })}
          </p>
        ) : null}
        {result && result.findings.length > 0 ? (
          <ul className={classes.rows}>
            {result.findings.map((finding) => (
              <ProofRow
                key={`${finding.code} ${finding.flowId} ${finding.nodeId} ${finding.output}`}
                finding={finding}
              />
            ))}
          </ul>
        ) : null}
      </div>
    </section>
  );
}

function ProofRow({ finding }: { finding: Finding<ProofCode> }) {
  const { t } = useTranslation();
  const { ui, live, proof } = useStores();
  const text = useProblemText();
  const { flowId, nodeId, severity, witness } = finding;
  const flow = useProject((project) => (flowId === null ? undefined : project.flows[flowId]));
  const node = nodeId === null ? undefined : flow?.nodes[nodeId];
  const where = [flow?.name, node ? node.name || t(`node.${node.type}.name`) : undefined].filter(Boolean).join(' › ');
  const sentence = text(finding);

  function traceOf(): readonly TraceEntry[] {
    const { of } = proof.state.getState();
    return witness && of ? simulate(lowerProject(of).program, witness.script).trace : [];
  }

  function showCall(): void {
    const trace = traceOf();
    const entered = trace.find((entry) => entry.type === 'node-entered');
    if (entered?.type !== 'node-entered') return;
    const startedAtMs = witness?.script.startedAtMs ?? 0;
    live.show(`proof:${finding.code}`, { name: sentence, flowId: entered.flowId, trace, startedAtMs, isOver: true });
    ui.openFlow(entered.flowId);
  }

  return (
    <li className={classes.problem}>
      <UnstyledButton
        className={classes.row}
        data-severity={severity}
        onClick={() => flowId !== null && nodeId !== null && ui.revealNode(flowId, nodeId)}
      >
        <SeverityIcon severity={severity} label={t(`problems.${severity}`)} />
        <span className={classes.rowText}>{sentence}</span> <span className={classes.rowWhere}>{where}</span>
      </UnstyledButton>
      {witness ? (
        <>
          <Tooltip label={t('proof.showCall')}>
            <ActionIcon aria-label={`${t('proof.showCall')}: ${sentence}`} onClick={showCall}>
              <Route size={16} />
            </ActionIcon>
          </Tooltip>
          <CallAgainButton traceOf={traceOf} name={sentence} />
        </>
      ) : null}
    </li>
  );
}
