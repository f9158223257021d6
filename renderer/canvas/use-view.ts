import { getViewportForBounds, useReactFlow, useStoreApi, type Viewport } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import type { NodeId } from '../../shared/flow/ids.ts';
import { type Box, boundsOf, boundsOfAll, type Scene } from './far/scene.ts';

export const ZOOM_MS = 150;
/** What floats over the canvas (palette, toolbar): "show everything" keeps clear of it. */
const PADDING = { left: '184px', right: '32px', top: '48px', bottom: '72px' } as const;
const MIN_ZOOM = 0.1;
/** A canvas about as small as it gets: everything must go in. */
const SMALL_CANVAS = { width: 600, height: 300 } as const;
export const MAX_ZOOM = 2;
const ZOOM_STEP = 1.2;

/** How far out one can go: a flow of any size goes in as a whole. */
export function minZoomOf(scene: Scene): number {
  const bounds = boundsOfAll(scene);
  if (!bounds) return MIN_ZOOM;
  return Math.min(MIN_ZOOM, SMALL_CANVAS.width / bounds.width, SMALL_CANVAS.height / bounds.height);
}

export interface ShowOptions {
  readonly maxZoom?: number;
  readonly durationMs?: number;
}

/** Ways of looking at parts of the flow, whether or not their cards are drawn. */
export interface CanvasView {
  showAll(options?: ShowOptions): void;
  show(ids: readonly NodeId[], options?: ShowOptions): void;
  /** As it was looked at before. */
  restore(view: Viewport): void;
  current(): Viewport;
  /** Moves as little as needed for a node to be in view, without zooming. */
  bringIn(id: NodeId): void;
}

interface ZoomSteps {
  readonly zoomIn: (event: { readonly timeStamp: number }) => void;
  readonly zoomOut: (event: { readonly timeStamp: number }) => void;
}

/** Zooming by steps. A step asked for while the one before still glides goes on from its end, however fast one clicks. */
export function useZoomSteps(): ZoomSteps {
  const store = useStoreApi();
  const { zoomTo } = useReactFlow();
  return useMemo(() => {
    let last: { readonly goal: number; readonly atMs: number } | undefined;
    const zoomBy = (factor: number) => (event: { readonly timeStamp: number }) => {
      const { minZoom, maxZoom, transform } = store.getState();
      // A glide that something else cut short is never told to have ended: it counts for a moment only.
      const from = last && event.timeStamp - last.atMs < 2 * ZOOM_MS ? last.goal : transform[2];
      last = { goal: Math.min(maxZoom, Math.max(minZoom, from * factor)), atMs: event.timeStamp };
      void zoomTo(last.goal, { duration: ZOOM_MS });
    };
    return { zoomIn: zoomBy(ZOOM_STEP), zoomOut: zoomBy(1 / ZOOM_STEP) };
  }, [store, zoomTo]);
}

export function useView(scene: Scene): CanvasView {
  const store = useStoreApi();
  const { setViewport } = useReactFlow();
  const current = useRef(scene);
  current.current = scene;
  return useMemo(() => {
    function showBox(box: Box | undefined, { maxZoom = 1, durationMs = ZOOM_MS }: ShowOptions): void {
      const { width, height, minZoom } = store.getState();
      if (!box || width === 0) return;
      void setViewport(getViewportForBounds(box, width, height, minZoom, maxZoom, PADDING), { duration: durationMs });
    }
    return {
      restore: (view) => void setViewport(view, { duration: 0 }),
      current() {
        const [x, y, zoom] = store.getState().transform;
        return { x, y, zoom };
      },
      showAll: (options = {}) => showBox(boundsOfAll(current.current), options),
      show(ids, options = {}) {
        showBox(boundsOf(ids.flatMap((id) => current.current.cards.get(id) ?? [])), options);
      },
      bringIn(id) {
        const card = current.current.cards.get(id);
        const { transform, width, height } = store.getState();
        if (!card) return;
        const [x, y, zoom] = transform;
        const dx = outside(card.x * zoom + x, card.width * zoom, width);
        const dy = outside(card.y * zoom + y, card.height * zoom, height);
        if (dx !== 0 || dy !== 0) void setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 0 });
      },
    };
  }, [store, setViewport]);
}

const EDGE_PX = 40;

/** By how much a stretch must move to lie within `room`, with something left at the edge. */
function outside(start: number, length: number, room: number): number {
  if (start < EDGE_PX) return EDGE_PX - start;
  return Math.min(0, Math.max(room - EDGE_PX - start - length, EDGE_PX - start));
}
