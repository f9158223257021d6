import type { CallInfo, Effect, TraceEntry } from '../../engine/events.ts';
import { outcomes } from '../../engine/outcomes.ts';
import type { FlowProgram } from '../../engine/program.ts';
import { type FlowState, stateKey } from '../../engine/state.ts';
import { type StepResult, start, step } from '../../engine/step.ts';
import { playing } from '../../engine/world.ts';

/** One thing that can happen at a wait, and where it leads. */
export interface Edge {
  /** Id of the outcome, as of `outcomes`. */
  readonly outcome: string;
  /** Index of the state it leads to. */
  readonly to: number;
  /** How long it takes at least: a prompt that is heard to its end, a timer, a ring. */
  readonly ms: number;
  /** Keys that the caller presses for it. */
  readonly keys: number;
}

/** A state of a call, found once however many ways lead to it. */
export interface StateNode {
  readonly state: FlowState;
  /** The state it was found from, and by which outcomes (more than one where a loop was gone round); -1 at a start. */
  readonly from: number;
  readonly via: readonly string[];
  /** Whether the caller has heard anything: a prompt, music, ringing. */
  readonly heard: boolean;
  /** How long the prompts that play here last. */
  readonly playMs: number;
  /** Null while it has not been looked at: the limit was reached before. */
  edges: readonly Edge[] | null;
}

/** What one step wrote, for whoever collects facts about the way. */
export interface Observation {
  readonly from: number;
  readonly via: readonly string[];
  readonly to: number;
  readonly trace: readonly TraceEntry[];
}

export interface StateGraph {
  readonly program: FlowProgram;
  readonly nodes: readonly StateNode[];
  /** Whether every state that was found was looked at. */
  readonly complete: boolean;
}

/** The caller may hang up anywhere; nothing is proven by it. */
const ALWAYS_POSSIBLE = 'caller-hung-up';
export const PROMPT_FAILED = 'prompt-failed';

/** Nobody plans for it: a prompt that cannot be played, a message that cannot be written down. */
export const isRare = (outcome: string): boolean => outcome === PROMPT_FAILED || outcome === 'recording:failed';

/** Effects that a caller hears something of. */
const AUDIBLE: ReadonlySet<string> = new Set<Effect['type']>(['play', 'dial', 'enqueue']);

/**
 * Finds the states that calls can be in (SPEC.md, EX1, EX2). Each is kept once, with the state that it was found from:
 * a path is never copied. How often nodes were visited is no part of a state's identity here, for that would tell
 * apart every way that leads to a node; loops without input are gone round apart (`loops.ts`).
 */
export class StateExplorer implements StateGraph {
  readonly program: FlowProgram;
  readonly nodes: StateNode[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #maxStates: number;
  readonly #observe: (observation: Observation) => void;
  #next = 0;
  /** States whose prompts may fail. */
  readonly #deferred: number[] = [];
  #nextDeferred = 0;

  constructor(program: FlowProgram, maxStates: number, observe: (observation: Observation) => void) {
    this.program = program;
    this.#maxStates = maxStates;
    this.#observe = observe;
  }

  get complete(): boolean {
    return this.#next === this.nodes.length && this.#nextDeferred === this.#deferred.length;
  }

  /** Lets a call begin. */
  begin(call: CallInfo): void {
    this.add(start(this.program, call), -1, []);
  }

  /**
   * Looks at every state that has been found, the nearest first, until none is left or the limit is reached. What is
   * rare happens only when nothing else is left to look at: a path that needs no failure is the one to be shown.
   */
  run(): void {
    for (;;) {
      while (this.#next < this.nodes.length && this.#next < this.#maxStates) this.#expand(this.#next++);
      const failing = this.#next < this.nodes.length ? undefined : this.#deferred[this.#nextDeferred];
      if (failing === undefined) return;
      this.#nextDeferred++;
      this.#take(failing, isRare);
    }
  }

  /** Notes that a state was reached, and gives its index. */
  add(result: StepResult, from: number, via: readonly string[]): number {
    const { state, effects } = result;
    const heard = (this.nodes[from]?.heard ?? false) || effects.some(({ type }) => AUDIBLE.has(type));
    const key = `${heard ? 1 : 0}${state.call.caller.number} ${stateKey({ ...state, visits: {} })}`;
    let to = this.#byKey.get(key);
    if (to === undefined) {
      to = this.nodes.length;
      this.#byKey.set(key, to);
      this.nodes.push({ state, from, via, heard, playMs: this.#playMs(effects), edges: null });
    }
    this.#observe({ from, via, to, trace: traceOf(effects) });
    return to;
  }

  #expand(index: number): void {
    if (this.#take(index, (id) => !isRare(id))) this.#deferred.push(index);
  }

  /** Adds the edges of some outcomes of a state; says whether there are others. */
  #take(index: number, isTaken: (outcome: string) => boolean): boolean {
    const node = this.nodes[index];
    if (!node) return false;
    const edges: Edge[] = [];
    let others = false;
    for (const { id, event } of outcomes(this.program, node.state)) {
      if (id === ALWAYS_POSSIBLE) continue;
      if (!isTaken(id)) {
        others = true;
        continue;
      }
      const result = step(this.program, node.state, event);
      const to = this.add(result, index, [id]);
      const ms = event.type === 'prompt-finished' ? node.playMs : event.atMs - node.state.atMs;
      edges.push({ outcome: id, to, ms, keys: keysIn(result.effects) });
    }
    node.edges = node.edges ? [...node.edges, ...edges] : edges;
    return others;
  }

  #playMs(effects: readonly Effect[]): number {
    const play = effects.findLast((effect) => effect.type === 'play');
    return play ? playing({}, this.program, play.prompts).durationMs : 0;
  }
}

/** The trace entries among effects. */
export function traceOf(effects: readonly Effect[]): readonly TraceEntry[] {
  return effects.flatMap((effect) => (effect.type === 'trace' ? [effect.entry] : []));
}

function keysIn(effects: readonly Effect[]): number {
  return effects.reduce((keys, effect) => keys + (effect.type === 'trace' && effect.entry.type === 'digit' ? 1 : 0), 0);
}

/** How a state was reached: the call that began, and the outcomes since. */
export interface Path {
  readonly call: CallInfo;
  readonly outcomes: readonly string[];
}

/** The way to a state by which it was found, and some outcomes more. */
export function pathTo(graph: StateGraph, index: number, then: readonly string[] = []): Path {
  const parts: (readonly string[])[] = [then];
  let node = graph.nodes[index];
  const call = node?.state.call;
  while (node && node.from >= 0) {
    parts.push(node.via);
    node = graph.nodes[node.from];
  }
  if (!call) throw new RangeError(`There is no state ${index}.`);
  return { call, outcomes: parts.reverse().flat() };
}
