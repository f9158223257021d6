import { lookup } from '../lib/record.ts';
import type { CallInfo, Effect, HangUpCause, PromptKey, TraceEntry } from './events.ts';
import type { Exit, FlowProgram, Op, OpId, Origin } from './program.ts';
import type { FlowState, Frame, Wait } from './state.ts';

/** Rule GD1: operations in one call. */
export const MAX_OPERATIONS = 1000;
/** Rule GD2: visits to one node without any input of the caller. */
export const MAX_VISITS = 10;
/** Rule SF1: sub-flows within sub-flows. */
export const MAX_DEPTH = 16;
/** Rule GO2: menus that a jump may go back to. */
export const MAX_MENUS = 16;

/** How an operation goes on: it waits, or is left by an exit, or enters another one, or leaves the flow. */
export type Next =
  | Wait
  | { readonly kind: 'go'; readonly origin: Origin; readonly exit: Exit }
  | { readonly kind: 'enter'; readonly opId: OpId }
  | { readonly kind: 'leave-flow' };

type WithoutTime<Entry> = Entry extends unknown ? Omit<Entry, 'atMs'> : never;

const NO_VISITS: FlowState['visits'] = {};

/**
 * The work of one `start` or `step`: what of the state changes, and the effects so far. Lives for that long only, so
 * that operations may write to it and still be pure seen from outside.
 */
export class Turn {
  readonly program: FlowProgram;
  readonly call: CallInfo;
  readonly atMs: number;
  readonly effects: Effect[] = [];
  handling: FlowState['handling'] = 'flow';
  #nextId = 1;
  #answered = false;
  #operations = 0;
  #visits = NO_VISITS;
  #stack: FlowState['stack'] = [];
  #menus: FlowState['menus'] = [];

  constructor(program: FlowProgram, call: CallInfo, atMs: number, from?: FlowState) {
    this.program = program;
    this.call = call;
    this.atMs = atMs;
    if (from) {
      this.handling = from.handling;
      this.#nextId = from.nextId;
      this.#answered = from.answered;
      this.#operations = from.operations;
      this.#visits = from.visits;
      this.#stack = from.stack;
      this.#menus = from.menus;
    }
  }

  /** The state after this turn. */
  toState(wait: Wait): FlowState {
    return {
      call: this.call,
      atMs: this.atMs,
      nextId: this.#nextId,
      answered: this.#answered,
      handling: this.handling,
      operations: this.#operations,
      visits: this.#visits,
      stack: this.#stack,
      menus: this.#menus,
      wait,
    };
  }

  do(effect: Effect): void {
    this.effects.push(effect);
  }

  trace(entry: WithoutTime<TraceEntry>): void {
    this.effects.push({ type: 'trace', entry: { atMs: this.atMs, ...entry } as TraceEntry });
  }

  /** An id that this call has not used yet, e.g. `play-7`. */
  newId(what: 'play' | 'timer' | 'dial' | 'queue' | 'time' | 'random'): string {
    return `${what}-${this.#nextId++}`;
  }

  /** Rule EN6: a call is answered once, before the caller is to hear something of ours. */
  ensureAnswered(): void {
    if (this.#answered) return;
    this.#answered = true;
    this.do({ type: 'answer' });
  }

  /** DL2: a bridge answers a call that was only ringing; the driver connects both, so there is no effect. */
  noteAnswered(): void {
    this.#answered = true;
  }

  /** The caller did something: the count of visits begins anew (rule GD2). */
  noteCallerInput(): void {
    this.#visits = NO_VISITS;
  }

  /** Counts an operation; false when it would be one too many, which the trace then says (rule GD1). */
  beginOperation(origin: Origin): boolean {
    if (this.#operations >= MAX_OPERATIONS) {
      this.trace({ type: 'guard', nodeId: origin.nodeId, guard: 'operations' });
      return false;
    }
    this.#operations++;
    return true;
  }

  /** Counts an entry to an operation; false when a guard forbids it, which the trace then says. */
  beginVisit(opId: OpId, op: Op): boolean {
    const before = lookup(this.#visits, opId) ?? 0;
    if (before >= MAX_VISITS) {
      this.trace({ type: 'guard', nodeId: op.origin.nodeId, guard: 'visits' });
      return false;
    }
    if (!this.beginOperation(op.origin)) return false;
    this.#visits = { ...this.#visits, [opId]: before + 1 };
    return true;
  }

  /** Goes down into a sub-flow; false when that would be too deep, which the trace then says (rule SF1). */
  pushFrame(frame: Omit<Frame, 'menus'>, { nodeId }: Origin): boolean {
    if (this.#stack.length >= MAX_DEPTH) {
      this.trace({ type: 'guard', nodeId, guard: 'depth' });
      return false;
    }
    this.#stack = [...this.#stack, { ...frame, menus: this.#menus }];
    this.#menus = [];
    return true;
  }

  /** Comes up from a sub-flow; undefined when the call is in none. */
  popFrame(): Frame | undefined {
    const frame = this.#stack.at(-1);
    if (frame) {
      this.#stack = this.#stack.slice(0, -1);
      this.#menus = frame.menus;
    }
    return frame;
  }

  /** The menus of this flow that the caller has been in, the present one last. */
  get menus(): readonly OpId[] {
    return this.#menus;
  }

  /** The caller is in a menu now; in one again, what came after it is forgotten (rule GO2). */
  noteMenu(opId: OpId): void {
    const before = this.#menus.indexOf(opId);
    this.#menus = before >= 0 ? this.#menus.slice(0, before + 1) : [...this.#menus, opId].slice(-MAX_MENUS);
  }

  /** Default handling begins with its guards at zero and in no sub-flow (rules GD3, SF3). */
  enterDefaultHandling(): void {
    this.handling = 'default';
    this.#operations = 0;
    this.#visits = NO_VISITS;
    this.#stack = [];
    this.#menus = [];
  }

  /**
   * Starts prompts one after the other and gives the id to wait for; null when the program has no source for one of
   * them, in which case none is started (rule EN7).
   */
  startPrompts({ nodeId }: Origin, prompts: readonly PromptKey[]): string | null {
    if (!prompts.every((key) => lookup(this.program.prompts, key))) {
      this.trace({ type: 'prompt-failed', nodeId, reason: 'no-such-prompt' });
      return null;
    }
    this.ensureAnswered();
    const playId = this.newId('play');
    this.do({ type: 'play', playId, prompts });
    this.trace({ type: 'prompt-started', nodeId, prompts });
    return playId;
  }

  /** Stops prompts that are being played. */
  interruptPrompts({ nodeId }: Origin, playId: string): void {
    this.do({ type: 'stop-playback', playId });
    this.trace({ type: 'prompt-interrupted', nodeId });
  }

  /** Ends the call from our side (rule EN5). */
  hangUp(cause: HangUpCause, by: 'flow' | 'far-end' = 'flow'): Wait {
    this.trace({ type: 'ended', by, cause });
    this.do({ type: 'hang-up', cause });
    return { kind: 'ended', by, cause };
  }
}
