import { useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeType } from '../../../shared/flow/catalogue.ts';
import { NODE_ICONS } from '../../ui/nodes/node-looks.tsx';
import { type Colours, readColours } from './colours.ts';
import classes from './far.module.css';
import { iconPath } from './icon-path.ts';
import { type Marks, type Pointing, paintScene } from './paint.ts';
import type { Looks } from './paint-cards.ts';
import type { Scene, SceneCard } from './scene.ts';

/** What others ask of the layer while it is drawn. */
export interface FarLayerHandle {
  /** Draws anew in the next frame: a card was moved in the scene itself. */
  repaint(): void;
  /** Says what the pointer or the keyboard is at. */
  point(pointing: Partial<Pointing>): void;
}

interface FarLayerProps {
  readonly scene: Scene;
  readonly marks: Marks;
  readonly ref: RefObject<FarLayerHandle | null>;
}

/**
 * One canvas behind React Flow's elements, on which everything is drawn that is not an element of its own: far out all
 * cards and wires, near those that are just coming into view. It follows React Flow's viewport, a picture a frame.
 */
export function FarLayer({ scene, marks, ref }: FarLayerProps) {
  const { t } = useTranslation();
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const iconBox = useRef<HTMLDivElement>(null);
  const pointing = useRef<Pointing>({ hovered: null, focused: null });
  const colours = useRef<Colours | null>(null);
  const looks = useRef<Looks>({ nameOf: () => '', icons: {} });
  const drawn = useRef({ scene, marks });
  const frame = useRef(0);
  const schedule = useRef(() => {});

  useLayoutEffect(() => {
    const icons: Partial<Record<NodeType, Path2D>> = {};
    for (const svg of iconBox.current?.querySelectorAll('svg') ?? []) {
      const type = svg.dataset.type as NodeType | undefined;
      if (type !== undefined) icons[type] = iconPath(svg);
    }
    const nameOf = ({ node }: SceneCard) => node.name || t(`node.${node.type}.name`);
    looks.current = { icons, nameOf };
  }, [t]);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    const element = canvas.current;
    if (!element || !context) return;

    function paint(): void {
      frame.current = 0;
      if (!element || !context) return;
      const { transform, width, height } = store.getState();
      const ratio = window.devicePixelRatio || 1;
      const [pixelsX, pixelsY] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (element.width !== pixelsX || element.height !== pixelsY) {
        element.width = pixelsX;
        element.height = pixelsY;
        element.style.width = `${width}px`;
        element.style.height = `${height}px`;
      }
      if (width === 0 || height === 0) return;
      colours.current ??= readColours(element);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const view = { x: transform[0], y: transform[1], zoom: transform[2], width, height };
      const { scene: flow, marks: on } = drawn.current;
      paintScene(context, flow, view, colours.current, on, pointing.current, looks.current);
    }
    schedule.current = () => {
      frame.current ||= requestAnimationFrame(paint);
    };
    const unsubscribe = store.subscribe((state, before) => {
      const moved = state.transform !== before.transform;
      if (moved || state.width !== before.width || state.height !== before.height) schedule.current();
    });
    const theme = new MutationObserver(() => {
      colours.current = null;
      schedule.current();
    });
    theme.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme', 'style'] });
    schedule.current();
    return () => {
      unsubscribe();
      theme.disconnect();
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [store]);

  useEffect(() => {
    drawn.current = { scene, marks };
    schedule.current();
  }, [scene, marks]);

  useImperativeHandle(
    ref,
    () => ({
      repaint: () => schedule.current(),
      point(change) {
        const next = { ...pointing.current, ...change };
        const same = next.hovered === pointing.current.hovered && next.focused === pointing.current.focused;
        pointing.current = next;
        if (!same) schedule.current();
      },
    }),
    [],
  );

  return (
    <>
      <canvas ref={canvas} className={classes.layer} aria-hidden />
      <div ref={iconBox} hidden>
        {(Object.entries(NODE_ICONS) as [NodeType, (typeof NODE_ICONS)[NodeType]][]).map(([type, Icon]) => (
          <Icon key={type} data-type={type} />
        ))}
      </div>
    </>
  );
}
