import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createNode } from '../../shared/flow/catalogue.ts';
import type { FlowId, NodeId } from '../../shared/flow/ids.ts';
import type { Flow } from '../../shared/flow/project.ts';
import {
  addNode,
  connect,
  disconnect,
  freeName,
  freePlace,
  moveNodes,
  type Position,
  reconnect,
  removeNodes,
} from '../store/flow-edits.ts';
import { newId } from '../store/new-id.ts';
import { addNote, moveNotes, removeNotes } from '../store/note-edits.ts';
import { useStores } from '../store/react.tsx';
import type { AddableType } from '../ui/nodes/node-looks.tsx';
import { copyNodes, cornerOf, parseClip, pasteNodes } from './clipboard.ts';
import { type OutputRef, parseConnectionId } from './connection-id.ts';

const PASTE_OFFSET_PX = 40;
const NOTE_HEIGHT_PX = 160;

/** Everything that a person can do to the flow on the canvas. Each is one undo step. */
export interface FlowCommands {
  /** Adds a node at the place, or with `free` at the nearest place below it where nothing is. */
  add(type: AddableType, at: Position, options?: { after?: OutputRef | undefined; free?: boolean }): NodeId;
  addNote(at: Position): string;
  connect(output: OutputRef, to: NodeId): void;
  reconnect(was: OutputRef, is: OutputRef & { readonly to: NodeId }): void;
  disconnect(output: OutputRef): void;
  move(positions: Readonly<Record<NodeId, Position>>, coalesce?: string): void;
  /** Moves the selected nodes and notes by so much; presses of a key that follow each other are one step. */
  nudge(dx: number, dy: number): void;
  removeSelected(): void;
  /** Clipboard text of the selected nodes and notes, or null. */
  copySelected(): string | null;
  /** Adds what is on the clipboard; false when that is something else. */
  paste(text: string, at?: Position): boolean;
  duplicateSelected(): void;
}

export function useFlowCommands(flowId: FlowId): FlowCommands {
  const { project, ui } = useStores();
  const { t } = useTranslation();
  return useMemo(() => {
    const current = (): Flow | undefined => project.state.getState().project.flows[flowId];
    const selected = () => ui.getState().selectedNodes;
    const edit = (change: (flow: Flow) => Flow, coalesce?: string) =>
      project.editFlow(flowId, change, coalesce === undefined ? {} : { coalesce });

    function paste(text: string, at?: Position): boolean {
      const clip = parseClip(text);
      const flow = current();
      if (!clip || !flow) return false;
      const corner = cornerOf(clip);
      const to = at ?? { x: corner.x + PASTE_OFFSET_PX, y: corner.y + PASTE_OFFSET_PX };
      const pasted = pasteNodes(flow, clip, to, newId);
      edit(() => pasted.flow);
      ui.select(pasted.ids);
      return true;
    }

    return {
      add(type, at, { after, free = false } = {}) {
        const id = newId();
        edit((flow) => {
          const place = free ? freePlace(flow, round(at)) : round(at);
          return addNode(flow, id, createNode(type, freeName(flow, t(`node.${type}.name`)), place), after);
        });
        ui.select([id]);
        return id;
      },
      addNote(at) {
        const id = newId();
        edit((flow) => addNote(flow, id, freePlace(flow, round(at), NOTE_HEIGHT_PX)));
        ui.select([id]);
        return id;
      },
      connect: (output, to) => edit((flow) => connect(flow, output.from, output.output, to)),
      reconnect: (was, is) => edit((flow) => reconnect(flow, was, is)),
      disconnect: (output) => edit((flow) => disconnect(flow, output.from, output.output)),
      move: (positions, coalesce) => edit((flow) => moveNotes(moveNodes(flow, positions), positions), coalesce),
      nudge(dx, dy) {
        const things = { ...current()?.notes, ...current()?.nodes };
        const positions = Object.fromEntries(
          selected().flatMap((id) => {
            const position = things[id]?.position;
            return position ? [[id, { x: position.x + dx, y: position.y + dy }]] : [];
          }),
        );
        edit((flow) => moveNotes(moveNodes(flow, positions), positions), `nudge:${selected().join()}`);
      },
      removeSelected() {
        const { selectedNodes, selectedEdges } = ui.getState();
        edit((flow) => {
          const cut = selectedEdges.map(parseConnectionId);
          const open = cut.reduce((result, { from, output }) => disconnect(result, from, output), flow);
          return removeNotes(removeNodes(open, selectedNodes), selectedNodes);
        });
        const left = current()?.nodes ?? {};
        ui.select(selectedNodes.filter((id) => left[id] !== undefined));
      },
      copySelected() {
        const flow = current();
        return flow ? copyNodes(flow, selected()) : null;
      },
      paste,
      duplicateSelected() {
        const flow = current();
        const text = flow ? copyNodes(flow, selected()) : null;
        if (text !== null) paste(text);
      },
    };
  }, [flowId, project, ui, t]);
}

function round({ x, y }: Position): Position {
  return { x: Math.round(x / 4) * 4, y: Math.round(y / 4) * 4 };
}
