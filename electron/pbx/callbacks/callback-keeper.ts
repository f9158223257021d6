import { randomUUID } from 'node:crypto';
import type { Callback, CallbackWish } from '../../../shared/bridge/callbacks.ts';
import type { PbxEvent } from '../../../shared/bridge/pbx.ts';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';

/** The list has this long to be written; a caller waits in silence meanwhile. */
const KEEP_TIMEOUT_MS = 3000;

interface Waiting {
  readonly resolve: (callback: Callback | null) => void;
  readonly cancelTimer: CancelTimer;
}

/** Has call backs kept by the parent process, which has the disk. */
export class CallbackKeeper {
  readonly #clock: Clock;
  readonly #emit: (event: PbxEvent) => void;
  readonly #waiting = new Map<string, Waiting>();

  constructor(clock: Clock, emit: (event: PbxEvent) => void) {
    this.#clock = clock;
    this.#emit = emit;
  }

  /** What is kept; null when it is not, or when no answer comes in time. */
  keep(wish: CallbackWish): Promise<Callback | null> {
    const requestId = randomUUID();
    return new Promise((resolve) => {
      const cancelTimer = this.#clock.after(KEEP_TIMEOUT_MS, () => this.handleKept(requestId, null));
      this.#waiting.set(requestId, { resolve, cancelTimer });
      this.#emit({ type: 'keep-callback', requestId, wish });
    });
  }

  /** The parent's answer. One that nobody waits for is dropped. */
  handleKept(requestId: string, callback: Callback | null): void {
    const waiting = this.#waiting.get(requestId);
    if (!waiting) return;
    this.#waiting.delete(requestId);
    waiting.cancelTimer();
    waiting.resolve(callback);
  }
}
