import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { whenIdle } from '../ui/when-idle.ts';
import classes from './canvas.module.css';
import { readColours } from './far/colours.ts';
import { type Box, boundsOfAll, type Scene } from './far/scene.ts';

const WIDTH_PX = 168;
const HEIGHT_PX = 112;
const MARGIN_PX = 6;

interface OverviewProps {
  readonly scene: Scene;
}

/** The whole flow small, with a frame around what is in view; a press or drag looks there, the wheel zooms. */
export function Overview({ scene }: OverviewProps) {
  const { t } = useTranslation();
  const store = useStoreApi();
  const { setCenter, getZoom, zoomIn, zoomOut } = useReactFlow();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const fit = useMemo(() => fitInto(boundsOfAll(scene)), [scene]);

  // The picture is drawn when the flow changes, not when it is looked at from elsewhere.
  useEffect(() => {
    function paint(): void {
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context) return;
      const ratio = window.devicePixelRatio || 1;
      element.width = WIDTH_PX * ratio;
      element.height = HEIGHT_PX * ratio;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const { kind } = readColours(element);
      for (const { node, x, y, width, height } of scene.cards.values()) {
        context.fillStyle = kind[node.type];
        const [left, top] = [x * fit.scale + fit.x, y * fit.scale + fit.y];
        context.fillRect(left, top, Math.max(1, width * fit.scale), Math.max(1, height * fit.scale));
      }
    }
    const cancelPaint = whenIdle(paint, 500);
    const theme = new MutationObserver(paint);
    theme.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      cancelPaint();
      theme.disconnect();
    };
  }, [scene, fit]);

  useLayoutEffect(() => {
    function place(): void {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const style = frame.current?.style;
      if (!style) return;
      const scale = fit.scale / zoom;
      style.width = `${width * scale}px`;
      style.height = `${height * scale}px`;
      style.transform = `translate(${fit.x - x * scale}px, ${fit.y - y * scale}px)`;
    }
    place();
    return store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width) place();
    });
  }, [store, fit]);

  function look(event: PointerEvent<HTMLElement>): void {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const rect = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - rect.left - fit.x) / fit.scale;
    const y = (event.clientY - rect.top - fit.y) / fit.scale;
    void setCenter(x, y, { zoom: getZoom(), duration: 0 });
  }

  return (
    <div
      className={`${classes.overview} nopan nowheel`}
      style={{ width: WIDTH_PX, height: HEIGHT_PX }}
      role="img"
      aria-label={t('canvas.minimap')}
      onPointerDown={look}
      onPointerMove={look}
      onWheel={({ deltaY }) => void (deltaY < 0 ? zoomIn() : zoomOut())}
    >
      <canvas ref={canvas} style={{ width: WIDTH_PX, height: HEIGHT_PX }} />
      <div ref={frame} className={classes.overviewFrame} />
    </div>
  );
}

/** How a box goes into the picture: `picture = canvas * scale + (x, y)`. */
export function fitInto(box: Box | undefined): { readonly scale: number; readonly x: number; readonly y: number } {
  if (!box) return { scale: 0.05, x: WIDTH_PX / 2, y: HEIGHT_PX / 2 };
  const scale = Math.min((WIDTH_PX - 2 * MARGIN_PX) / box.width, (HEIGHT_PX - 2 * MARGIN_PX) / box.height);
  return {
    scale,
    x: (WIDTH_PX - box.width * scale) / 2 - box.x * scale,
    y: (HEIGHT_PX - box.height * scale) / 2 - box.y * scale,
  };
}
