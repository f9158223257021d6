import type { TFunction } from 'i18next';
import { type ReactElement, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FlowNode, outputsOf } from '../../../shared/flow/catalogue.ts';
import type { NodeId } from '../../../shared/flow/ids.ts';
import { outputLabel } from '../../ui/nodes/output-label.ts';
import { whenIdle } from '../../ui/when-idle.ts';
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
  const known = useRef(new Map<NodeId, { label: string; item: ReactElement }>());
  // Nothing waits for the list: it follows the flow when the page has time, and only what it says otherwise is new.
  const settled = useWhenIdle(order, describe);
  const items = useMemo(() => {
    if (!settled) return null;
    return settled.order.map((id) => {
      const label = settled.describe(id);
      const before = known.current.get(id);
      if (before?.label === label) return before.item;
      const item = (
        <li key={id} data-outline={id}>
          <button type="button" tabIndex={-1} data-id={id} aria-label={label} />
        </li>
      );
      known.current.set(id, { label, item });
      return item;
    });
  }, [settled]);

  // By hand: hundreds of items need not be compared because some cards came into view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new items must be marked as well
  useEffect(() => {
    let first = true;
    for (const item of list.current?.children ?? []) {
      const id = item instanceof HTMLElement ? item.dataset.outline : undefined;
      const button = item.firstElementChild;
      if (id === undefined || !(item instanceof HTMLElement) || !(button instanceof HTMLElement)) continue;
      const hadFocus = document.activeElement === button;
      item.hidden = real.has(id);
      // The keyboard goes on from the card that has come in the button's place.
      if (item.hidden && hadFocus) focusCard(list.current, id);
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

/** React Flow draws a card some frames after it was told of it. */
const CARD_WAIT_FRAMES = 20;

/** Gives the keyboard to a card as soon as it is there, unless it went elsewhere meanwhile. */
function focusCard(within: Element | null, id: NodeId, frames = CARD_WAIT_FRAMES): void {
  const canvas = within?.closest('section');
  const card = canvas?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (card) card.focus({ preventScroll: true });
  else if (frames > 0) {
    requestAnimationFrame(() => {
      const isFree = document.activeElement === document.body || document.activeElement?.closest('[data-outline]');
      if (isFree) focusCard(within, id, frames - 1);
    });
  }
}

interface Settled {
  readonly order: readonly NodeId[];
  readonly describe: (id: NodeId) => string;
}

/** Both as they were when the page last had time; null at first. */
function useWhenIdle(order: readonly NodeId[], describe: (id: NodeId) => string): Settled | null {
  const [settled, setSettled] = useState<Settled | null>(null);
  useEffect(() => whenIdle(() => setSettled({ order, describe }), 2000), [order, describe]);
  return settled;
}

/** Says a node and where it leads. What was said stays as long as neither the node nor a target's name changes. */
export function nodeDescriber(t: TFunction): (scene: Scene, id: NodeId, kind: (node: FlowNode) => string) => string {
  const said = new WeakMap<FlowNode, { targets: string; text: string }>();
  return (scene, id, kind) => {
    const card = scene.cards.get(id);
    if (!card) return '';
    const targets = Object.values(card.node.connections)
      .map((to) => scene.cards.get(to)?.node.name)
      .join('\n');
    const before = said.get(card.node);
    if (before?.targets === targets) return before.text;
    const text = [kind(card.node), describeWays(scene, id, t)].filter(Boolean).join('. ');
    said.set(card.node, { targets, text });
    return text;
  };
}

/** Where each output of a node leads, in words: "Key 1: Sales; No key: not connected". */
export function describeWays(scene: Scene, id: NodeId, t: TFunction): string {
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
