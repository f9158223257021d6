import {
  type ChosenState,
  LONGEST_WRAP_UP_MS,
  type OperatorRecords,
  type OperatorState,
  shownState,
  type WrapUp,
  type WrapUpChange,
} from '../../../shared/bridge/desk.ts';
import { DEFAULT_REACH, type Reach } from '../../../shared/bridge/reach.ts';
import type { PersonId, QueueId } from '../../../shared/flow/ids.ts';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import { sameJson } from '../../../shared/lib/same-json.ts';
import type { Availability, WrapUpOf } from '../../../shared/queue/people.ts';

export interface OperatorsEvents {
  /** Someone stands otherwise than was told before. */
  onChanged(state: OperatorState): void;
  /** Queues may have someone more to ring, or someone less. */
  onReconsider(personId: PersonId): void;
}

interface Operator {
  chosen: ChosenState;
  next: ChosenState | null;
  activity: OperatorState['activity'];
  wrapUp: WrapUp | null;
  cancelWrapUp: CancelTimer | undefined;
  hasPhone: boolean;
  outOf: readonly QueueId[];
  reach: Reach;
  chosenSinceMs: number;
  /** Of what is shown. */
  sinceMs: number;
  /** Unanswered rings in a row, by queue. */
  readonly unanswered: Map<QueueId, number>;
  told: OperatorState | undefined;
}

const AVAILABLE: ChosenState = { kind: 'available' };
const DID_NOT_ANSWER: ChosenState = { kind: 'paused', reason: '', auto: true };

/** What people chose, their queues and their wrap-ups; rules OS1 to OS7 in SPEC.md. */
export class Operators {
  readonly #clock: Clock;
  readonly #events: OperatorsEvents;
  readonly #operators = new Map<PersonId, Operator>();

  constructor(clock: Clock, events: OperatorsEvents) {
    this.#clock = clock;
    this.#events = events;
  }

  /** OS7: everyone as they were when the PBX went. */
  restore(records: OperatorRecords): void {
    const nowMs = this.#clock.wallMs();
    for (const [personId, { chosen, sinceMs, outOf, wrapUp, reach }] of Object.entries(records)) {
      const operator = this.#of(personId);
      Object.assign(operator, { chosen, next: null, outOf, reach, chosenSinceMs: sinceMs });
      if (wrapUp !== null && wrapUp.endsAtMs > nowMs) this.#beginWrapUp(personId, operator, wrapUp);
      this.#tell(personId);
      this.#events.onReconsider(personId);
    }
  }

  /** Why a queue may not ring someone who has a phone and is in no call; undefined: it may. */
  hindrance(
    personId: PersonId,
    queueId?: QueueId,
  ): Extract<Availability, 'wrap-up' | 'paused' | 'logged-out'> | undefined {
    const operator = this.#operators.get(personId);
    if (operator === undefined) return undefined;
    if (!this.isLoggedIn(personId, queueId)) return 'logged-out';
    if (operator.wrapUp !== null) return 'wrap-up';
    return operator.chosen.kind === 'paused' || operator.reach.doNotDisturb ? 'paused' : undefined;
  }

  /** Whether someone takes calls of a queue at all, now or later. */
  isLoggedIn(personId: PersonId, queueId?: QueueId): boolean {
    const operator = this.#operators.get(personId);
    if (operator === undefined) return true;
    return operator.chosen.kind !== 'logged-out' && (queueId === undefined || !operator.outOf.includes(queueId));
  }

  setPhone(personId: PersonId, hasPhone: boolean): void {
    this.#of(personId).hasPhone = hasPhone;
    this.#tell(personId);
  }

  /** Someone's phones ring, they talk, or neither. With `wrapUp` a conversation of a queue is over. */
  setActivity(personId: PersonId, activity: OperatorState['activity'], wrapUp?: WrapUpOf): void {
    const operator = this.#of(personId);
    operator.activity = activity;
    if (wrapUp !== undefined && wrapUp.ms > 0) {
      const { queueId, callId, ms } = wrapUp;
      const sinceMs = this.#clock.wallMs();
      this.#beginWrapUp(personId, operator, { queueId, callId, sinceMs, endsAtMs: sinceMs + ms });
    }
    this.#settle(operator);
    this.#tell(personId);
  }

  /** OS2 */
  choose(personId: PersonId, state: ChosenState): void {
    const operator = this.#of(personId);
    operator.unanswered.clear();
    operator.next = sameJson(state, operator.chosen) ? null : state;
    this.#settle(operator);
    this.#tell(personId);
    this.#events.onReconsider(personId);
  }

  /** OS5 */
  setQueue(personId: PersonId, queueId: QueueId, isIn: boolean): void {
    const operator = this.#of(personId);
    const others = operator.outOf.filter((id) => id !== queueId);
    operator.outOf = isIn ? others : [...others, queueId];
    this.#tell(personId);
    this.#events.onReconsider(personId);
  }

  /** How someone wants to be reached: RX* in `reach/SPEC.md`. */
  reachOf(personId: PersonId): Reach {
    return this.#operators.get(personId)?.reach ?? DEFAULT_REACH;
  }

  setReach(personId: PersonId, reach: Reach): void {
    this.#of(personId).reach = reach;
    this.#tell(personId);
    this.#events.onReconsider(personId);
  }

  /** OS3 */
  changeWrapUp(personId: PersonId, change: WrapUpChange): void {
    const operator = this.#of(personId);
    const { wrapUp } = operator;
    if (wrapUp === null) return;
    if (change === 'finish') {
      this.#endWrapUp(personId, operator);
      return;
    }
    const latestMs = this.#clock.wallMs() + LONGEST_WRAP_UP_MS;
    const endsAtMs = Math.max(wrapUp.endsAtMs, Math.min(wrapUp.endsAtMs + change.extendMs, latestMs));
    this.#beginWrapUp(personId, operator, { ...wrapUp, endsAtMs });
    this.#tell(personId);
  }

  /** OS4: a ring of a queue was answered, or was not. */
  noteRing(personId: PersonId, queueId: QueueId, answered: boolean, limit: number): void {
    const operator = this.#of(personId);
    const count = answered ? 0 : (operator.unanswered.get(queueId) ?? 0) + 1;
    operator.unanswered.set(queueId, count);
    if (limit === 0 || count < limit || operator.next !== null || operator.chosen.kind !== 'available') return;
    this.choose(personId, DID_NOT_ANSWER);
  }

  close(): void {
    for (const { cancelWrapUp } of this.#operators.values()) cancelWrapUp?.();
    this.#operators.clear();
  }

  #of(personId: PersonId): Operator {
    let operator = this.#operators.get(personId);
    if (operator === undefined) {
      operator = {
        chosen: AVAILABLE,
        next: null,
        activity: 'idle',
        wrapUp: null,
        cancelWrapUp: undefined,
        hasPhone: false,
        outOf: [],
        reach: DEFAULT_REACH,
        chosenSinceMs: this.#clock.wallMs(),
        sinceMs: this.#clock.wallMs(),
        unanswered: new Map(),
        told: undefined,
      };
      this.#operators.set(personId, operator);
    }
    return operator;
  }

  #beginWrapUp(personId: PersonId, operator: Operator, wrapUp: WrapUp): void {
    operator.cancelWrapUp?.();
    operator.wrapUp = wrapUp;
    operator.cancelWrapUp = this.#clock.after(Math.max(0, wrapUp.endsAtMs - this.#clock.wallMs()), () =>
      this.#endWrapUp(personId, operator),
    );
  }

  #endWrapUp(personId: PersonId, operator: Operator): void {
    operator.cancelWrapUp?.();
    operator.cancelWrapUp = undefined;
    operator.wrapUp = null;
    this.#settle(operator);
    this.#tell(personId);
    this.#events.onReconsider(personId);
  }

  /** Takes what was chosen once nothing goes on. */
  #settle(operator: Operator): void {
    if (operator.next === null || operator.activity !== 'idle' || operator.wrapUp !== null) return;
    operator.chosen = operator.next;
    operator.chosenSinceMs = this.#clock.wallMs();
    operator.next = null;
  }

  #tell(personId: PersonId): void {
    const operator = this.#of(personId);
    const { told } = operator;
    const shown = shownState(operator);
    if (shown === 'paused' || shown === 'logged-out') operator.sinceMs = operator.chosenSinceMs;
    else if (shown === 'wrap-up') operator.sinceMs = operator.wrapUp?.sinceMs ?? operator.sinceMs;
    else if (told === undefined || shownState(told) !== shown) operator.sinceMs = this.#clock.wallMs();
    const state = this.#stateOf(personId, operator);
    if (told !== undefined && sameJson(told, state)) return;
    operator.told = state;
    this.#events.onChanged(state);
  }

  #stateOf(personId: PersonId, operator: Operator): OperatorState {
    const { chosen, next, activity, wrapUp, hasPhone, outOf, reach, chosenSinceMs, sinceMs } = operator;
    return { personId, chosen, next, activity, wrapUp, hasPhone, outOf: [...outOf], reach, chosenSinceMs, sinceMs };
  }
}
