import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Output } from '../../shared/flow/node-definition.ts';
import { canConnect } from '../store/flow-edits.ts';
import { useProject, useStores } from '../store/react.tsx';
import { Keycap } from '../ui/nodes/keycap.tsx';
import { ADDABLE, type AddableType } from '../ui/nodes/node-looks.tsx';
import { keyOf, outputLabel } from '../ui/nodes/output-label.ts';
import classes from './inspector.module.css';
import { useNodeEdits } from './use-node-edits.ts';
import { useNodeProblems } from './use-problem-text.ts';

/** How many targets an open list shows; typing narrows them down. */
const MOST_SHOWN = 100;

interface TargetSelectProps {
  readonly flowId: FlowId;
  readonly nodeId: NodeId;
  readonly node: FlowNode;
  readonly output: Output;
}

/** Where one output leads: a node of the flow, or a new one made on the spot. Clearing it leaves the output open. */
export function TargetSelect({ flowId, nodeId, node, output }: TargetSelectProps) {
  const { id, kind, need, caption } = output;
  const target = node.connections[id];
  return <Lead flowId={flowId} nodeId={nodeId} target={target} id={id} kind={kind} need={need} caption={caption} />;
}

interface LeadProps extends Pick<Output, 'id' | 'kind' | 'need'> {
  readonly flowId: FlowId;
  readonly nodeId: NodeId;
  readonly target: NodeId | undefined;
  readonly caption: string | undefined;
}

/** Drawn anew when what it says changes, not with every letter typed into the node: a menu has a dozen of them. */
const Lead = memo(function Lead({ flowId, nodeId, target, id, kind, need, caption }: LeadProps) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const [opened, setOpened] = useState(false);
  // A closed list holds what it shows, and no more: large flows have thousands of targets, and each key has a list.
  const flow = useProject((project) => (opened ? project.flows[flowId] : undefined));
  const targetName = useProject((project) => {
    const to = target === undefined ? undefined : project.flows[flowId]?.nodes[target];
    return to && (to.name || t(`node.${to.type}.name`));
  });
  const edits = useNodeEdits(flowId, nodeId);
  const output = { id, kind, ...(caption === undefined ? {} : { caption }) };
  const label = outputLabel(output, t);
  const key = keyOf(output);
  const open = useNodeProblems(flowId, nodeId).some(
    (problem) => problem.code === 'flow/open-output' && problem.output === id,
  );
  const existing = flow
    ? Object.entries(flow.nodes)
        .filter(([other]) => canConnect(flow, nodeId, id, other))
        .map(([other, { name, type }]) => ({ value: `node:${other}`, label: name || t(`node.${type}.name`) }))
    : targetName === undefined
      ? []
      : [{ value: `node:${target}`, label: targetName }];
  const data = [
    {
      group: t('canvas.groupNew'),
      items: ADDABLE.map((type) => ({
        value: `new:${type}`,
        label: t('canvas.newNode', { name: t(`node.${type}.name`) }),
      })),
    },
    { group: t('canvas.groupExisting'), items: existing },
  ];
  return (
    <div className={classes.target}>
      <span className={classes.targetLabel} data-wide={key === undefined}>
        {key === undefined ? label : <Keycap>{key}</Keycap>}
      </span>
      <Select
        aria-label={t('inspector.leadsTo', { output: label })}
        data={data}
        value={target === undefined ? null : `node:${target}`}
        placeholder={t(need === 'required' ? 'inspector.notConnected' : 'inspector.defaultHandling')}
        searchable
        clearable
        limit={MOST_SHOWN}
        onDropdownOpen={() => setOpened(true)}
        onDropdownClose={() => setOpened(false)}
        error={open}
        onChange={(value) => {
          if (value?.startsWith('new:')) edits.leadToNew(id, value.slice('new:'.length) as AddableType);
          else edits.lead(id, value === null ? null : value.slice('node:'.length));
        }}
      />
      <Tooltip label={t('inspector.goThere')}>
        <ActionIcon
          aria-label={t('inspector.goThereFrom', { output: label })}
          disabled={target === undefined}
          bg="transparent"
          onClick={() => target !== undefined && ui.revealNode(flowId, target)}
        >
          <ArrowRight size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
});
