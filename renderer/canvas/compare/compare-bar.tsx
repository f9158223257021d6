import { ActionIcon, Anchor, Tooltip } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import { ArrowLeft, ArrowRight, GitCompareArrows, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowId } from '../../../shared/flow/ids.ts';
import type { Flow } from '../../../shared/flow/project.ts';
import { useProject, useStores, useUi } from '../../store/react.tsx';
import { cardSize } from '../card-geometry.ts';
import { parseConnectionId } from '../connection-id.ts';
import { ZOOM_MS } from '../use-view.ts';
import classes from './compare.module.css';
import { compareFlows, type FlowComparison } from './compare-flows.ts';

interface CompareBarProps {
  readonly flowId: FlowId;
  readonly flow: Flow;
  readonly comparison: FlowComparison;
}

/** Which version the canvas is compared with, how much is different, and the way from one difference to the next. */
export function CompareBar({ flowId, flow, comparison }: CompareBarProps) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const { setCenter, getZoom } = useReactFlow();
  const label = useUi((state) => state.comparison?.label ?? '');
  const [at, setAt] = useState(-1);
  const elsewhere = useChangedElsewhere(flowId);
  const { nodes, removed, wires } = comparison;
  const places = useMemo(() => {
    const rewired = new Set([...wires].map((wire) => parseConnectionId(wire).from));
    const present = Object.entries(flow.nodes).filter(([id]) => nodes.has(id) || rewired.has(id));
    // As one reads: from the left to the right, then down.
    return [...present, ...removed]
      .map(([, node]) => ({ node, ...cardSize(node) }))
      .sort((a, b) => a.node.position.x - b.node.position.x || a.node.position.y - b.node.position.y);
  }, [flow, nodes, removed, wires]);
  const count = (how: 'added' | 'changed') => [...nodes.values()].filter((one) => one === how).length;

  function go(by: 1 | -1): void {
    const next = (at + by + places.length) % places.length;
    const place = places[at === -1 && by === -1 ? places.length - 1 : next];
    if (!place) return;
    setAt(places.indexOf(place));
    const { x, y } = place.node.position;
    const zoom = Math.max(0.6, getZoom());
    void setCenter(x + place.width / 2, y + place.height / 2, { zoom, duration: ZOOM_MS });
  }

  return (
    <div className={classes.bar} role="toolbar" aria-label={t('compare.bar')}>
      <GitCompareArrows size={14} aria-hidden />
      <span role="status">
        {t('compare.with', { label })}{' '}
        {places.length === 0
          ? t('compare.same')
          : [
              t('compare.added', { count: count('added') }),
              t('compare.changed', { count: count('changed') }),
              t('compare.removed', { count: removed.length }),
              t('compare.rewired', { count: wires.size }),
            ].join(', ')}
      </span>
      {elsewhere === undefined ? null : (
        <Anchor component="button" type="button" size="xs" onClick={() => ui.openFlow(elsewhere.flowId)}>
          {t('compare.elsewhere', { flow: elsewhere.name, count: elsewhere.count })}
        </Anchor>
      )}
      <BarButton label={t('compare.previous')} icon={ArrowLeft} disabled={places.length === 0} onClick={() => go(-1)} />
      <BarButton label={t('compare.next')} icon={ArrowRight} disabled={places.length === 0} onClick={() => go(1)} />
      <BarButton label={t('compare.close')} icon={X} onClick={() => ui.setState({ comparison: null })} />
    </div>
  );
}

interface BarButtonProps {
  readonly label: string;
  readonly icon: typeof X;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function BarButton({ label, icon: Icon, disabled = false, onClick }: BarButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The next of the other flows with differences, in the order of the project. */
function useChangedElsewhere(flowId: FlowId): { flowId: FlowId; name: string; count: number } | undefined {
  const before = useUi((state) => state.comparison?.before);
  const flows = useProject((project) => project.flows);
  return useMemo(() => {
    if (!before) return undefined;
    const changed = Object.entries(flows).filter(([id, flow]) => {
      if (flow === before.flows[id]) return false;
      const { nodes, removed, wires } = compareFlows(before.flows[id], flow);
      return nodes.size + removed.length + wires.size > 0;
    });
    const others = changed.filter(([id]) => id !== flowId);
    const ids = Object.keys(flows);
    const [next = others[0]] = others.filter(([id]) => ids.indexOf(id) > ids.indexOf(flowId));
    return next && { flowId: next[0], name: next[1].name, count: others.length };
  }, [before, flows, flowId]);
}
