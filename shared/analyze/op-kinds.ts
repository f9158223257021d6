import { outcomes } from '../engine/outcomes.ts';
import type { FlowProgram, Op, OpId } from '../engine/program.ts';
import { stateKey } from '../engine/state.ts';
import { type StepResult, start, step } from '../engine/step.ts';
import { exitsOf } from './exits.ts';
import { traceOf } from './explore/graph.ts';

/** Operations of one kind that are tried; they differ in settings. */
const SAMPLES = 3;
const MAX_STATES = 200;

/** What is known of a kind of operation: outputs taken without a key, and with one only. */
interface KindFacts {
  samples: number;
  readonly free: Set<string>;
  /** Outputs of those tried that were not taken without a key. */
  readonly keyed: Set<string>;
  bridges: boolean;
}

/**
 * Which ways out of an operation need a key of the caller, and which kinds of operations connect to people: learnt by
 * trying a few operations of each kind, whatever kinds there are.
 */
export class OpKinds {
  readonly #program: FlowProgram;
  readonly #kinds = new Map<string, KindFacts>();

  constructor(program: FlowProgram) {
    this.#program = program;
    for (const [opId, op] of Object.entries(program.ops)) {
      const facts = this.#factsOf(op);
      if (facts.samples >= SAMPLES || op.origin.flowId === '') continue;
      facts.samples++;
      this.#try(opId, op, facts);
    }
  }

  /** Where an operation leads to while the caller does nothing; null is the default handling. */
  leadsWithoutInput(op: Op): readonly (OpId | null)[] {
    const { free, keyed } = this.#factsOf(op);
    return exitsOf(op)
      .filter(
        ({ output }) => output !== ERROR && !output.startsWith('key:') && (free.has(output) || !keyed.has(output)),
      )
      .map(({ to }) => to);
  }

  /** Whether an operation may connect the caller to a person. */
  mayBridge(op: Op): boolean {
    switch (op.op) {
      case 'dial':
        return op.people.length > 0 || op.external !== undefined;
      case 'enqueue':
        return op.queueId !== null;
      case 'gather':
        return op.matches.some(({ action }) => action.kind === 'dial');
      default:
        return this.#factsOf(op).bridges;
    }
  }

  #factsOf({ op }: Op): KindFacts {
    const known = this.#kinds.get(op);
    if (known) return known;
    const facts = { samples: 0, free: new Set<string>(), keyed: new Set<string>(), bridges: false };
    this.#kinds.set(op, facts);
    return facts;
  }

  /** Lets a call begin at the operation and takes every way through it that needs no key. */
  #try(opId: OpId, op: Op, facts: KindFacts): void {
    const nowhere = { op: 'hang-up', origin: { flowId: '', nodeId: '' }, cause: 'normal' } as const;
    const program: FlowProgram = {
      ...this.#program,
      ops: { [opId]: op, end: nowhere },
      flows: { tried: { entry: opId, defaultHandling: 'end' } },
      numbers: {},
    };
    const call = {
      callId: 'tried',
      caller: { number: '' },
      target: { kind: 'flow', flowId: 'tried' },
      startedAtMs: 0,
    } as const;
    const open: StepResult[] = [start(program, call)];
    const seen = new Set<string>();
    for (let at = open.pop(); at && seen.size < MAX_STATES; at = open.pop()) {
      const { state, effects } = at;
      const trace = traceOf(effects);
      if (trace.some(({ type }) => type === 'digit')) continue;
      for (const entry of trace) {
        if (entry.type === 'outcome' && entry.nodeId === op.origin.nodeId) facts.free.add(entry.output);
      }
      if (state.wait.kind === 'talking') facts.bridges = true;
      const key = stateKey(state);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const { event } of outcomes(program, state)) {
        if (event.type !== 'digit' && event.type !== 'caller-hung-up') open.push(step(program, state, event));
      }
    }
    for (const { output } of exitsOf(op)) if (!facts.free.has(output)) facts.keyed.add(output);
  }
}

/** What cannot be played leaves by this; nobody plans for it. */
const ERROR = 'error';
