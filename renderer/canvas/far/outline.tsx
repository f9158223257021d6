import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outputsOf } from '../../../shared/flow/catalogue.ts';
import type { NodeId } from '../../../shared/flow/ids.ts';
import { outputLabel } from '../../ui/nodes/output-label.ts';
import classes from './far.module.css';
import type { FarLayerHandle } from './far-layer.tsx';
import type { Scene } from './scene.ts';

interface OutlineProps {
  readonly scene: Scene;
  /** Nodes in the order in which callers meet them. */
  readonly order: readonly NodeId[];
  /** Nodes that have elements of their own on the canvas. */
  readonly real: ReadonlySet<NodeId>;
  readonly layer: RefObject<FarLayerHandle | null>;
  readonly describe: (id: NodeId) => string;
  /** A node got the keyboard focus. */
  readonly onFocus: (id: NodeId) => void;
  readonly onOpen: (id: NodeId) => void;
}

/**
 * What the far layer draws, for those who do not see it and for the keyboard: a list with a button for each node that
 * has no card on the page. Its name says the node and where each of its outputs leads. One stop of the Tab key; arrows
 * go along the connections, as among cards. Outside of what pans and zooms, so that thousands cost no frame.
 */
export function Outline({ scene, order, real, layer, describe, onFocus, onOpen }: OutlineProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const isReady = useIdle();
  const items = useMemo(() => {
    if (!isReady) return null;
    return order.map((id) => (
      <li key={id} data-outline={id}>
        <button type="button" tabIndex={-1} data-id={id} aria-label={describe(id)} />
      </li>
    ));
  }, [isReady, order, describe]);

  // By hand: hundreds of items need not be compared because some cards came into view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new items must be marked as well
  useEffect(() => {
    let first = true;
    for (const item of list.current?.children ?? []) {
      const id = item instanceof HTMLElement ? item.dataset.outline : undefined;
      const button = item.firstElementChild;
      if (id === undefined || !(item instanceof HTMLElement) || !(button instanceof HTMLElement)) continue;
      item.hidden = real.has(id);
      if (!item.hidden && first) button.tabIndex = 0;
      else if (button.tabIndex === 0) button.tabIndex = -1;
      if (!item.hidden) first = false;
    }
  }, [real, items]);

  return (
    <nav className={classes.outline} aria-label={t('canvas.outline')} data-nodes={scene.cards.size}>
      <ol
        ref={list}
        onFocus={({ target }) => {
          const id = target.dataset.id;
          if (id === undefined) return;
          layer.current?.point({ focused: id });
          onFocus(id);
        }}
        onBlur={() => layer.current?.point({ focused: null })}
        onDoubleClick={({ target }) => {
          if (target instanceof HTMLElement && target.dataset.id !== undefined) onOpen(target.dataset.id);
        }}
      >
        {items}
      </ol>
    </nav>
  );
}

/** False at first, true once the page has time: what is not seen need not be there at once. */
function useIdle(): boolean {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    const id = requestIdleCallback(() => setIsIdle(true), { timeout: 2000 });
    return () => cancelIdleCallback(id);
  }, []);
  return isIdle;
}

/** Where each output of a node leads, in words: "Key 1: Sales; No key: not connected". */
export function describeWays(scene: Scene, id: NodeId, t: Parameters<typeof outputLabel>[1]): string {
  const card = scene.cards.get(id);
  if (!card) return '';
  return outputsOf(card.node)
    .map((output) => {
      const to = scene.cards.get(card.node.connections[output.id] ?? '')?.node;
      const label = outputLabel(output, t);
      return to
        ? t('canvas.leadsTo', { output: label, target: to.name || t(`node.${to.type}.name`) })
        : t('canvas.leadsNowhere', { output: label });
    })
    .join('; ');
}
