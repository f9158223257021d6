import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { FlowCanvas } from '../../canvas/flow-canvas.tsx';
import { Inspector } from '../../inspector/inspector.tsx';
import { useShownFlow, useStores, useUi } from '../../store/react.tsx';
import frame from '../frame/frame.module.css';
import { ResizeHandle } from '../frame/resize-handle.tsx';
import { StartChoices } from '../start/start-choices.tsx';
import classes from './designer.module.css';
import { Dock } from './dock.tsx';
import { FlowBar } from './flow-bar.tsx';

/** The flow designer: flows above, canvas in the middle, inspector on the right, problems and trace below. */
export function Designer() {
  const flowId = useShownFlow();
  const inspectorOpen = useUi((state) => state.inspectorOpen);
  return (
    <>
      {flowId === null ? <StartChoices /> : <FlowDesigner flowId={flowId} inspectorOpen={inspectorOpen} />}
      <NewFlow />
    </>
  );
}

function FlowDesigner({ flowId, inspectorOpen }: { flowId: string; inspectorOpen: boolean }) {
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

/** Loaded when it is opened first: importers are not needed to draw. */
const NewFlowDialog = lazy(async () => ({ default: (await import('../start/new-flow-dialog.tsx')).NewFlowDialog }));

function NewFlow() {
  const open = useUi((state) => state.newFlow !== null);
  return open ? (
    <Suspense fallback={null}>
      <NewFlowDialog />
    </Suspense>
  ) : null;
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
