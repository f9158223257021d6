import { UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
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
  const nodes = project.flows[flowId]?.nodes ?? {};
  return (
    <ol className={classes.rows}>
      {call.trace.map((entry, index) => {
        const nodeId = 'nodeId' in entry ? entry.nodeId : null;
        const node = nodeId === null ? undefined : nodes[nodeId];
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
              <UnstyledButton className={classes.row} onClick={() => ui.revealNode(flowId, nodeId)}>
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
