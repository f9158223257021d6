import { powerSaveBlocker } from 'electron';
import type { CallSummary } from '../../shared/bridge/pbx.ts';

/** Knows the live calls: keeps the machine awake while there are any. */
export class CallsInProgress {
  readonly #live = new Set<string>();
  #blockerId: number | undefined;

  get count(): number {
    return this.#live.size;
  }

  /** Takes a call's new state. */
  update(call: CallSummary): void {
    if (call.phase === 'ended') this.#live.delete(call.callId);
    else this.#live.add(call.callId);
    if (this.#live.size > 0 && this.#blockerId === undefined) {
      this.#blockerId = powerSaveBlocker.start('prevent-app-suspension');
    } else if (this.#live.size === 0 && this.#blockerId !== undefined) {
      powerSaveBlocker.stop(this.#blockerId);
      this.#blockerId = undefined;
    }
  }
}
