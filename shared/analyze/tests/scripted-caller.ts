import type { SimulatedCall } from '../../engine/driver.ts';
import { type Outcome, outcomes } from '../../engine/outcomes.ts';
import type { FlowProgram } from '../../engine/program.ts';
import type { Key } from '../../flow/ids.ts';
import type { StepTiming, TestStep } from '../../flow/project-test.ts';
import type { Clock } from '../../lib/clock.ts';
import { lookup } from '../../lib/record.ts';

/** How long a caller takes from one key of a step to the next. */
export const KEY_GAP_MS = 200;

/** A caller who follows the steps of a test. To be asked after everything that happens to the call. */
export class ScriptedCaller {
  readonly #program: FlowProgram;
  readonly #call: SimulatedCall;
  readonly #clock: Clock;
  readonly #steps: readonly TestStep[];
  #next = 0;
  /** A step that was begun and is not over. */
  #isActing = false;
  /** Lines of the trace when the last step was over. */
  #seen = 0;

  constructor(program: FlowProgram, call: SimulatedCall, clock: Clock, steps: readonly TestStep[]) {
    this.#program = program;
    this.#call = call;
    this.#clock = clock;
    this.#steps = steps;
  }

  /** The steps that are over. */
  get done(): number {
    return this.#next;
  }

  /** Begins the next step if it is time. */
  look(): void {
    while (!this.#isActing) {
      const step = this.#steps[this.#next];
      if (step === undefined) return;
      if (step.kind === 'stay-silent') {
        if (!this.#call.trace.slice(this.#seen).some(({ type }) => type === 'timer-fired')) return;
        this.#finish();
      } else {
        // The time for a key may have run out with the call; nothing else can be done after it.
        if (this.#call.hasEnded || !this.#isTimeFor(step.when)) return;
        this.#isActing = true;
        this.#clock.after(step.when.delayMs, () =>
          step.kind === 'press' ? this.#press(step.keys, 0) : this.#hangUp(),
        );
      }
    }
  }

  #isTimeFor(when: StepTiming): boolean {
    if (when.kind === 'after') return true;
    const { wait } = this.#call.state;
    if (wait.kind === 'ended') return false;
    const nodeId = lookup(this.#program.ops, wait.opId)?.origin.nodeId;
    if (when.nodeId !== undefined && when.nodeId !== nodeId) return false;
    if (when.visit !== undefined && this.#visitsTo(nodeId) < when.visit) return false;
    if (when.kind === 'at-node') return true;
    const possible = outcomes(this.#program, this.#call.state);
    const isSpeaking = possible.some(({ event }) => event.type === 'prompt-finished');
    return when.kind === 'during-prompt' ? isSpeaking : !isSpeaking && possible.some(isKey);
  }

  #visitsTo(nodeId: string | undefined): number {
    return this.#call.trace.filter((entry) => entry.type === 'node-entered' && entry.nodeId === nodeId).length;
  }

  #press(keys: readonly Key[], index: number): void {
    const key = keys[index];
    if (key === undefined || this.#call.hasEnded) return;
    // Before the key is told: what it leads to at once comes after this step.
    if (index === keys.length - 1) this.#finish();
    else this.#clock.after(KEY_GAP_MS, () => this.#press(keys, index + 1));
    this.#call.press(key);
  }

  #hangUp(): void {
    this.#finish();
    this.#call.hangUp();
  }

  #finish(): void {
    this.#isActing = false;
    this.#next++;
    this.#seen = this.#call.trace.length;
  }
}

function isKey({ event }: Outcome): boolean {
  return event.type === 'digit' || ('key' in event && event.key !== undefined);
}
