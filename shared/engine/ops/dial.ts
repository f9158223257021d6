import { lookup } from '../../lib/record.ts';
import type { DialOutcome, EngineEvent } from '../events.ts';
import type { Exit, Op, OpId, Origin } from '../program.ts';
import type { Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';

type DialOp = Extract<Op, { op: 'dial' }>;
type Dialling = Extract<Wait, { kind: 'dial' }>;

/** DL1, DL4–DL6: rings the people, or the number outside; with nobody to ring, all of them are unavailable. */
export function enterDial(turn: Turn, opId: OpId, op: DialOp): Next {
  if (op.people.length === 0 && !op.external) return { kind: 'go', origin: op.origin, exit: op.unavailable };
  return startDial(turn, opId, op.origin, op);
}

/** Rings at least one person, or the number outside. */
export function startDial(
  turn: Turn,
  opId: OpId,
  { nodeId }: Origin,
  { people, external, mode, ringMs }: Pick<DialOp, 'people' | 'external' | 'mode' | 'ringMs'>,
): Next {
  const dialId = turn.newId('dial');
  turn.do({ type: 'dial', dialId, people, ...(external && { external }), mode, ringMs });
  turn.trace({ type: 'dialled', nodeId, people, ...(external && { number: external.number }) });
  return { kind: 'dial', opId, dialId, firstPerson: external?.number ?? people[0] ?? '' };
}

/** DL2, DL3: someone answers, or the node is left by how the attempt ended. */
export function onDial(turn: Turn, op: Op, wait: Dialling, event: EngineEvent): Next | null {
  if (event.type !== 'dial-ended' || event.dialId !== wait.dialId) return null;
  if (event.outcome === 'answered') {
    turn.noteAnswered();
    turn.trace({ type: 'answered', nodeId: op.origin.nodeId, by: event.by ?? wait.firstPerson });
    return { kind: 'talking', opId: wait.opId };
  }
  const { code } = event;
  if (code !== undefined) {
    turn.trace({ type: 'outside-failed', nodeId: op.origin.nodeId, number: wait.firstPerson, code });
  }
  const exit = exitOf(op, event.outcome);
  return exit ? { kind: 'go', origin: op.origin, exit } : null;
}

function exitOf(op: Op, outcome: Exclude<DialOutcome, 'answered'>): Exit | undefined {
  const outcomes = { 'no-answer': 'noAnswer', busy: 'busy', unavailable: 'unavailable' } as const;
  const property = lookup(outcomes, outcome);
  if (property === undefined) return undefined;
  if (op.op === 'dial') return op[property];
  // MN9: a menu has no outputs for an extension that nobody answers; XT3: a node that asks for one has.
  return (op.op === 'gather' && op.dialExits?.[outcome]) || { output: outcome, to: null };
}
