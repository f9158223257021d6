import { Slider, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import type { FlowId } from '../../../shared/flow/ids.ts';
import { entriesShown, followedCall, type LiveCall } from '../../store/live-calls-store.ts';
import { useLiveCalls, useProject, useStores } from '../../store/react.tsx';
import classes from './designer.module.css';
import { traceText } from './trace-text.ts';

/**
 * What happened in the call that the canvas follows, as it happens. Of a call that is over any moment can be looked at:
 * the canvas shows the way up to there. Times in seconds since the call began.
 */
export function TraceList({ flowId }: { flowId: FlowId }) {
  const { t } = useTranslation();
  const call = useLiveCalls((state) => followedCall(state, flowId));
  const shown = useLiveCalls((state) => (call ? entriesShown(state, call) : 0));
  const end = useRef<HTMLLIElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the moment that is shown
  useEffect(() => {
    end.current?.scrollIntoView?.({ block: 'nearest' });
  }, [shown]);

  if (!call) return <p className={classes.calm}>{t('trace.none')}</p>;
  const flowOf = flowsOfTrace(call.trace, flowId);
  return (
    <>
      <Scrubber call={call} shown={shown} />
      <ol className={classes.rows}>
        {call.trace.map((entry, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a trace only grows at its end
            key={index}
            ref={index === shown - 1 ? end : undefined}
            data-later={index >= shown || undefined}
          >
            <TraceLine entry={entry} flowId={flowOf[index] ?? flowId} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Scrubber({ call: { summary, trace }, shown }: { readonly call: LiveCall; readonly shown: number }) {
  const { t } = useTranslation();
  const { live } = useStores();
  const seconds = useSeconds();
  if (summary.endedAtMs === null || trace.length < 2) return null;
  return (
    <div className={classes.scrub}>
      <Slider
        size="sm"
        min={1}
        max={trace.length}
        value={shown}
        label={null}
        thumbLabel={t('trace.moment')}
        onChange={(entries) => live.scrub(summary.callId, entries)}
      />
      <span className={classes.time}>{seconds(trace[shown - 1]?.atMs ?? 0)}</span>
    </div>
  );
}

/** A line of a trace; where it is about a node that is there, a button that shows it on the canvas. */
export function TraceLine({ entry, flowId }: { readonly entry: TraceEntry; readonly flowId: FlowId }) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const project = useProject((document) => document);
  const seconds = useSeconds();
  const nodeId = 'nodeId' in entry ? entry.nodeId : null;
  const node = nodeId === null ? undefined : project.flows[flowId]?.nodes[nodeId];
  const content = (
    <>
      <span className={classes.time}>{seconds(entry.atMs)}</span>
      <span className={classes.traceNode}>{node ? node.name || t(`node.${node.type}.name`) : null}</span>
      <span className={classes.rowText}>{traceText(entry, project, t)}</span>
    </>
  );
  if (nodeId === null || !node) return <div className={classes.row}>{content}</div>;
  return (
    <UnstyledButton className={classes.row} onClick={() => ui.revealNode(flowId, nodeId)}>
      {content}
    </UnstyledButton>
  );
}

function useSeconds(): (ms: number) => string {
  const { i18n } = useTranslation();
  return (ms) => (ms / 1000).toLocaleString(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Which flow each line of a trace is about: sub-flows have nodes of their own. */
export function flowsOfTrace(trace: readonly TraceEntry[], first: string): string[] {
  let current = first;
  return trace.map((entry) => {
    if (entry.type === 'node-entered' || entry.type === 'returned') current = entry.flowId;
    return current;
  });
}
