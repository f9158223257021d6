import { Handle, type NodeProps, Position, useStore, useUpdateNodeInternals } from '@xyflow/react';
import { CircleAlert, GitCompareArrows, Pencil, PhoneOff, Plus, TriangleAlert } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { outputsOf } from '../../shared/flow/catalogue.ts';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Output } from '../../shared/flow/node-definition.ts';
import { useProject } from '../store/react.tsx';
import { namesFor, summarise } from '../ui/nodes/card-summary.ts';
import { Keycap } from '../ui/nodes/keycap.tsx';
import { KindTile } from '../ui/nodes/node-looks.tsx';
import { keyOf, outputLabel } from '../ui/nodes/output-label.ts';
import { useCanvasActions } from './actions.ts';
import classes from './card.module.css';
import { Countdown } from './countdown.tsx';
import type { CardNode, ProblemMark } from './derive.ts';
import { countText } from './heat.ts';

/** Below this zoom a card's small print cannot be read: only its tile and name are drawn, larger. */
const FAR_ZOOM = 0.45;

/** A node as a card: icon, name, what the caller hears, and a handle per output. */
export const Card = memo(function Card({ id, data, selected }: NodeProps<CardNode>) {
  const { t } = useTranslation();
  const { node, level, problem, conflicts, live, found, compared, drops } = data;
  const { flowId } = useCanvasActions();
  const names = useProject(useShallow((project) => namesFor(node, project, flowId, t)));
  const far = useStore((state) => state.transform[2] < FAR_ZOOM);
  const outputs = outputsOf(node);
  const outputKey = outputs.map((output) => output.id).join(' ');
  const updateInternals = useUpdateNodeInternals();
  const kind = t(`node.${node.type}.name`);
  const name = node.name || kind;
  const subtitle = [
    ...(name === kind ? [] : [kind]),
    ...(level !== undefined && level > 1 ? [t('canvas.level', { level })] : []),
  ].join(' · ');

  // React Flow keeps the handles' places until it is told that they moved. It measures a new card by itself: telling it
  // then would be as many updates of everything as there are cards.
  const measuredKey = useRef(outputKey);
  useEffect(() => {
    if (measuredKey.current === outputKey) return;
    measuredKey.current = outputKey;
    updateInternals(id);
  }, [id, outputKey, updateInternals]);

  return (
    <div
      className={classes.card}
      data-kind={node.type}
      data-selected={selected}
      data-live={live}
      data-far={far}
      data-found={found}
      data-compared={compared}
    >
      {node.type === 'start' ? null : (
        <Handle type="target" position={Position.Left} className={classes.target ?? ''} isConnectableStart={false} />
      )}
      <div className={classes.head}>
        <KindTile type={node.type} size={28} />
        <span className={classes.titles}>
          <span className={classes.name}>{far ? '\u00a0' : name}</span>
          {subtitle === '' ? null : <span className={classes.kind}>{subtitle}</span>}
        </span>
        {drops === undefined ? null : <DropBadge count={drops} />}
        {compared ? <ComparedBadge compared={compared} /> : null}
        {conflicts > 0 ? <ConflictBadge count={conflicts} /> : null}
        {problem ? <ProblemBadge problem={problem} /> : null}
      </div>
      <p className={classes.summary}>{summarise(node, names, t)}</p>
      {live === 'current' ? <Countdown flowId={flowId} nodeId={id} /> : null}
      {outputs.length > 0 ? (
        <div className={classes.outputs}>
          {outputs.map((output) => (
            <OutputRow key={output.id} nodeId={id} output={output} target={node.connections[output.id]} />
          ))}
        </div>
      ) : null}
      {far ? (
        <div className={classes.far} aria-hidden>
          <div className={classes.farContent}>
            <KindTile type={node.type} size={44} />
            <span className={classes.farName}>{name}</span>
          </div>
        </div>
      ) : null}
    </div>
  );
});

function ProblemBadge({ problem }: { problem: ProblemMark }) {
  const { t } = useTranslation();
  const Icon = problem.severity === 'error' ? CircleAlert : TriangleAlert;
  const label = t('canvas.problems', { count: problem.count });
  return (
    <span className={classes.badge} data-severity={problem.severity} title={label}>
      <Icon size={14} role="img" aria-label={label} />
    </span>
  );
}

function DropBadge({ count }: { count: number }) {
  const { t, i18n } = useTranslation();
  const label = t('calls.heat.drop', { count });
  return (
    <span className={classes.badge} data-drops title={label}>
      <PhoneOff size={13} role="img" aria-label={label} />
      <span aria-hidden>{countText(count, i18n.language)}</span>
    </span>
  );
}

function ComparedBadge({ compared }: { compared: 'added' | 'changed' }) {
  const { t } = useTranslation();
  const Icon = compared === 'added' ? Plus : Pencil;
  const label = t(`compare.is.${compared}`);
  return (
    <span className={classes.badge} data-compared={compared} title={label}>
      <Icon size={14} role="img" aria-label={label} />
    </span>
  );
}

function ConflictBadge({ count }: { count: number }) {
  const { t } = useTranslation();
  const label = t('remote.onNode', { count });
  return (
    <span className={classes.badge} title={label}>
      <GitCompareArrows size={14} role="img" aria-label={label} />
    </span>
  );
}

interface OutputRowProps {
  readonly nodeId: NodeId;
  readonly output: Output;
  /** Where it leads. */
  readonly target: NodeId | undefined;
}

function OutputRow({ nodeId, output, target }: OutputRowProps) {
  const { t } = useTranslation();
  const actions = useCanvasActions();
  const label = outputLabel(output, t);
  const key = keyOf(output);
  const to = useProject((project) => {
    const node = target === undefined ? undefined : project.flows[actions.flowId]?.nodes[target];
    return node && (node.name || t(`node.${node.type}.name`));
  });
  const connected = target !== undefined;
  const state = connected ? 'connected' : output.need === 'required' ? 'open' : 'default';
  // A connection is named by both its ends.
  const say =
    to === undefined
      ? t(`canvas.output.${state}`, { output: label })
      : t('canvas.leadsTo', { output: label, target: to });
  return (
    <div className={classes.output} data-state={state}>
      <button
        type="button"
        // Keyboard users find the outputs in the inspector (Enter); forty tab stops per menu would be in the way.
        tabIndex={-1}
        className={`${classes.outputButton} nodrag`}
        aria-label={say}
        title={say}
        onClick={(event) => {
          event.stopPropagation();
          const ref = { from: nodeId, output: output.id };
          if (connected) actions.selectConnection(ref);
          else actions.offerTargets(ref, event.currentTarget);
        }}
      >
        {key === undefined ? <span>{label}</span> : <Keycap>{key}</Keycap>}
        {state === 'open' ? <span className={classes.openHint}>{t('canvas.connect')}</span> : null}
      </button>
      <Handle
        type="source"
        id={output.id}
        position={Position.Right}
        className={classes.source ?? ''}
        isConnectableEnd={false}
        title={say}
      />
    </div>
  );
}
