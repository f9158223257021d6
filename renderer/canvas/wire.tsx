import { BaseEdge, type EdgeProps, getBezierPath, useStore } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import classes from './canvas.module.css';
import type { WireEdge } from './derive.ts';
import { heatWidth } from './heat.ts';
import { WireCount } from './wire-count.tsx';
import { backPath, leadsBack } from './wire-path.ts';

/** A connection: a curve to the right, or a way around above the cards when it leads back. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data } = props;
  const from = { x: sourceX, y: sourceY };
  const to = { x: targetX, y: targetY };
  const back = leadsBack(from, to);
  const sourceTop = useStore((state) => (back ? state.nodeLookup.get(source)?.internals.positionAbsolute.y : 0));
  const targetTop = useStore((state) => (back ? state.nodeLookup.get(target)?.internals.positionAbsolute.y : 0));
  const path = back
    ? backPath(from, to, [sourceTop ?? sourceY, targetTop ?? targetY])
    : getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition })[0];
  const heat = data?.heat;
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        interactionWidth={18}
        className={classes.wire ?? ''}
        data-selected={selected === true}
        data-taken={data?.taken === true}
        data-noted={data?.noted === true}
        data-hot={heat !== undefined}
        {...(heat ? { style: { '--heat-width': heatWidth(heat) } as CSSProperties } : {})}
        {...(props.markerEnd === undefined ? {} : { markerEnd: props.markerEnd })}
      />
      {heat ? <WireCount count={heat.count} from={from} /> : null}
    </>
  );
});
