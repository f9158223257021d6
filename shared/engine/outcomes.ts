import { KEYS, type Key } from '../flow/ids.ts';
import { lookup } from '../lib/record.ts';
import type { EngineEvent, QueueSnapshot, RecordingEnd } from './events.ts';
import { isOpenAt, nextChange } from './opening-hours.ts';
import { interrupts, isIgnored } from './ops/gather.ts';
import { append, canBegin, match } from './ops/matching.ts';
import { sharesOf } from './ops/random.ts';
import { END_KEY } from './ops/voicemail.ts';
import type { FlowProgram, GatherOp, Op, VoicemailOp } from './program.ts';
import { requestOutcomes } from './request-outcomes.ts';
import type { FlowState, Wait } from './state.ts';

/** The digit typed where any would do. */
const ANY_DIGIT = '0';

/** A class of things that can happen at a wait and that the flow treats alike. */
export interface Outcome {
  /** Unique at this wait: `digit:1`, `digit:other`, `timeout`, `prompt-finished`, `dial:busy`, `caller-hung-up`, … */
  readonly id: string;
  /** One event of the class. Its time is as late as the class needs: a timer's delay, the ring time, the longest wait. */
  readonly event: EngineEvent;
}

/**
 * Everything that can happen at this wait, as finitely many classes with one event each (SPEC.md, EN9). What would
 * change nothing is not among them; a call that has ended has none.
 */
export function outcomes(program: FlowProgram, state: FlowState): readonly Outcome[] {
  const { wait, atMs } = state;
  if (wait.kind === 'ended') return [];
  const op = lookup(program.ops, wait.opId);
  const hungUp: Outcome = { id: 'caller-hung-up', event: { type: 'caller-hung-up', atMs } };
  return op ? [...ofWait(program, op, state), hungUp] : [hungUp];
}

function ofWait(program: FlowProgram, op: Op, { call, wait, atMs }: FlowState): readonly Outcome[] {
  switch (wait.kind) {
    case 'message': {
      const skippable = op.op === 'play' && op.skippable;
      return [...ofPrompt(wait.playId, atMs), ...(skippable ? [digitOutcome('digit:other', '1', atMs)] : [])];
    }
    case 'menu-prompt':
      if (op.op !== 'gather') return [];
      return [...ofPrompt(wait.playId, atMs), ...ofDigits(program, op, '', atMs, (digit) => interrupts(op, digit))];
    case 'menu-entry': {
      if (op.op !== 'gather') return [];
      const delayMs = wait.entered === '' ? op.firstDigitTimeoutMs : op.interDigitTimeoutMs;
      const timeout: EngineEvent = { type: 'timer', timerId: wait.timerId, atMs: atMs + delayMs };
      const digits = ofDigits(program, op, wait.entered, atMs, (digit) => !isIgnored(op, digit));
      return [{ id: 'timeout', event: timeout }, ...digits];
    }
    case 'dial':
      return (['answered', 'no-answer', 'busy', 'unavailable'] as const).map((outcome) => {
        const lateMs = outcome === 'no-answer' ? ringingMs(op, wait.firstPerson) : 0;
        const by = outcome === 'answered' ? { by: wait.firstPerson } : {};
        const event: EngineEvent = { type: 'dial-ended', dialId: wait.dialId, outcome, atMs: atMs + lateMs, ...by };
        return { id: `dial:${outcome}`, event };
      });
    case 'queue':
      return op.op === 'enqueue' ? ofQueue(op, wait.enqueueId, atMs) : [];
    case 'schedule':
      return op.op === 'schedule' ? ofSchedule(program, op, wait.timeId, call.startedAtMs, atMs) : [];
    case 'request':
      return op.op === 'request' ? requestOutcomes(program, op, wait.requestId, atMs) : [];
    case 'queue-state':
      return op.op === 'queue-state' ? ofQueueState(op, wait.queryId, atMs) : [];
    case 'random':
      return op.op === 'random' ? ofRandom(op, wait.randomId, atMs) : [];
    case 'callback':
      return (['requested', 'not-possible'] as const).map((outcome) => ({
        id: `callback:${outcome}`,
        event: { type: 'callback-requested', callbackId: wait.callbackId, outcome, atMs },
      }));
    case 'greeting':
      return [...ofPrompt(wait.playId, atMs), digitOutcome('digit:other', '1', atMs)];
    case 'recording':
      return op.op === 'voicemail' ? ofRecording(op, wait, atMs) : [];
    case 'talking':
      return [{ id: 'far-end-hung-up', event: { type: 'far-end-hung-up', atMs } }];
    case 'ended':
      return [];
  }
}

function ofPrompt(playId: string, atMs: number): Outcome[] {
  return [
    { id: 'prompt-finished', event: { type: 'prompt-finished', playId, atMs } },
    { id: 'prompt-failed', event: { type: 'prompt-failed', playId, reason: 'unknown', atMs } },
  ];
}

/** One class for each digit that can still lead somewhere, one for all that cannot. */
function ofDigits(
  program: FlowProgram,
  op: GatherOp,
  entered: string,
  atMs: number,
  counts: (digit: Key) => boolean,
): Outcome[] {
  const classes = new Map<string, Key>();
  for (const digit of KEYS) {
    if (!counts(digit)) continue;
    const id = isOwnClass(program, op, entered, digit) ? `digit:${digit}` : 'digit:other';
    if (!classes.has(id)) classes.set(id, digit);
  }
  return [...classes].map(([id, digit]) => digitOutcome(id, digit, atMs));
}

/** DG3: of a free entry, what the program compares it with; of a menu, what can still match. */
function isOwnClass(program: FlowProgram, op: GatherOp, entered: string, digit: Key): boolean {
  const { entry } = op;
  if (!entry || (digit === '#' && op.hash === 'terminator')) return leadsSomewhere(op, entered, digit);
  if (digit === '*' || digit === '#') return false;
  // Any digit stands for those that nothing is compared with.
  if (digit === ANY_DIGIT) return true;
  const compared = lookup(program.candidates, entry.variable) ?? [];
  return compared.some((value) => String(value).startsWith(entered + digit));
}

function leadsSomewhere(op: GatherOp, entered: string, digit: Key): boolean {
  if (digit === '#' && op.hash === 'terminator') return entered !== '' || canBegin(op, digit);
  const { exact, longer } = match(op, append(op, entered, digit));
  return exact !== null || longer;
}

function digitOutcome(id: string, digit: Key, atMs: number): Outcome {
  return { id, event: { type: 'digit', digit, atMs } };
}

function ofQueue(op: Extract<Op, { op: 'enqueue' }>, enqueueId: string, atMs: number): Outcome[] {
  const ends = ['answered', 'timeout', 'full', 'join-empty', 'leave-empty'] as const;
  const result: Outcome[] = ends.map((outcome) => {
    const lateMs = outcome === 'timeout' ? op.maxWaitMs : 0;
    return { id: `queue:${outcome}`, event: { type: 'queue-ended', enqueueId, outcome, atMs: atMs + lateMs } };
  });
  if (op.breakOutKey !== undefined) {
    const event = { type: 'queue-ended', enqueueId, outcome: 'key-pressed', key: op.breakOutKey, atMs } as const;
    result.push({ id: 'queue:key-pressed', event });
  }
  return result;
}

/** VM5: each way a message can end, with a length that makes it one, and one that does not. */
function ofRecording(op: VoicemailOp, wait: Extract<Wait, { kind: 'recording' }>, atMs: number): Outcome[] {
  const { recordingId, stopping } = wait;
  const ended = (id: string, reason: RecordingEnd, durationMs: number): Outcome => ({
    id: `recording:${id}`,
    event: { type: 'recording-ended', recordingId, reason, durationMs, atMs: atMs + (stopping ? 0 : durationMs) },
  });
  const short = op.minMs > 0 ? [ended('too-short', stopping ? 'key' : 'silence', 0)] : [];
  const failed = ended('failed', 'failed', 0);
  if (stopping) return [ended('key', 'key', op.minMs), ...short, failed];
  const key = digitOutcome(`digit:${END_KEY}`, END_KEY, atMs + op.minMs);
  return [key, ended('silence', 'silence', op.minMs), ended('max-length', 'max-length', op.maxMs), ...short, failed];
}

/** QS3: one snapshot for each output that the node has. */
function ofQueueState(op: Extract<Op, { op: 'queue-state' }>, queryId: string, atMs: number): Outcome[] {
  const { crowdedAt } = op;
  const snapshots: [string, QueueSnapshot | null][] = [
    ['free', { free: 1, here: 1, waiting: 0 }],
    ['busy', { free: 0, here: 1, waiting: 0 }],
    ['nobody', { free: 0, here: 0, waiting: 0 }],
  ];
  if (crowdedAt !== undefined) snapshots.push(['crowded', { free: 0, here: 1, waiting: crowdedAt }]);
  return snapshots.map(([id, queue]) => ({ id: `queue:${id}`, event: { type: 'queue-state', queryId, queue, atMs } }));
}

/** SC7: open and closed, each at the next time that it is so; at one only, when it never changes. */
function ofSchedule(
  program: FlowProgram,
  op: Extract<Op, { op: 'schedule' }>,
  timeId: string,
  startedAtMs: number,
  atMs: number,
): Outcome[] {
  const hours = op.scheduleId === null ? undefined : lookup(program.schedules, op.scheduleId);
  if (!hours) return [];
  const wallMs = startedAtMs + atMs;
  const isOpen = isOpenAt(hours, wallMs);
  const change = nextChange(hours, wallMs);
  const result: Outcome[] = [{ id: scheduleOutcome(isOpen), event: { type: 'time', timeId, wallMs, atMs } }];
  if (change) {
    result.push({ id: scheduleOutcome(change.open), event: { type: 'time', timeId, wallMs: change.atMs, atMs } });
  }
  // In one order, whatever the time.
  return result.sort((a, b) => (a.id > b.id ? -1 : 1));
}

function scheduleOutcome(isOpen: boolean): string {
  return isOpen ? 'schedule:open' : 'schedule:closed';
}

/** RN3: each branch that may be taken, by a number from the middle of its share. */
function ofRandom(op: Extract<Op, { op: 'random' }>, randomId: string, atMs: number): Outcome[] {
  return sharesOf(op).map(({ exit, from, to }) => ({
    id: `random:${exit.output}`,
    event: { type: 'random', randomId, value: (from + to) / 2, atMs },
  }));
}

function ringingMs(op: Op, firstPerson: string): number {
  if (op.op === 'gather') {
    const dialled = op.matches.find(({ action }) => action.kind === 'dial' && action.personId === firstPerson);
    return dialled?.action.kind === 'dial' ? dialled.action.ringMs : 0;
  }
  if (op.op !== 'dial') return 0;
  return op.mode === 'all' || op.external ? op.ringMs : op.ringMs * op.people.length;
}
