import { type RefObject, useEffect } from 'react';
import type { NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import { useStores } from '../store/react.tsx';
import { type Direction, neighbour } from './graph.ts';
import type { FlowCommands } from './use-flow-commands.ts';
import type { CanvasView } from './use-view.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const STEP_PX = 20;
const STEPS: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-STEP_PX, 0],
  right: [STEP_PX, 0],
  up: [0, -STEP_PX],
  down: [0, STEP_PX],
};

interface CanvasKeysOptions {
  readonly box: RefObject<HTMLElement | null>;
  readonly flow: Flow;
  readonly commands: FlowCommands;
  readonly openQuickAdd: () => void;
  readonly view: CanvasView;
  readonly foldSelected: () => void;
}

/**
 * The canvas by keyboard: arrows go from card to card, Alt+arrows move cards, Enter opens the inspector, Delete, `/`,
 * Ctrl/Cmd with A, D, G; copy, cut and paste through the system clipboard. Only while no text field has the focus.
 */
export function useCanvasKeys({ box, flow, commands, openQuickAdd, view, foldSelected }: CanvasKeysOptions): void {
  const { ui } = useStores();

  useEffect(() => {
    function focusNode(id: NodeId): void {
      ui.select([id]);
      view.bringIn(id);
      elementOf(box.current, id)?.focus({ preventScroll: true });
    }

    function handleKey(event: KeyboardEvent): void {
      if (!isOurs(event.target, box.current) || event.defaultPrevented) return;
      const { selectedNodes, selectedEdges } = ui.getState();
      const focused = focusedNode() ?? selectedNodes.at(-1);
      const direction = ARROWS[event.key];
      const command = event.ctrlKey || event.metaKey;
      if (direction && event.altKey && selectedNodes.length > 0) {
        commands.nudge(...STEPS[direction]);
      } else if (direction && !command && focused !== undefined) {
        const next = neighbour(flow, focused, direction);
        if (next !== undefined) focusNode(next);
      } else if (event.key === 'Enter' && focused !== undefined) {
        ui.select([focused]);
        ui.focusInspector();
      } else if (event.key === ' ' && focusedNode() !== undefined) {
        ui.select([focusedNode() as NodeId]);
      } else if (event.key === 'Escape') {
        ui.select([]);
      } else if ((event.key === 'Delete' || event.key === 'Backspace') && selectedNodes.length + selectedEdges.length) {
        commands.removeSelected();
      } else if (event.key === '/' && !command) {
        openQuickAdd();
      } else if (event.code === 'Digit1' && event.shiftKey && !command) {
        view.showAll();
      } else if (event.code === 'Digit2' && event.shiftKey && !command && selectedNodes.length > 0) {
        view.show(selectedNodes);
      } else if (command && event.key.toLowerCase() === 'a') {
        ui.select(Object.keys(flow.nodes));
      } else if (command && event.key.toLowerCase() === 'd') {
        commands.duplicateSelected();
      } else if (command && event.key.toLowerCase() === 'g' && selectedNodes.length > 0) {
        foldSelected();
      } else {
        return;
      }
      event.preventDefault();
    }

    function handleCopy(event: ClipboardEvent): void {
      if (!isOurs(event.target, box.current) || String(window.getSelection() ?? '') !== '') return;
      const text = commands.copySelected();
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') commands.removeSelected();
    }

    function handlePaste(event: ClipboardEvent): void {
      if (!isOurs(event.target, box.current)) return;
      if (commands.paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    }

    document.addEventListener('keydown', handleKey);
    document.addEventListener('copy', handleCopy);
    document.addEventListener('cut', handleCopy);
    document.addEventListener('paste', handlePaste);
    return () => {
      document.removeEventListener('keydown', handleKey);
      document.removeEventListener('copy', handleCopy);
      document.removeEventListener('cut', handleCopy);
      document.removeEventListener('paste', handlePaste);
    };
  }, [box, flow, commands, openQuickAdd, ui, view, foldSelected]);
}

/** The canvas has the keyboard when the focus is on it or nowhere, and never while a text field has it. */
function isOurs(target: EventTarget | null, box: HTMLElement | null): boolean {
  if (!(target instanceof Element) || !box) return false;
  if (target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]')) return false;
  return target === document.body || box.contains(target);
}

/** A node's card, or while it has none its button in the outline. */
function elementOf(box: HTMLElement | null, id: NodeId): HTMLElement | null {
  const name = CSS.escape(id);
  const card = box?.querySelector<HTMLElement>(`.react-flow__node[data-id="${name}"]`);
  return card ?? box?.querySelector<HTMLElement>(`[data-outline="${name}"]:not([hidden]) button`) ?? null;
}

function focusedNode(): NodeId | undefined {
  return document.activeElement?.closest<HTMLElement>('.react-flow__node, [data-outline] button')?.dataset.id;
}
