import '@xyflow/react/dist/base.css';
import {
  Background,
  BackgroundVariant,
  type FinalConnectionState,
  type OnConnectEnd,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useNodesInitialized,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type DragEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import { canConnect, type Position } from '../store/flow-edits.ts';
import { useProject, useStores, useUi } from '../store/react.tsx';
import { ADDABLE, type AddableType } from '../ui/nodes/node-looks.tsx';
import { type CanvasActions, CanvasActionsProvider } from './actions.ts';
import classes from './canvas.module.css';
import { Card } from './card.tsx';
import { CompareBar } from './compare/compare-bar.tsx';
import { RemovedCards } from './compare/removed-cards.tsx';
import { useComparison } from './compare/use-comparison.ts';
import { connectionId, type OutputRef, parseConnectionId } from './connection-id.ts';
import type { CanvasNode, WireEdge } from './derive.ts';
import { FarLayer, type FarLayerHandle } from './far/far-layer.tsx';
import { nodeDescriber, Outline } from './far/outline.tsx';
import { cardAt, cardsIn } from './far/scene.ts';
import { useFarPointer } from './far/use-far-pointer.ts';
import { LiveChip } from './live-chip.tsx';
import { NoteCard } from './note.tsx';
import { Overview } from './overview.tsx';
import { PALETTE_MIME, Palette } from './palette.tsx';
import { Picker } from './picker.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { Toolbar } from './toolbar.tsx';
import { useArrange } from './use-arrange.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { describeNode, useElements } from './use-elements.ts';
import { useFlowCommands } from './use-flow-commands.ts';
import { useFolding } from './use-folding.ts';
import { parsePick, usePickerItems } from './use-picker-items.tsx';
import { MAX_ZOOM, minZoomOf, useView } from './use-view.ts';
import { Wire } from './wire.tsx';

const NODE_TYPES = { card: Card, note: NoteCard };
const EDGE_TYPES = { wire: Wire };
/** How near a large flow begins. */
const OPENING_ZOOM = 0.7;
const CARD_GAP_PX = 96;
/** From the pointer to the top left corner of a card dropped there, so that its target handle is under the pointer. */
const DROP_OFFSET = { x: 8, y: 24 };

/** The drawing of one flow. */
export function FlowCanvas({ flowId }: { flowId: FlowId }) {
  const flow = useProject((project) => project.flows[flowId]);
  if (!flow) return null;
  return (
    <ReactFlowProvider key={flowId}>
      <Surface flowId={flowId} flow={flow} />
    </ReactFlowProvider>
  );
}

interface OpenPicker {
  /** In pixels of the canvas's box. */
  readonly at: Position;
  /** Where a new node goes, in canvas pixels. */
  readonly dropAt: Position;
  readonly output: OutputRef | null;
  readonly removable: boolean;
  /** The place was not pointed at: a new node makes way for what is there. */
  readonly free: boolean;
}

function Surface({ flowId, flow }: { flowId: FlowId; flow: Flow }) {
  const { t } = useTranslation();
  const { ui } = useStores();
  const box = useRef<HTMLElement>(null);
  const layer = useRef<FarLayerHandle>(null);
  const { screenToFlowPosition } = useReactFlow<CanvasNode, WireEdge>();
  const commands = useFlowCommands(flowId);
  const comparison = useComparison(flowId, flow);
  const elements = useElements(flowId, flow, layer, comparison);
  const { nodes, edges, measured, scene, layerMarks, facts, isLarge, real, onNodesChange, onEdgesChange, endDrag } =
    elements;
  const view = useView(scene);
  const { arrange, arrangeOnly, arranging } = useArrange(flow, measured, commands, view);
  const minimap = useUi((state) => state.minimap);
  const [picker, setPicker] = useState<OpenPicker | null>(null);
  const items = usePickerItems(flowId, flow, picker?.output ?? null, picker?.removable ?? false);
  const reveal = useUi((state) => state.reveal);

  const toBox = useCallback((client: Position): Position => {
    const rect = box.current?.getBoundingClientRect();
    return { x: client.x - (rect?.left ?? 0), y: client.y - (rect?.top ?? 0) };
  }, []);

  const centre = useCallback((): Position => {
    const rect = box.current?.getBoundingClientRect();
    return rect ? { x: rect.left + rect.width / 2 - 100, y: rect.top + rect.height / 2 - 60 } : { x: 0, y: 0 };
  }, []);

  const openQuickAdd = useCallback(() => {
    const client = centre();
    setPicker({ at: toBox(client), dropAt: screenToFlowPosition(client), output: null, removable: false, free: true });
  }, [centre, screenToFlowPosition, toBox]);

  /** A free place to the right of a node, for what its output will lead to. */
  const besideNode = useCallback(
    (id: NodeId): Position => {
      const card = scene.cards.get(id);
      return card ? { x: card.x + card.width + CARD_GAP_PX, y: card.y } : { x: 0, y: 0 };
    },
    [scene],
  );
  const beside = useRef(besideNode);
  beside.current = besideNode;

  const actions = useMemo<CanvasActions>(
    () => ({
      flowId,
      offerTargets(output, near) {
        const rect = near.getBoundingClientRect();
        const at = toBox({ x: rect.right + 8, y: rect.top - 8 });
        setPicker({ at, dropAt: beside.current(output.from), output, removable: false, free: true });
      },
      selectConnection: (output) => ui.select([], [connectionId(output)]),
    }),
    [flowId, toBox, ui],
  );

  const { foldSelected } = useFolding(flowId);
  useCanvasKeys({ box, flow, commands, openQuickAdd, view, foldSelected });
  const goNear = useCallback((id: NodeId) => view.show([id], { maxZoom: 1 }), [view]);
  useFarPointer({ box, layer, scene, marks: layerMarks, move: commands.move, open: goNear });

  // A small flow once its cards have their sizes; a large one at once, by what its cards will be like.
  const isDrawn = useNodesInitialized();
  const hasSize = useStore((state) => state.width > 0 && state.panZoom !== null);
  const fitted = useRef(false);
  useLayoutEffect(() => {
    if (fitted.current || !hasSize || (!isDrawn && !isLarge)) return;
    fitted.current = true;
    // A large flow begins at its start, readable, rather than as a cloud of dots.
    const [start] = facts.order;
    const before = ui.getState().views[flowId];
    if (before) view.restore(before);
    else if (isLarge && start !== undefined) view.show([start], { maxZoom: OPENING_ZOOM, durationMs: 0 });
    else view.showAll({ durationMs: 0 });
  }, [isDrawn, hasSize, isLarge, facts, view, ui, flowId]);
  useEffect(
    () => () => {
      if (fitted.current) ui.setState(({ views }) => ({ views: { ...views, [flowId]: view.current() } }));
    },
    [ui, flowId, view],
  );

  // Asked for on another page, it waits until there is something to look at.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with these the canvas becomes ready
  useEffect(() => {
    if (!reveal || !fitted.current) return;
    ui.setState({ reveal: null });
    view.show([reveal.nodeId]);
  }, [reveal, view, ui, isDrawn, hasSize]);

  const describer = useMemo(() => nodeDescriber(t), [t]);
  const describe = useCallback(
    (id: NodeId) => describer(scene, id, (node) => describeNode(node, t)),
    [describer, scene, t],
  );
  const boxStart = useRef<Position>({ x: 0, y: 0 });
  /** React Flow selects what is real; what the far layer draws within the box is selected as well. */
  function selectBox(event: { readonly clientX: number; readonly clientY: number }): void {
    if (!isLarge) return;
    const from = screenToFlowPosition(boxStart.current, { snapToGrid: false });
    const to = screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const chosen = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) };
    const size = { width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
    ui.select(cardsIn(scene, { ...chosen, ...size }).map(({ id }) => id));
  }

  /** A wire let go: on a card it connects; on the empty canvas it offers what fits. */
  const wireDropped = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState, was: OutputRef | null) => {
      if (state.isValid || !state.fromHandle?.id || state.fromHandle.type !== 'source') return;
      const output = { from: state.fromHandle.nodeId, output: state.fromHandle.id };
      const client = clientPoint(event);
      const card = document.elementFromPoint(client.x, client.y)?.closest<HTMLElement>('.react-flow__node');
      const over = card?.dataset.id ?? cardAt(scene, screenToFlowPosition(client))?.id;
      if (over !== undefined && over !== output.from) {
        if (canConnect(flow, output.from, output.output, over)) commands.connect(output, over);
      } else if (over === undefined) {
        const drop = screenToFlowPosition(client);
        const dropAt = { x: drop.x - DROP_OFFSET.x, y: drop.y - DROP_OFFSET.y };
        setPicker({ at: toBox(client), dropAt, output, removable: was !== null, free: false });
      }
    },
    [commands, flow, scene, screenToFlowPosition, toBox],
  );
  const onConnectEnd = useCallback<OnConnectEnd>((event, state) => wireDropped(event, state, null), [wireDropped]);

  const commitDrag = useCallback(
    (_event: unknown, _node: unknown, moved: CanvasNode[]) => {
      commands.move(endDrag(Object.fromEntries(moved.map((node) => [node.id, node.position]))));
    },
    [commands, endDrag],
  );

  function pick(id: string): void {
    if (!picker) return;
    const picked = parsePick(id);
    if (picked.kind === 'new')
      commands.add(picked.type, picker.dropAt, { after: picker.output ?? undefined, free: picker.free });
    else if (picker.output && picked.kind === 'existing') commands.connect(picker.output, picked.nodeId);
    else if (picker.output) commands.disconnect(picker.output);
    closePicker();
  }

  function closePicker(): void {
    setPicker(null);
    box.current?.focus({ preventScroll: true });
  }

  function drop(event: DragEvent): void {
    const type = event.dataTransfer.getData(PALETTE_MIME);
    if (!(ADDABLE as readonly string[]).includes(type)) return;
    event.preventDefault();
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    commands.add(type as AddableType, { x: at.x - 40, y: at.y - 20 });
  }

  return (
    <CanvasActionsProvider value={actions}>
      <section
        ref={box}
        aria-label={t('canvas.label', { flow: flow.name })}
        className={`${classes.canvas} ${arranging ? classes.arranging : ''}`}
        tabIndex={-1}
        onDrop={drop}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(PALETTE_MIME)) return;
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
        }}
      >
        <ReactFlow<CanvasNode, WireEdge>
          aria-label={flow.name}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDragStop={commitDrag}
          onSelectionDragStop={(event, moved) => commitDrag(event, null, moved)}
          isValidConnection={({ source, sourceHandle, target }) => canConnect(flow, source, sourceHandle ?? '', target)}
          onConnect={({ source, sourceHandle, target }) =>
            commands.connect({ from: source, output: sourceHandle ?? '' }, target)
          }
          onConnectEnd={onConnectEnd}
          onReconnect={(edge, { source, sourceHandle, target }) =>
            commands.reconnect(parseConnectionId(edge.id), { from: source, output: sourceHandle ?? '', to: target })
          }
          onReconnectEnd={(event, edge, _handle, state) => wireDropped(event, state, parseConnectionId(edge.id))}
          onNodeDoubleClick={(_event, node) => (node.type === 'card' ? ui.focusInspector() : undefined)}
          connectOnClick={false}
          connectionRadius={28}
          deleteKeyCode={null}
          disableKeyboardA11y
          edgesFocusable={false}
          elevateNodesOnSelect
          multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
          selectionMode={SelectionMode.Partial}
          snapToGrid
          snapGrid={[4, 4]}
          minZoom={minZoomOf(scene)}
          maxZoom={MAX_ZOOM}
          onPaneClick={() => ui.select([])}
          onSelectionStart={({ clientX: x, clientY: y }) => {
            boxStart.current = { x, y };
          }}
          onSelectionEnd={selectBox}
          proOptions={{ hideAttribution: true }}
          ariaLabelConfig={{
            'node.a11yDescription.default': t('canvas.nodeHelp'),
          }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--dt-dots)" />
          {comparison && comparison.removed.length > 0 ? <RemovedCards removed={comparison.removed} /> : null}
          {isLarge ? <FarLayer ref={layer} scene={scene} marks={layerMarks} /> : null}
        </ReactFlow>
        <Palette onAdd={(type) => commands.add(type, screenToFlowPosition(centre()), { free: true })} />
        {isLarge && real ? (
          <Outline
            scene={scene}
            order={facts.order}
            real={real}
            layer={layer}
            describe={describe}
            onFocus={view.bringIn}
            onOpen={goNear}
          />
        ) : null}
        <Toolbar
          arranging={arranging}
          onArrange={arrange}
          onFit={() => view.showAll()}
          onNote={() => commands.addNote(screenToFlowPosition(centre()))}
        />
        {minimap ? <Overview scene={scene} /> : null}
        <SelectionBar
          scene={scene}
          onMove={(places) => commands.move(places)}
          onShow={(ids) => view.show(ids)}
          onArrange={arrangeOnly}
          onFold={foldSelected}
        />
        {comparison ? <CompareBar flowId={flowId} flow={flow} comparison={comparison} /> : null}
        <LiveChip flowId={flowId} />
        {facts.order.length <= 1 ? <p className={classes.emptyHint}>{t('canvas.empty')}</p> : null}
        {picker ? (
          <Picker
            title={t(picker.output ? 'canvas.pickTarget' : 'canvas.quickAdd')}
            items={items}
            at={picker.at}
            onPick={pick}
            onClose={closePicker}
          />
        ) : null}
      </section>
    </CanvasActionsProvider>
  );
}

function clientPoint(event: MouseEvent | TouchEvent): Position {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 };
}
