import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { NodeId } from '../../../shared/flow/ids.ts';
import { NEAR_ZOOM } from './levels.ts';
import { cardsAFrame, nextResidents } from './residents.ts';
import type { Scene } from './scene.ts';

/**
 * Which cards are real now; null means all of them (a small flow). Follows the viewport, some cards a frame once it stands still; at once
 * when there are none yet, so that a flow opens with all cards there.
 */
export function useResidents(scene: Scene, isLarge: boolean): ReadonlySet<NodeId> | null {
  const store = useStoreApi();
  const [ids, setIds] = useState<ReadonlySet<NodeId>>(() => new Set());
  const now = useRef({ ids, scene, opened: false });
  now.current.scene = scene;
  const schedule = useRef(() => {});

  useLayoutEffect(() => {
    if (!isLarge) return;
    let frame = 0;
    let seen = store.getState().transform;
    let movedAtMs = Number.NEGATIVE_INFINITY;
    function update(nowMs: number): void {
      frame = 0;
      const { transform, width, height } = store.getState();
      if (width === 0) return;
      const view = { x: transform[0], y: transform[1], zoom: transform[2], width, height };
      const { ids: before, scene: flow, opened } = now.current;
      if (transform !== seen) movedAtMs = nowMs;
      seen = transform;
      const limit = cardsAFrame(nowMs - movedAtMs);
      if (limit === 0 && opened && view.zoom >= NEAR_ZOOM) {
        // On the way nothing comes and nothing goes: look again in the next frame.
        schedule.current();
        return;
      }
      const next = nextResidents(flow, view, before, opened ? limit : Number.POSITIVE_INFINITY);
      if (next.ids.size > 0) now.current.opened = true;
      if (next.more) schedule.current();
      if (next.ids === before) return;
      now.current.ids = next.ids;
      setIds(next.ids);
    }
    schedule.current = () => {
      frame ||= requestAnimationFrame(update);
    };
    const unsubscribe = store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) {
        schedule.current();
      }
    });
    schedule.current();
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [store, isLarge]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scene may have other cards in view
  useLayoutEffect(() => schedule.current(), [scene]);

  return isLarge ? ids : null;
}
