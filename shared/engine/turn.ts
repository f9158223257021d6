import { fillTemplate } from '../flow/template.ts';
import { initialValue, typeOf, type Value, type VariableType } from '../flow/variables.ts';
import { invariant } from '../lib/invariant.ts';
import { lookup } from '../lib/record.ts';
import { type CallInfo, type Effect, type HangUpCause, HIDDEN, type PromptKey, type TraceEntry } from './events.ts';
import { evaluate } from './expression/expression.ts';
import { type Exit, type FlowProgram, isSpokenLive, type Op, type OpId, type Origin } from './program.ts';
import { spokenPrompt } from './spoken-prompt.ts';
import type { FlowState, Frame, Wait } from './state.ts';

/** Rule GD1: operations in one call. */
export const MAX_OPERATIONS = 1000;
/** Rule GD2: visits to one node without any input of the caller. */
export const MAX_VISITS = 10;
/** Rule SF1: sub-flows within sub-flows. */
export const MAX_DEPTH = 16;
/** Rule GO2: menus that a jump may go back to. */
export const MAX_MENUS = 16;

/** What a call remembers when it begins (rule VA1). */
function initialValues({ variables }: FlowProgram): FlowState['variables'] {
  return Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, initialValue(variable)]));
}

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
  language: FlowState['language'] = null;
  #nextId = 1;
  #answered = false;
  #operations = 0;
  #visits = NO_VISITS;
  #variables: FlowState['variables'];
  #stack: FlowState['stack'] = [];
  #menus: FlowState['menus'] = [];

  constructor(program: FlowProgram, call: CallInfo, atMs: number, from?: FlowState) {
    this.program = program;
    this.call = call;
    this.atMs = atMs;
    this.#variables = from?.variables ?? initialValues(program);
    if (from) {
      this.handling = from.handling;
      this.language = from.language;
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
      language: this.language,
      operations: this.#operations,
      visits: this.#visits,
      variables: this.#variables,
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
  newId(
    what: 'play' | 'timer' | 'dial' | 'queue' | 'time' | 'random' | 'request' | 'query' | 'callback' | 'recording',
  ): string {
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
   * Starts prompts one after the other, in the call's language (LA2), and gives the id to wait for; null when the program has no source for one of
   * them, in which case none is started (rule EN7).
   */
  startPrompts({ nodeId }: Origin, wanted: readonly PromptKey[]): string | null {
    const prompts = wanted.map((key) => spokenPrompt(this.program, key, this.language));
    if (!prompts.every((key) => lookup(this.program.prompts, key))) {
      this.trace({ type: 'prompt-failed', nodeId, reason: 'no-such-prompt' });
      return null;
    }
    this.ensureAnswered();
    const playId = this.newId('play');
    const texts = this.#textsOf(prompts, (name) => this.#valueOf(name));
    const shown = this.#textsOf(prompts, (name) => this.#shownValueOf(name));
    this.do({ type: 'play', playId, prompts, ...(texts && { texts }) });
    this.trace({ type: 'prompt-started', nodeId, prompts, ...(shown && { texts: shown }) });
    return playId;
  }

  /** Stops prompts that are being played. */
  interruptPrompts({ nodeId }: Origin, playId: string): void {
    this.do({ type: 'stop-playback', playId });
    this.trace({ type: 'prompt-interrupted', nodeId });
  }

  /** The caller's answer about being recorded (rule CO1). */
  noteConsent({ nodeId }: Origin, given: boolean): void {
    this.do({ type: 'recording-consent', given });
    this.trace({ type: 'recording-consent', nodeId, given });
  }

  /** The value of an expression now, or null where it has none (rule VA4). `as`: variables that are seen otherwise. */
  evaluate(expression: string, wanted: VariableType, as: Readonly<Record<string, Value>> = {}): Value | null {
    const scope = { variables: { ...this.#variables, ...as }, ...this.#aboutCall() };
    return evaluate(expression, this.program.variables, 'call', scope, wanted);
  }

  /** The same where a web service has answered, which the expression may speak of (rule HT3). */
  evaluateAnswer(
    expression: string,
    wanted: VariableType,
    response: { readonly status: number; readonly body: unknown },
    as: Readonly<Record<string, Value>>,
  ): Value | null {
    const scope = { variables: { ...this.#variables, ...as }, ...this.#aboutCall(), response };
    return evaluate(expression, this.program.variables, 'response', scope, wanted);
  }

  /** The type of a variable of the program, if there is one of this name. */
  typeOfVariable(name: string): VariableType | undefined {
    return lookup(this.program.variables, name)?.type;
  }

  /** Sets variables of the program (rule VA3). A value of another type than the variable's is a mistake of ours. */
  setVariables({ nodeId }: Origin, values: Readonly<Record<string, Value>>): void {
    const shown: Record<string, Value> = {};
    for (const [name, value] of Object.entries(values)) {
      const variable = lookup(this.program.variables, name);
      invariant(
        variable && variable.type === typeOf(value),
        `${name} is no variable of the program, or of another type`,
      );
      shown[name] = variable.secret ? HIDDEN : value;
    }
    this.#variables = { ...this.#variables, ...values };
    this.trace({ type: 'variables', nodeId, values: shown });
  }

  /** A text with its values (rule VA5). `hide` leaves secrets out of it. */
  fill(text: string, escaping?: (value: string) => string, hide = false): string {
    return fillTemplate(text, (name) => (hide ? this.#shownValueOf(name) : this.#valueOf(name)), escaping);
  }

  #textsOf(
    prompts: readonly PromptKey[],
    valueFor: (name: string) => Value | undefined,
  ): Readonly<Record<PromptKey, string>> | null {
    let texts: Record<PromptKey, string> | null = null;
    for (const key of prompts) {
      const source = lookup(this.program.prompts, key);
      if (source?.kind !== 'text' || !isSpokenLive(source)) continue;
      texts ??= {};
      texts[key] = fillTemplate(source.text, valueFor);
    }
    return texts;
  }

  #aboutCall() {
    const { caller, target } = this.call;
    const number = target.kind === 'number' ? (lookup(this.program.numbers, target.numberId)?.number ?? '') : '';
    return { caller: { number: caller.number, name: caller.name ?? '' }, call: { number } };
  }

  #valueOf(name: string): Value | undefined {
    const { caller, call } = this.#aboutCall();
    switch (name) {
      case 'caller.number':
        return caller.number;
      case 'caller.name':
        return caller.name;
      case 'call.number':
        return call.number;
      default:
        return lookup(this.#variables, name);
    }
  }

  #shownValueOf(name: string): Value | undefined {
    return lookup(this.program.variables, name)?.secret ? HIDDEN : this.#valueOf(name);
  }

  /** Ends the call from our side (rule EN5). */
  hangUp(cause: HangUpCause, by: 'flow' | 'far-end' = 'flow'): Wait {
    this.trace({ type: 'ended', by, cause });
    this.do({ type: 'hang-up', cause });
    return { kind: 'ended', by, cause };
  }
}
