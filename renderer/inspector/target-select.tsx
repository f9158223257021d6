import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
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
  const { t } = useTranslation();
  const { ui } = useStores();
  const flow = useProject((project) => project.flows[flowId]);
  const [opened, setOpened] = useState(false);
  const edits = useNodeEdits(flowId, nodeId);
  const label = outputLabel(output, t);
  const key = keyOf(output);
  const target = node.connections[output.id];
  const open = useNodeProblems(flowId, nodeId).some(
    (problem) => problem.code === 'flow/open-output' && problem.output === output.id,
  );
  if (!flow) return null;
  // A closed list holds what it shows, and no more: large flows have thousands of targets, and each key has a list.
  const existing = Object.entries(flow.nodes)
    .filter(([id]) => (opened ? canConnect(flow, nodeId, output.id, id) : id === target))
    .map(([id, other]) => ({ value: `node:${id}`, label: other.name || t(`node.${other.type}.name`) }));
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
        placeholder={t(output.need === 'required' ? 'inspector.notConnected' : 'inspector.defaultHandling')}
        searchable
        clearable
        limit={MOST_SHOWN}
        onDropdownOpen={() => setOpened(true)}
        onDropdownClose={() => setOpened(false)}
        error={open}
        onChange={(value) => {
          if (value?.startsWith('new:')) edits.leadToNew(output.id, value.slice('new:'.length) as AddableType);
          else edits.lead(output.id, value === null ? null : value.slice('node:'.length));
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
}
