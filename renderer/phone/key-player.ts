import type { CallSummary } from '../../shared/bridge/pbx.ts';
import type { TraceEntry } from '../../shared/engine/events.ts';
import type { Key } from '../../shared/flow/ids.ts';
import type { StepTiming, TestStep } from '../../shared/flow/project-test.ts';
import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';

/** From one key of a step to the next, ms: longer than a tone and its pause. */
const KEY_GAP_MS = 300;

/** A real call as far as it is known. */
export interface WatchedCall {
  readonly summary: CallSummary;
  readonly trace: readonly TraceEntry[];
}

interface PlayerHands {
  press(key: Key): void;
  hangUp(): void;
}

/**
 * Does in a real call what a caller did in another one: the same keys at the same places of the flow, whatever time the
 * real prompts take. To be told of everything that happens to the call.
 */
export class KeyPlayer {
  readonly #clock: Clock;
  readonly #hands: PlayerHands;
  readonly #steps: readonly TestStep[];
  #call: WatchedCall | null = null;
  #next = 0;
  #isActing = false;
  /** Lines of the trace when the last step was over. */
  #seen = 0;
  #cancel: CancelTimer = () => {};

  constructor(clock: Clock, steps: readonly TestStep[], hands: PlayerHands) {
    this.#clock = clock;
    this.#steps = steps;
    this.#hands = hands;
  }

  /** Steps that are over, and all of them. */
  get progress(): { readonly done: number; readonly of: number } {
    return { done: this.#next, of: this.#steps.length };
  }

  /** Looks at the call as it is now, and acts when it is time. */
  watch(call: WatchedCall): void {
    this.#call = call;
    while (!this.#isActing) {
      const step = this.#steps[this.#next];
      if (step === undefined || call.summary.endedAtMs !== null) return;
      if (step.kind === 'stay-silent') {
        if (!call.trace.slice(this.#seen).some(({ type }) => type === 'timer-fired')) return;
        this.#finish();
      } else {
        if (!isTimeFor(step.when, call)) return;
        this.#isActing = true;
        this.#cancel = this.#clock.after(step.when.delayMs, () =>
          step.kind === 'press' ? this.#press(step.keys, 0) : this.#hangUp(),
        );
      }
    }
  }

  /** Does nothing any more. */
  stop(): void {
    this.#cancel();
    this.#isActing = true;
  }

  #press(keys: readonly Key[], index: number): void {
    const key = keys[index];
    if (key === undefined) return;
    this.#hands.press(key);
    // The key needs time to be heard before the next one, of this step or another.
    this.#cancel = this.#clock.after(KEY_GAP_MS, () => {
      if (index < keys.length - 1) this.#press(keys, index + 1);
      else this.#goOn();
    });
  }

  #hangUp(): void {
    this.#hands.hangUp();
    this.#goOn();
  }

  #goOn(): void {
    this.#finish();
    if (this.#call) this.watch(this.#call);
  }

  #finish(): void {
    this.#isActing = false;
    this.#next++;
    this.#seen = this.#call?.trace.length ?? 0;
  }
}

const SPOKEN: ReadonlySet<TraceEntry['type']> = new Set([
  'prompt-started',
  'prompt-finished',
  'prompt-interrupted',
  'prompt-failed',
]);
/** Waits in which keys mean something. */
const LISTENING: ReadonlySet<string> = new Set(['digit', 'queue', 'recording']);

function isTimeFor(when: StepTiming, { summary, trace }: WatchedCall): boolean {
  if (when.kind === 'after') return true;
  const entered = trace.filter((entry) => entry.type === 'node-entered' || entry.type === 'returned');
  const nodeId = entered.at(-1)?.nodeId;
  if (when.nodeId !== undefined && when.nodeId !== nodeId) return false;
  const visits = entered.filter((entry) => entry.type === 'node-entered' && entry.nodeId === nodeId).length;
  if (when.visit !== undefined && visits < when.visit) return false;
  if (when.kind === 'at-node') return nodeId !== undefined;
  const isSpeaking = trace.findLast(({ type }) => SPOKEN.has(type))?.type === 'prompt-started';
  if (when.kind === 'during-prompt') return isSpeaking;
  const { countdown } = summary;
  return !isSpeaking && countdown !== null && countdown.nodeId === nodeId && LISTENING.has(countdown.wait);
}
