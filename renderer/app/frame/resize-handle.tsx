import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import classes from './frame.module.css';

interface ResizeHandleProps {
  readonly label: string;
  /** The edge of the panel that the handle sits on; the panel grows away from it. */
  readonly edge: 'left' | 'top';
  readonly sizePx: number;
  readonly minPx: number;
  readonly maxPx: number;
  readonly onResize: (sizePx: number) => void;
}

const STEP_PX = 16;

/** The draggable edge of a panel; a separator that the arrow keys move too (ARIA window splitter). */
export function ResizeHandle({ label, edge, sizePx, minPx, maxPx, onResize }: ResizeHandleProps) {
  const [drag, setDrag] = useState<{ readonly startPx: number; readonly sizePx: number } | null>(null);
  const at = (event: PointerEvent) => (edge === 'left' ? event.clientX : event.clientY);
  const resize = (wantedPx: number) => onResize(Math.round(Math.min(maxPx, Math.max(minPx, wantedPx))));
  const [growKey, shrinkKey] = edge === 'left' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];

  function handleKey(event: KeyboardEvent): void {
    if (event.key === growKey) resize(sizePx + STEP_PX);
    else if (event.key === shrinkKey) resize(sizePx - STEP_PX);
    else if (event.key === 'Home') resize(minPx);
    else if (event.key === 'End') resize(maxPx);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be focused and moved
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={edge === 'left' ? 'vertical' : 'horizontal'}
      aria-valuenow={sizePx}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      className={classes.handle}
      data-dragging={drag !== null}
      onKeyDown={handleKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ startPx: at(event), sizePx });
      }}
      onPointerMove={(event) => drag && resize(drag.sizePx + drag.startPx - at(event))}
      onPointerUp={() => setDrag(null)}
      onPointerCancel={() => setDrag(null)}
    />
  );
}
