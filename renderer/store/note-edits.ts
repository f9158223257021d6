import { type Note, NoteSchema } from '../../shared/flow/note.ts';
import type { Flow } from '../../shared/flow/project.ts';
import type { Position } from './flow-edits.ts';

/** Pure changes of a flow's notes: the changed flow, or the very same object when there is nothing to change. */

export function addNote(flow: Flow, id: string, position: Position): Flow {
  return { ...flow, notes: { ...flow.notes, [id]: NoteSchema.parse({ position: whole(position) }) } };
}

/** Changes some of a note: text, place, size, colour. Numbers are rounded, so that files stay readable. */
export function changeNote(flow: Flow, id: string, change: Partial<Note>): Flow {
  const note = flow.notes?.[id];
  if (!note) return flow;
  const changed = { ...note, ...change };
  const next = NoteSchema.safeParse({
    ...changed,
    position: whole(changed.position),
    width: Math.round(changed.width),
    height: Math.round(changed.height),
  });
  return next.success ? { ...flow, notes: { ...flow.notes, [id]: next.data } } : flow;
}

export function removeNotes(flow: Flow, ids: readonly string[]): Flow {
  const kept = Object.entries(flow.notes ?? {}).filter(([id]) => !ids.includes(id));
  if (kept.length === Object.keys(flow.notes ?? {}).length) return flow;
  return { ...flow, notes: Object.fromEntries(kept) };
}

/** Puts notes elsewhere; ids of other things are passed over. */
export function moveNotes(flow: Flow, positions: Readonly<Record<string, Position>>): Flow {
  return Object.entries(positions).reduce((result, [id, position]) => {
    const note = result.notes?.[id];
    const same = note?.position.x === Math.round(position.x) && note.position.y === Math.round(position.y);
    return note && !same ? changeNote(result, id, { position }) : result;
  }, flow);
}

function whole({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) };
}
