import { Button, Group, Text } from '@mantine/core';
import { Copy, Trash2, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { outputsOf } from '../../shared/flow/catalogue.ts';
import type { FlowId } from '../../shared/flow/ids.ts';
import { parseConnectionId } from '../canvas/connection-id.ts';
import { useFlowCommands } from '../canvas/use-flow-commands.ts';
import { useProject, useUi } from '../store/react.tsx';
import { outputLabel } from '../ui/nodes/output-label.ts';
import { FlowSettings } from './flow-settings.tsx';
import classes from './inspector.module.css';
import { NodeInspector } from './node-inspector.tsx';

/** Settings of what is selected on the canvas; of the flow itself when nothing is. */
export function Inspector({ flowId }: { flowId: FlowId }) {
  const flow = useProject((project) => project.flows[flowId]);
  const selectedNodes = useUi((state) => state.selectedNodes);
  const selectedEdges = useUi((state) => state.selectedEdges);
  const commands = useFlowCommands(flowId);
  if (!flow) return null;
  // A node may be gone already: undo, another window.
  const ids = selectedNodes.filter((id) => flow.nodes[id] !== undefined);
  const [only] = ids;
  const node = only === undefined ? undefined : flow.nodes[only];
  return (
    <div className={classes.inspector}>
      {ids.length === 1 && only !== undefined && node ? (
        <NodeInspector
          key={only}
          flowId={flowId}
          nodeId={only}
          node={node}
          onDuplicate={commands.duplicateSelected}
          onRemove={commands.removeSelected}
        />
      ) : ids.length > 1 ? (
        <ManySelected count={ids.length} onDuplicate={commands.duplicateSelected} onRemove={commands.removeSelected} />
      ) : selectedEdges.length === 1 && selectedEdges[0] !== undefined ? (
        <ConnectionSelected flowId={flowId} id={selectedEdges[0]} onRemove={commands.removeSelected} />
      ) : (
        <FlowSettings key={flowId} flowId={flowId} flow={flow} />
      )}
    </div>
  );
}

interface ManySelectedProps {
  readonly count: number;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

function ManySelected({ count, onDuplicate, onRemove }: ManySelectedProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('inspector.nodesSelected', { count })}</h2>
      </div>
      <div className={classes.scroll}>
        <Group gap="sm">
          <Button variant="default" leftSection={<Copy size={14} aria-hidden />} onClick={onDuplicate}>
            {t('inspector.duplicate')}
          </Button>
          <Button variant="default" leftSection={<Trash2 size={14} aria-hidden />} onClick={onRemove}>
            {t('inspector.remove')}
          </Button>
        </Group>
      </div>
    </>
  );
}

function ConnectionSelected({ flowId, id, onRemove }: { flowId: FlowId; id: string; onRemove: () => void }) {
  const { t } = useTranslation();
  const nodes = useProject((project) => project.flows[flowId]?.nodes);
  const { from, output: outputId } = parseConnectionId(id);
  const source = nodes?.[from];
  const target = nodes?.[source?.connections[outputId] ?? ''];
  const output = source && outputsOf(source).find((candidate) => candidate.id === outputId);
  if (!source || !target || !output) return null;
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('inspector.connection')}</h2>
      </div>
      <div className={classes.scroll}>
        <Text size="sm" mb="md">
          {t('inspector.connectionText', {
            from: source.name || t(`node.${source.type}.name`),
            output: outputLabel(output, t),
            to: target.name || t(`node.${target.type}.name`),
          })}
        </Text>
        <Button variant="default" leftSection={<Unplug size={14} aria-hidden />} onClick={onRemove}>
          {t('canvas.disconnect')}
        </Button>
      </div>
    </>
  );
}
