import { callerClasses } from '../engine/caller-classes.ts';
import type { CallInfo, EngineEvent } from '../engine/events.ts';
import { lowerProject } from '../engine/lower/index.ts';
import { type Outcome, outcomes } from '../engine/outcomes.ts';
import type { FlowProgram } from '../engine/program.ts';
import { type FlowState, stateKey } from '../engine/state.ts';
import { type StepResult, start, step } from '../engine/step.ts';
import { KEYS, type Key } from '../flow/ids.ts';
import type { Project } from '../flow/project.ts';
import { lookup, sortedEntries } from '../lib/record.ts';
import {
  leadsAlike,
  type Meeting,
  meetingOf,
  type Noun,
  nounOf,
  nounText,
  saidOf,
  saysAlike,
  type Version,
} from './diff/meeting.ts';
import { type StructuralChange, structuralDiff } from './diff/structure.ts';
import { Unchanged } from './diff/unchanged.ts';
import { PROMPT_FAILED } from './explore/graph.ts';
import type { Target } from './explorer.ts';
import { targetName } from './names.ts';

/** Where calls to one target go another way than before, told where it is first noticed. */
export interface BehaviourChange {
  readonly kind: 'leads-elsewhere' | 'says-otherwise';
  readonly target: Target;
  /** The caller's number of the class in which it was found; empty: withheld. */
  readonly caller: string;
  /** What happens on the way, as of `outcomes`; keys as `digit:K`. */
  readonly outcomes: readonly string[];
  readonly keys: readonly Key[];
  /** What the caller got, and gets now, as nouns. */
  readonly before: string;
  readonly after: string;
  /** The same, for other languages. */
  readonly nouns: { readonly before: Noun; readonly after: Noun };
  /** In English. */
  readonly sentence: string;
}

export interface ProjectDiff {
  readonly structure: readonly StructuralChange[];
  readonly behaviour: readonly BehaviourChange[];
  /** Whether every pair of states was looked at. */
  readonly complete: boolean;
}

export interface DiffOptions {
  /** Pairs of states that are looked at for each target. */
  readonly maxPairs?: number;
  readonly startedAtMs?: number;
}

const MAX_PAIRS = 100_000;
const MONDAY_MORNING_MS = Date.UTC(2026, 0, 5, 9);

/** What changed between two versions of a project: in the document, and for callers (SPEC.md, DF*). */
export function diffProjects(before: Project, after: Project, options: DiffOptions = {}): ProjectDiff {
  const walk = new Walk(versionOf(before), versionOf(after), options);
  const complete = sharedTargets(walk.before.program, walk.after.program).map((target) => walk.compare(target));
  return {
    structure: structuralDiff(before, after),
    behaviour: [...walk.changes.values()],
    complete: complete.every((one) => one),
  };
}

/** Numbers and flows that both have; of those that lead alike in both, the first. */
function sharedTargets(before: FlowProgram, after: FlowProgram): readonly Target[] {
  const seen = new Set<string>();
  const isNew = (...entries: readonly object[]) => {
    const key = JSON.stringify(entries);
    return !seen.has(key) && seen.add(key);
  };
  const numbers = sortedEntries(before.numbers).flatMap(([numberId, old]): readonly Target[] => {
    const now = lookup(after.numbers, numberId);
    return now && isNew(old, now) ? [{ kind: 'number', numberId }] : [];
  });
  const flows = sortedEntries(before.flows).flatMap(([flowId, old]): readonly Target[] => {
    const now = lookup(after.flows, flowId);
    return now && isNew(old, now) ? [{ kind: 'flow', flowId }] : [];
  });
  return [...numbers, ...flows];
}

function versionOf(project: Project): Version {
  return { project, program: lowerProject(project).program };
}

/** Calls to both versions at once, and how they came so far. */
interface Pair {
  readonly before: FlowState;
  readonly after: FlowState;
  readonly from: Pair | null;
  readonly outcome: string;
  readonly key?: Key;
}

/** One thing that happens to both calls; an event is null where nothing comes of it there. */
interface Stimulus {
  readonly outcome: string;
  readonly key?: Key;
  readonly before: EngineEvent | null;
  readonly after: EngineEvent | null;
}

/** Walks both versions in step: the same keys, the same outcomes. */
class Walk {
  readonly before: Version;
  readonly after: Version;
  readonly changes = new Map<string, BehaviourChange>();
  readonly #unchanged: Unchanged;
  readonly #maxPairs: number;
  readonly #startedAtMs: number;

  constructor(before: Version, after: Version, { maxPairs = MAX_PAIRS, startedAtMs = MONDAY_MORNING_MS }: DiffOptions) {
    this.before = before;
    this.after = after;
    this.#unchanged = new Unchanged(before.program, after.program);
    this.#maxPairs = maxPairs;
    this.#startedAtMs = startedAtMs;
  }

  /** Compares calls to one target; says whether all of them were. */
  compare(target: Target): boolean {
    const callers = new Set([...callerClasses(this.before.program), ...callerClasses(this.after.program)]);
    const seen = new Set<string>();
    const open: Pair[] = [];
    const meet = (pair: Pair, one: StepResult, other: StepResult, moved: readonly [boolean, boolean]) => {
      const [before, after] = [meetingOf(one, moved[0]), meetingOf(other, moved[1])];
      const goesOn = leadsAlike(before, after);
      if (!goesOn || !saysAlike(before, after)) this.#note(target, pair, before, after, goesOn);
      const { key, alike } = pairKey(pair);
      if (!goesOn || seen.has(key)) return;
      seen.add(key);
      // Nothing that follows can differ.
      if (alike && 'opId' in pair.before.wait && this.#unchanged.isSettled(target, pair.before.wait.opId)) return;
      open.push(pair);
    };
    for (const number of callers) {
      const call: CallInfo = { callId: 'compared', caller: { number }, target, startedAtMs: this.#startedAtMs };
      const [one, other] = [start(this.before.program, call), start(this.after.program, call)];
      meet({ before: one.state, after: other.state, from: null, outcome: 'call' }, one, other, [true, true]);
    }
    let looked = 0;
    // An array that grows is walked to its new end, the nearest first.
    for (const pair of open) {
      if (++looked > this.#maxPairs) return false;
      for (const { outcome, key, before, after } of this.#stimuli(pair)) {
        const one = happen(this.before, pair.before, before);
        const other = happen(this.after, pair.after, after);
        const moved = [one.state !== pair.before, other.state !== pair.after] as const;
        if (!moved[0] && !moved[1]) continue;
        const next = { before: one.state, after: other.state, from: pair, outcome, ...(key !== undefined && { key }) };
        meet(next, one, other, moved);
      }
    }
    return true;
  }

  /** What can happen to both: keys by what they do in each, everything else by its name. */
  #stimuli({ before, after }: Pair): readonly Stimulus[] {
    const old = possibleAt(this.before, before);
    const now = possibleAt(this.after, after);
    const stimuli: Stimulus[] = [];
    const pairs = new Set<string>();
    for (const key of KEYS) {
      const classes = [classOf(old, key), classOf(now, key)];
      if (classes.every((one) => one === null) || pairs.has(classes.join())) continue;
      pairs.add(classes.join());
      const press = (atMs: number): EngineEvent => ({ type: 'digit', digit: key, atMs });
      stimuli.push({ outcome: `digit:${key}`, key, before: press(before.atMs), after: press(after.atMs) });
    }
    for (const id of new Set([...old.keys(), ...now.keys()])) {
      const [one = null, other = null] = [old.get(id), now.get(id)];
      if (id.startsWith('digit:') || id === PROMPT_FAILED || id === 'caller-hung-up') continue;
      // Of a key that only one of them hears, the other notices nothing; nothing else can happen to one alone.
      const key = keyOf(one ?? other);
      if ((one && other) || key !== undefined) {
        stimuli.push({ outcome: id, before: one, after: other, ...(key !== undefined && { key }) });
      }
    }
    return stimuli;
  }

  #note(target: Target, pair: Pair, one: Meeting, other: Meeting, goesOn: boolean): void {
    const nouns = {
      before: goesOn ? saidOf(this.before.program, one.said) : nounOf(this.before, one),
      after: goesOn ? saidOf(this.after.program, other.said) : nounOf(this.after, other),
    };
    const [before, after] = [nounText(nouns.before), nounText(nouns.after)];
    const wait = pair.from?.before.wait;
    const place = wait && 'opId' in wait ? wait.opId : '';
    const id = goesOn ? JSON.stringify([before, after]) : JSON.stringify([place, pair.outcome, before, after]);
    if (this.changes.has(id)) return;
    const way: Pair[] = [];
    for (let at: Pair | null = pair; at?.from; at = at.from) way.push(at);
    way.reverse();
    const keys = way.flatMap(({ key }) => (key === undefined ? [] : [key]));
    const verb = goesOn ? 'now hear' : 'now get';
    const who = `Callers of ${targetName(this.after.project, target)}${circumstances(way)}`;
    this.changes.set(id, {
      kind: goesOn ? 'says-otherwise' : 'leads-elsewhere',
      target,
      caller: pair.before.call.caller.number,
      outcomes: way.map(({ outcome }) => outcome),
      keys,
      before,
      after,
      nouns,
      sentence: `${who} ${verb} ${after} instead of ${before}.`,
    });
  }
}

/** What can happen, by its name; with the key where it is one other than a digit (a queue's break-out key). */
function possibleAt({ program }: Version, state: FlowState): ReadonlyMap<string, EngineEvent> {
  const named = ({ id, event }: Outcome) => [keyOf(event) === undefined ? id : `${id}:${keyOf(event)}`, event] as const;
  return new Map(outcomes(program, state).map(named));
}

function happen({ program }: Version, state: FlowState, event: EngineEvent | null): StepResult {
  return event ? step(program, state, event) : { state, effects: [] };
}

/** The class of events that a key belongs to at a wait; null where it does nothing. */
function classOf(possible: ReadonlyMap<string, EngineEvent>, key: Key): string | null {
  return [`digit:${key}`, 'digit:other'].find((id) => possible.has(id)) ?? null;
}

function keyOf(event: EngineEvent | null): Key | undefined {
  return event && 'key' in event ? event.key : undefined;
}

/** Identity of a pair of states, and whether they are one and the same. */
function pairKey({ before, after }: Pair): { key: string; alike: boolean } {
  const [one, other] = [before, after].map((state) => stateKey({ ...state, visits: {} }));
  return { key: `${before.call.caller.number}\n${one}\n${other}`, alike: one === other };
}

/** What must happen for it: the keys, and what else does not go by itself. */
function circumstances(way: readonly Pair[]): string {
  const keys = way.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const others = way
    .filter(({ key, outcome }) => key === undefined && outcome !== 'prompt-finished')
    .map(({ outcome }) => outcome.replaceAll('-', ' ').replace(':', ' '));
  const pressing = keys.length > 0 ? ` pressing ${keys.join(', ')}` : '';
  // What happens twice is told twice: two timeouts are not one.
  return others.length > 0 ? `${pressing} (${others.join(', ')})` : pressing;
}
