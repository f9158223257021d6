import { useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import type { NodeId } from '../../../shared/flow/ids.ts';
import type { Position } from '../../store/flow-edits.ts';
import { useStores } from '../../store/react.tsx';
import type { FarLayerHandle } from './far-layer.tsx';
import type { Marks } from './paint.ts';
import { cardAt, type Scene, type SceneCard, wireAt } from './scene.ts';

const DRAG_AFTER_PX = 3;
const WIRE_REACH_PX = 6;
const GRID_PX = 4;

interface FarPointerOptions {
  readonly box: RefObject<HTMLElement | null>;
  readonly layer: RefObject<FarLayerHandle | null>;
  readonly scene: Scene;
  readonly marks: Marks;
  readonly move: (positions: Readonly<Record<NodeId, Position>>) => void;
  /** Goes near to a card. */
  readonly open: (id: NodeId) => void;
}

interface Press {
  readonly card: SceneCard;
  readonly client: Position;
  readonly pointerId: number;
  /** Where the cards that move were; empty before it is a drag. */
  readonly from: Map<NodeId, Position>;
  readonly adds: boolean;
}

/**
 * The mouse on what the far layer draws, as on real cards: a click selects (with Shift, Ctrl or Cmd it adds), dragging
 * moves, a double click goes near; hovering names. What hits nothing is left to React Flow, which pans.
 */
export function useFarPointer(options: FarPointerOptions): void {
  const store = useStoreApi();
  const { ui } = useStores();
  const latest = useRef(options);
  latest.current = options;
  const { box } = options;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let press: Press | null = null;
    let swallowClick = false;

    const onPane = (event: Event) =>
      event.target instanceof Element && event.target.classList.contains('react-flow__pane');
    function toCanvas(client: Position): Position {
      const { transform, domNode } = store.getState();
      const rect = domNode?.getBoundingClientRect();
      const [x, y, zoom] = transform;
      return { x: (client.x - (rect?.left ?? 0) - x) / zoom, y: (client.y - (rect?.top ?? 0) - y) / zoom };
    }
    const pointOf = (event: MouseEvent) => toCanvas({ x: event.clientX, y: event.clientY });
    const cardUnder = (event: MouseEvent) => {
      const { scene, marks } = latest.current;
      return cardAt(scene, pointOf(event), (id) => !marks.realCards.has(id));
    };
    const wireUnder = (event: MouseEvent) => {
      const { scene, marks } = latest.current;
      const reachPx = WIRE_REACH_PX / store.getState().transform[2];
      return wireAt(scene, pointOf(event), reachPx, (id) => !marks.realWires.has(id));
    };

    function down(event: PointerEvent): void {
      swallowClick = false;
      if (event.button !== 0 || !onPane(event)) return;
      const card = cardUnder(event);
      if (!card) return;
      const adds = event.shiftKey || event.metaKey || event.ctrlKey;
      const client = { x: event.clientX, y: event.clientY };
      press = { card, client, pointerId: event.pointerId, from: new Map(), adds };
      event.stopPropagation();
    }

    /** React Flow pans and selects by mouse and touch events of their own. */
    function hold(event: Event): void {
      if (press && onPane(event)) event.stopPropagation();
    }

    function moveTo(event: PointerEvent): void {
      if (!press) {
        hover(event);
        return;
      }
      const { scene, layer } = latest.current;
      const dx = event.clientX - press.client.x;
      const dy = event.clientY - press.client.y;
      if (press.from.size === 0) {
        if (Math.hypot(dx, dy) < DRAG_AFTER_PX) return;
        beginDrag(press, scene);
      }
      const zoom = store.getState().transform[2];
      for (const [id, was] of press.from) {
        const card = scene.cards.get(id);
        if (!card) continue;
        card.x = toGrid(was.x + dx / zoom);
        card.y = toGrid(was.y + dy / zoom);
      }
      layer.current?.repaint();
    }

    function beginDrag({ card, from, pointerId }: Press, scene: Scene): void {
      const { selectedNodes } = ui.getState();
      const moving = selectedNodes.includes(card.id) ? selectedNodes : [card.id];
      if (moving !== selectedNodes) ui.select(moving);
      for (const id of moving) {
        const one = scene.cards.get(id);
        if (one) from.set(id, { x: one.x, y: one.y });
      }
      element?.setPointerCapture(pointerId);
    }

    function up(event: PointerEvent): void {
      if (!press) return;
      const { card, from, adds } = press;
      press = null;
      swallowClick = true;
      event.stopPropagation();
      if (from.size > 0) {
        const { scene, move } = latest.current;
        move(
          Object.fromEntries(
            [...from.keys()].flatMap((id) => {
              const moved = scene.cards.get(id);
              return moved ? [[id, { x: moved.x, y: moved.y }]] : [];
            }),
          ),
        );
        return;
      }
      const { selectedNodes } = ui.getState();
      if (!adds) ui.select([card.id]);
      else if (selectedNodes.includes(card.id)) ui.select(selectedNodes.filter((id) => id !== card.id));
      else ui.select([...selectedNodes, card.id]);
    }

    function cancel(): void {
      if (!press) return;
      for (const [id, was] of press.from) Object.assign(latest.current.scene.cards.get(id) ?? {}, was);
      press = null;
      latest.current.layer.current?.repaint();
    }

    function click(event: MouseEvent): void {
      if (swallowClick) {
        event.stopPropagation();
        swallowClick = false;
      } else if (onPane(event)) {
        const wire = wireUnder(event);
        if (!wire) return;
        event.stopPropagation();
        ui.select([], [wire.id]);
      }
    }

    function doubleClick(event: MouseEvent): void {
      const card = onPane(event) ? cardUnder(event) : null;
      if (!card) return;
      event.stopPropagation();
      latest.current.open(card.id);
    }

    function hover(event: PointerEvent): void {
      const { layer } = latest.current;
      const card = onPane(event) && event.buttons === 0 ? cardUnder(event) : null;
      layer.current?.point({ hovered: card?.id ?? null });
      // On the pane itself: a property that is inherited would have the whole canvas styled anew.
      if (onPane(event)) (event.target as HTMLElement).style.cursor = card ? 'pointer' : '';
    }

    const leave = () => latest.current.layer.current?.point({ hovered: null });
    const on = { capture: true } as const;
    const stop = new AbortController();
    const listen = { ...on, signal: stop.signal };
    element.addEventListener('pointerdown', down, listen);
    element.addEventListener('mousedown', hold, listen);
    element.addEventListener('touchstart', hold, listen);
    element.addEventListener('pointermove', moveTo, listen);
    element.addEventListener('pointerup', up, listen);
    element.addEventListener('pointercancel', cancel, listen);
    element.addEventListener('pointerleave', leave, { signal: stop.signal });
    element.addEventListener('click', click, listen);
    element.addEventListener('dblclick', doubleClick, listen);
    return () => stop.abort();
  }, [box, store, ui]);
}

function toGrid(value: number): number {
  return Math.round(value / GRID_PX) * GRID_PX;
}
