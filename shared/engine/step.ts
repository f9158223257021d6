import { KEYS } from '../flow/ids.ts';
import { unreachable } from '../lib/invariant.ts';
import { lookup } from '../lib/record.ts';
import { numberOfDefaultHandling } from './default-handling.ts';
import type { CallInfo, Effect, EngineEvent } from './events.ts';
import { enterCallback, onCallback } from './ops/callback.ts';
import { exitOfCondition } from './ops/condition.ts';
import { enterDial, onDial } from './ops/dial.ts';
import { enterEnqueue, onQueue } from './ops/enqueue.ts';
import { enterGather, onMenuEntry, onMenuPrompt } from './ops/gather.ts';
import { enterGoTo } from './ops/go-to.ts';
import { enterPlay, onMessage } from './ops/play.ts';
import { enterQueueState, onQueueState } from './ops/queue-state.ts';
import { enterRandom, onRandom } from './ops/random.ts';
import { enterRequest, onRequest } from './ops/request.ts';
import { enterSchedule, onSchedule } from './ops/schedule.ts';
import { exitOfSet } from './ops/set.ts';
import { enterCall, enterReturn } from './ops/sub-flow.ts';
import { enterVoicemail, onGreeting, onRecording } from './ops/voicemail.ts';
import { type FlowProgram, INNER, type OpId } from './program.ts';
import type { FlowState, Wait } from './state.ts';
import { type Next, Turn } from './turn.ts';

/** A state and what is to be done to get there, in order. */
export interface StepResult {
  readonly state: FlowState;
  readonly effects: readonly Effect[];
}

const NO_EFFECTS: readonly Effect[] = [];

/** Begins a call (SPEC.md, EN1). Never throws: a target that the program does not know ends with `failure`. */
export function start(program: FlowProgram, call: CallInfo): StepResult {
  const turn = new Turn(program, call, 0);
  turn.trace({ type: 'call-started', caller: call.caller.number, target: call.target });
  const entry = targetOf(program, call)?.entry ?? null;
  const next: Next = entry === null ? { kind: 'leave-flow' } : enter(turn, entry);
  return finish(turn, settle(turn, next));
}

/**
 * Carries a call on by one event. Pure and total: an event that is stale, unknown or of no meaning here gives back
 * the very same state and no effects (SPEC.md, EN2).
 */
export function step(program: FlowProgram, state: FlowState, event: EngineEvent): StepResult {
  // EN3: time never runs backwards, whatever the driver says.
  const atMs = Number.isFinite(event.atMs) ? Math.max(event.atMs, state.atMs) : state.atMs;
  const turn = new Turn(program, state.call, atMs, state);
  const next = react(turn, state.wait, event);
  return next === null ? { state, effects: NO_EFFECTS } : finish(turn, settle(turn, next));
}

function finish(turn: Turn, wait: Wait): StepResult {
  return { state: turn.toState(wait), effects: turn.effects };
}

/** What an event does to a wait; null when nothing. Nothing is written to the turn before that is known. */
function react(turn: Turn, wait: Wait, event: EngineEvent): Next | null {
  if (wait.kind === 'ended') return null;
  if (event.type === 'caller-hung-up') return endByCaller(turn, wait);
  if (event.type === 'digit' && !KEYS.includes(event.digit)) return null;
  const op = lookup(turn.program.ops, wait.opId);
  if (!op) return null;
  switch (wait.kind) {
    case 'message':
      return op.op === 'play' ? onMessage(turn, op, wait, event) : null;
    case 'menu-prompt':
      return op.op === 'gather' ? onMenuPrompt(turn, op, wait, event) : null;
    case 'menu-entry':
      return op.op === 'gather' ? onMenuEntry(turn, op, wait, event) : null;
    case 'dial':
      return onDial(turn, op, wait, event);
    case 'queue':
      return op.op === 'enqueue' ? onQueue(turn, op, wait, event) : null;
    case 'schedule':
      return op.op === 'schedule' ? onSchedule(turn, op, wait, event) : null;
    case 'request':
      return op.op === 'request' ? onRequest(turn, op, wait, event) : null;
    case 'queue-state':
      return op.op === 'queue-state' ? onQueueState(turn, op, wait, event) : null;
    case 'random':
      return op.op === 'random' ? onRandom(op, wait, event) : null;
    case 'callback':
      return op.op === 'callback' ? onCallback(op, wait, event) : null;
    case 'greeting':
      return op.op === 'voicemail' ? onGreeting(turn, op, wait, event) : null;
    case 'recording':
      return op.op === 'voicemail' ? onRecording(turn, op, wait, event) : null;
    case 'talking':
      return event.type === 'far-end-hung-up' ? turn.hangUp('normal', 'far-end') : null;
    default:
      return unreachable(wait, 'wait');
  }
}

/** EN4: what still runs is stopped; there is nobody left to hang up on. */
function endByCaller(turn: Turn, wait: Exclude<Wait, { kind: 'ended' }>): Wait {
  const origin = lookup(turn.program.ops, wait.opId)?.origin ?? { flowId: '', nodeId: wait.opId };
  if (wait.kind === 'message' || wait.kind === 'menu-prompt' || wait.kind === 'greeting') {
    turn.interruptPrompts(origin, wait.playId);
  } else if (wait.kind === 'menu-entry') {
    turn.do({ type: 'stop-timer', timerId: wait.timerId });
  } else if (wait.kind === 'recording') {
    if (!wait.stopping) turn.do({ type: 'stop-recording', recordingId: wait.recordingId });
    const durationMs = turn.atMs - wait.sinceMs;
    turn.trace({ type: 'recording-ended', nodeId: origin.nodeId, reason: 'hang-up', durationMs });
  }
  turn.trace({ type: 'ended', by: 'caller', cause: 'normal' });
  return { kind: 'ended', by: 'caller', cause: 'normal' };
}

/** Goes on until the call waits. The guards bound it. */
function settle(turn: Turn, first: Next): Wait {
  let next = first;
  for (;;) {
    if (next.kind === 'go') {
      const { origin, exit } = next;
      // LW10: from one operation of a node to another the node is not left.
      if (exit.output !== INNER) turn.trace({ type: 'outcome', nodeId: origin.nodeId, output: exit.output });
      next = exit.to === null ? { kind: 'leave-flow' } : enter(turn, exit.to, exit.output);
    } else if (next.kind === 'enter') {
      next = enter(turn, next.opId);
    } else if (next.kind === 'leave-flow') {
      next = takeDefaultHandling(turn);
    } else {
      return next;
    }
  }
}

/** Enters an operation, if the guards let it. `via` is the output by which the last one was left. */
function enter(turn: Turn, opId: OpId, via?: string): Next {
  const op = lookup(turn.program.ops, opId);
  if (!op || !turn.beginVisit(opId, op)) return { kind: 'leave-flow' };
  const { flowId, nodeId } = op.origin;
  if (flowId !== '' && via !== INNER)
    turn.trace({ type: 'node-entered', flowId, nodeId, ...(via === undefined ? {} : { via }) });
  switch (op.op) {
    case 'answer':
      turn.ensureAnswered();
      return { kind: 'go', origin: op.origin, exit: op.next };
    case 'play':
      return enterPlay(turn, opId, op);
    case 'gather':
      return enterGather(turn, opId, op);
    case 'dial':
      return enterDial(turn, opId, op);
    case 'enqueue':
      return enterEnqueue(turn, opId, op);
    case 'schedule':
      return enterSchedule(turn, opId, op);
    case 'random':
      return enterRandom(turn, opId, op);
    case 'callback':
      return enterCallback(turn, opId, op);
    case 'condition':
      return { kind: 'go', origin: op.origin, exit: exitOfCondition(turn, op) };
    case 'set':
      return { kind: 'go', origin: op.origin, exit: exitOfSet(turn, op) };
    case 'request':
      return enterRequest(turn, opId, op);
    case 'queue-state':
      return enterQueueState(turn, opId, op);
    case 'call':
      return enterCall(turn, opId, op);
    case 'return':
      return enterReturn(turn, op);
    case 'go-to':
      return enterGoTo(turn, op);
    case 'language':
      turn.language = op.language;
      turn.trace({ type: 'language', nodeId, language: op.language });
      return { kind: 'go', origin: op.origin, exit: op.next };
    case 'voicemail':
      return enterVoicemail(turn, opId, op);
    case 'exit':
      return { kind: 'leave-flow' };
    case 'hang-up':
      return turn.hangUp(op.cause);
    default:
      return unreachable(op, 'operation');
  }
}

/** GD3, GD4: the default handling of the number takes over, once; where it fails too, the call ends. */
function takeDefaultHandling(turn: Turn): Next {
  const opId = targetOf(turn.program, turn.call)?.defaultHandling;
  if (turn.handling === 'default' || opId === undefined) return turn.hangUp('failure');
  turn.enterDefaultHandling();
  turn.trace({ type: 'default-handling', numberId: numberOfDefaultHandling(opId) });
  return enter(turn, opId);
}

function targetOf(program: FlowProgram, { target }: CallInfo) {
  return target.kind === 'number' ? lookup(program.numbers, target.numberId) : lookup(program.flows, target.flowId);
}
