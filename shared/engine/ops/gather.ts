import type { Key } from '../../flow/ids.ts';
import { lookup } from '../../lib/record.ts';
import { type EngineEvent, HIDDEN, type PromptKey } from '../events.ts';
import { asValue } from '../expression/expression.ts';
import type { Exit, GatherOp, MatchAction, OpId } from '../program.ts';
import type { Counters, Wait } from '../state.ts';
import type { Next, Turn } from '../turn.ts';
import { startDial } from './dial.ts';
import { append, canBegin, match } from './matching.ts';

type Prompting = Extract<Wait, { kind: 'menu-prompt' }>;
type Entering = Extract<Wait, { kind: 'menu-entry' }>;

const NO_ERRORS: Counters = { noInput: 0, invalid: 0 };

/** MN1: a menu that is entered has no errors yet and says its prompt. */
export function enterGather(turn: Turn, opId: OpId, op: GatherOp): Next {
  if (op.trail) turn.noteMenu(opId);
  return offer(turn, opId, op, [op.prompt], NO_ERRORS);
}

/** While the prompts of a menu are heard. */
export function onMenuPrompt(turn: Turn, op: GatherOp, wait: Prompting, event: EngineEvent): Next | null {
  switch (event.type) {
    case 'prompt-finished':
      if (event.playId !== wait.playId) return null;
      turn.trace({ type: 'prompt-finished', nodeId: op.origin.nodeId });
      return awaitDigit(turn, wait.opId, op, '', wait.counters);
    case 'prompt-failed':
      if (event.playId !== wait.playId) return null;
      turn.trace({ type: 'prompt-failed', nodeId: op.origin.nodeId, reason: event.reason });
      return giveUp(turn, op, op.error);
    case 'digit':
      if (!interrupts(op, event.digit)) return null;
      turn.interruptPrompts(op.origin, wait.playId);
      return takeDigit(turn, wait.opId, op, '', event.digit, wait.counters);
    default:
      return null;
  }
}

/** While digits are awaited. */
export function onMenuEntry(turn: Turn, op: GatherOp, wait: Entering, event: EngineEvent): Next | null {
  switch (event.type) {
    case 'digit':
      if (isIgnored(op, event.digit)) return null;
      turn.do({ type: 'stop-timer', timerId: wait.timerId });
      return takeDigit(turn, wait.opId, op, wait.entered, event.digit, wait.counters);
    case 'timer': {
      if (event.timerId !== wait.timerId) return null;
      const timer = wait.entered === '' ? 'first-digit' : 'inter-digit';
      turn.trace({ type: 'timer-fired', nodeId: op.origin.nodeId, timer });
      return wait.entered === ''
        ? countError(turn, wait.opId, op, 'noInput', wait.counters)
        : conclude(turn, wait.opId, op, wait.entered, wait.counters);
    }
    default:
      return null;
  }
}

/** MN6: whether a digit stops the prompt. One that does not is forgotten. */
export function interrupts(op: GatherOp, digit: Key): boolean {
  if (isIgnored(op, digit) || op.bargeIn === 'none') return false;
  return op.bargeIn === 'any' || canBegin(op, digit);
}

/** MN8: `#` may be no input at all. */
export function isIgnored(op: GatherOp, digit: Key): boolean {
  return digit === '#' && op.hash === 'ignored';
}

function offer(turn: Turn, opId: OpId, op: GatherOp, prompts: readonly PromptKey[], counters: Counters): Next {
  if (prompts.length === 0) return awaitDigit(turn, opId, op, '', counters);
  const playId = turn.startPrompts(op.origin, prompts);
  if (playId === null) return giveUp(turn, op, op.error);
  return { kind: 'menu-prompt', opId, playId, counters };
}

/** MN2, MN3: the first digit has its time from the end of the prompt, further ones from the one before. */
function awaitDigit(turn: Turn, opId: OpId, op: GatherOp, entered: string, counters: Counters): Next {
  const delayMs = entered === '' ? op.firstDigitTimeoutMs : op.interDigitTimeoutMs;
  const timerId = turn.newId('timer');
  turn.do({ type: 'start-timer', timerId, delayMs });
  return { kind: 'menu-entry', opId, timerId, entered, counters };
}

/** MN5: what a digit does, by the menu's way to match. */
function takeDigit(turn: Turn, opId: OpId, op: GatherOp, before: string, digit: Key, counters: Counters): Next {
  turn.trace({ type: 'digit', nodeId: op.origin.nodeId, digit: isSecret(turn, op) ? HIDDEN : digit });
  turn.noteCallerInput();
  if (digit === '#' && op.hash === 'terminator') return conclude(turn, opId, op, before || '#', counters);
  const entered = append(op, before, digit);
  const { exact, longer } = match(op, entered);
  if (op.matchMode !== 'wait-full') {
    if (exact && (op.matchMode === 'first-match' || !longer)) return act(turn, opId, op, exact, entered, counters);
    if (!longer) return countError(turn, opId, op, 'invalid', counters);
  }
  return awaitDigit(turn, opId, op, entered, counters);
}

/** The entry is complete: by time, or by the terminator (MN8; alone it is the key `#`, or invalid). */
function conclude(turn: Turn, opId: OpId, op: GatherOp, entered: string, counters: Counters): Next {
  const { exact } = match(op, entered);
  return exact ? act(turn, opId, op, exact, entered, counters) : countError(turn, opId, op, 'invalid', counters);
}

/** Leaves without what was asked for; CO2: that is no consent. */
function giveUp(turn: Turn, op: GatherOp, exit: Exit): Next {
  if (op.asksConsent) turn.noteConsent(op.origin, false);
  return { kind: 'go', origin: op.origin, exit };
}

function act(turn: Turn, opId: OpId, op: GatherOp, action: MatchAction, entered: string, counters: Counters): Next {
  switch (action.kind) {
    case 'go':
      return { kind: 'go', origin: op.origin, exit: action.exit };
    case 'consent':
      turn.noteConsent(op.origin, action.given);
      return { kind: 'go', origin: op.origin, exit: action.exit };
    case 'repeat':
      // MN10: neither an error nor a fresh entry.
      if (!turn.beginOperation(op.origin)) return { kind: 'leave-flow' };
      return offer(turn, opId, op, [op.prompt], counters);
    case 'store':
      return store(turn, opId, op, entered, counters);
    case 'dial':
      // MN9: a menu is left by that; XT3: where an extension is asked for, the node itself rings.
      if (!op.dialExits) turn.trace({ type: 'outcome', nodeId: op.origin.nodeId, output: 'direct-dial' });
      return startDial(turn, opId, op.origin, {
        people: [action.personId],
        mode: 'in-order',
        ringMs: action.ringMs,
      });
  }
}

/** DG2: what was typed is kept, unless the node's own check refuses it. */
function store(turn: Turn, opId: OpId, op: GatherOp, entered: string, counters: Counters): Next {
  const { entry } = op;
  const type = entry && turn.typeOfVariable(entry.variable);
  const value = type && asValue(entered, type);
  if (!entry || value === undefined || value === null) return countError(turn, opId, op, 'invalid', counters);
  if (entry.valid !== undefined && turn.evaluate(entry.valid, 'yes-no', { [entry.variable]: value }) !== true) {
    return countError(turn, opId, op, 'invalid', counters);
  }
  turn.setVariables(op.origin, { [entry.variable]: value });
  return { kind: 'go', origin: op.origin, exit: entry.next };
}

function isSecret({ program }: Turn, { entry }: GatherOp): boolean {
  return entry !== undefined && lookup(program.variables, entry.variable)?.secret === true;
}

/** MN4, MN7: an error uses up an attempt; the menu is offered again, or left when there is none left. */
function countError(turn: Turn, opId: OpId, op: GatherOp, error: keyof Counters, before: Counters): Next {
  const counters = { ...before, [error]: before[error] + 1 };
  const attempts = error === 'noInput' ? op.noInputAttempts : op.invalidAttempts;
  const total = op.totalAttempts ?? Number.POSITIVE_INFINITY;
  const errors = counters.noInput + counters.invalid;
  if (counters[error] >= attempts || errors >= total) {
    return giveUp(turn, op, error === 'noInput' ? op.noInput : op.invalid);
  }
  if (!turn.beginOperation(op.origin)) return { kind: 'leave-flow' };
  const isLastChance = counters[error] + 1 >= attempts || errors + 1 >= total;
  const prompts = [
    error === 'noInput' ? op.noInputPrompt : op.invalidPrompt,
    isLastChance ? op.lastChancePrompt : undefined,
    op.replayAfterError ? op.prompt : undefined,
  ];
  return offer(
    turn,
    opId,
    op,
    prompts.filter((prompt) => prompt !== undefined),
    counters,
  );
}
