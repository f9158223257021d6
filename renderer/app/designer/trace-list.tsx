import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import type { FlowId } from '../../../shared/flow/ids.ts';
import { followedCall } from '../../store/live-calls-store.ts';
import { useLiveCalls, useProject, useStores } from '../../store/react.tsx';
import classes from './designer.module.css';
import { traceText } from './trace-text.ts';

/** What happened in the call that the canvas follows, as it happens. Times in seconds since the call began. */
export function TraceList({ flowId }: { flowId: FlowId }) {
  const { t, i18n } = useTranslation();
  const { ui } = useStores();
  const project = useProject((document) => document);
  const call = useLiveCalls((state) => followedCall(state, flowId));
  const end = useRef<HTMLLIElement>(null);
  const length = call?.trace.length ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the end as the trace grows
  useEffect(() => {
    end.current?.scrollIntoView?.({ block: 'nearest' });
  }, [length]);

  if (!call) return <p className={classes.calm}>{t('trace.none')}</p>;
  const flowOf = flowsOfTrace(call.trace, flowId);
  return (
    <ol className={classes.rows}>
      {call.trace.map((entry, index) => {
        const nodeId = 'nodeId' in entry ? entry.nodeId : null;
        const inFlow = flowOf[index] ?? flowId;
        const node = nodeId === null ? undefined : project.flows[inFlow]?.nodes[nodeId];
        const content = (
          <>
            <span className={classes.time}>
              {(entry.atMs / 1000).toLocaleString(i18n.language, {
                minimumFractionDigits: 2,
                maximumFractionDigits: 2,
              })}
            </span>
            <span className={classes.traceNode}>{node ? node.name || t(`node.${node.type}.name`) : null}</span>
            <span className={classes.rowText}>{traceText(entry, project, t)}</span>
          </>
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trace only grows at its end
          <li key={index} ref={index === length - 1 ? end : undefined}>
            {nodeId !== null && node ? (
              <UnstyledButton className={classes.row} onClick={() => ui.revealNode(inFlow, nodeId)}>
                {content}
              </UnstyledButton>
            ) : (
              <div className={classes.row}>{content}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Which flow each line of a trace is about: sub-flows have nodes of their own. */
function flowsOfTrace(trace: readonly TraceEntry[], first: string): string[] {
  let current = first;
  return trace.map((entry) => {
    if (entry.type === 'node-entered' || entry.type === 'returned') current = entry.flowId;
    return current;
  });
}
