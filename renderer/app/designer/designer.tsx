import { Button, Center, EmptyState } from '@mantine/core';
import { Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FlowCanvas } from '../../canvas/flow-canvas.tsx';
import { Inspector } from '../../inspector/inspector.tsx';
import { useProject, useStores, useUi } from '../../store/react.tsx';
import frame from '../frame/frame.module.css';
import { ResizeHandle } from '../frame/resize-handle.tsx';
import classes from './designer.module.css';
import { Dock } from './dock.tsx';
import { FlowBar } from './flow-bar.tsx';
import { useFlowListCommands } from './use-flow-list-commands.ts';

/** The flow designer: flows above, canvas in the middle, inspector on the right, problems and trace below. */
export function Designer() {
  const chosen = useUi((state) => state.flowId);
  const inspectorOpen = useUi((state) => state.inspectorOpen);
  const flowId = useProject((project) =>
    chosen !== null && project.flows[chosen] ? chosen : (Object.keys(project.flows)[0] ?? null),
  );
  if (flowId === null) return <NoFlow />;
  return (
    <div className={classes.designer}>
      <div className={classes.centre}>
        <FlowBar flowId={flowId} />
        <FlowCanvas flowId={flowId} />
        <Dock flowId={flowId} />
      </div>
      {inspectorOpen ? <InspectorColumn flowId={flowId} /> : null}
    </div>
  );
}

function InspectorColumn({ flowId }: { flowId: string }) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const widthPx = useUi((state) => state.inspectorWidthPx);
  return (
    <aside className={frame.column} style={{ width: widthPx }} aria-label={t('inspector.label')}>
      <ResizeHandle
        label={t('inspector.resize')}
        edge="left"
        sizePx={widthPx}
        minPx={280}
        maxPx={560}
        onResize={(inspectorWidthPx) => ui.setState({ inspectorWidthPx })}
      />
      <Inspector flowId={flowId} />
    </aside>
  );
}

function NoFlow() {
  const { t } = useTranslation();
  const { create } = useFlowListCommands();
  return (
    <Center h="100%">
      <EmptyState
        icon={<Workflow size={32} aria-hidden />}
        title={t('flow.none')}
        description={t('flow.noneHint')}
        size="sm"
      >
        <EmptyState.Actions>
          <Button onClick={create}>{t('flow.create')}</Button>
        </EmptyState.Actions>
      </EmptyState>
    </Center>
  );
}
