import type { TrunkFailure, TrunkLimits } from '../../../shared/bridge/trunk.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { CallHistory } from './call-history.ts';
import type { Destination } from './numbers.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface TollGuardOptions {
  readonly clock: Clock;
  readonly limits: TrunkLimits;
  /** Calls of the last day; outlives restarts. */
  readonly history: CallHistory;
}

/** Judges every call that wants to go outside, before anything is sent. */
export class TollGuard {
  readonly #clock: Clock;
  readonly #limits: TrunkLimits;
  readonly #history: CallHistory;
  #current = 0;

  constructor({ clock, limits, history }: TollGuardOptions) {
    this.#clock = clock;
    this.#limits = limits;
    this.#history = history;
  }

  /** Outgoing calls that go on, emergency calls left out. */
  get current(): number {
    return this.#current;
  }

  /** Lets a call out, counted from now on, or says why not. The place of an allowed one is free again after `done`. */
  admit(destination: Destination): Admission {
    // TF1 stands before everything else.
    if (destination.kind === 'emergency') return { allowed: true, maxMs: undefined, done: () => {} };
    const why = this.judge(destination);
    if (why !== undefined) return { allowed: false, why };
    this.#history.add(this.#clock.wallMs());
    this.#current += 1;
    let isDone = false;
    const done = (): void => {
      if (isDone) return;
      isDone = true;
      this.#current -= 1;
    };
    return { allowed: true, maxMs: this.#limits.maxMinutesPerCall * 60_000, done };
  }

  /** Why a call may not go out now; undefined: it may. Counts nothing. */
  judge({ kind, number }: Destination): TrunkFailure | undefined {
    if (kind === 'emergency') return undefined;
    const limits = this.#limits;
    if (kind === 'unusable') return 'number-unusable';
    if (!limits.allowedPrefixes.some((prefix) => number.startsWith(prefix))) return 'not-allowed';
    if (limits.refusedPrefixes.some((prefix) => number.startsWith(prefix))) return 'premium';
    if (this.#current >= limits.maxCallsAtOnce) return 'too-many-at-once';
    const nowMs = this.#clock.wallMs();
    if (this.#history.countSince(nowMs - HOUR_MS) >= limits.maxCallsPerHour) return 'too-many-this-hour';
    if (this.#history.countSince(nowMs - DAY_MS) >= limits.maxCallsPerDay) return 'too-many-today';
    return undefined;
  }
}

export type Admission =
  | { readonly allowed: false; readonly why: TrunkFailure }
  | {
      readonly allowed: true;
      /** The call may last so long from its answer on; undefined: as long as it likes. */
      readonly maxMs: number | undefined;
      /** To be called once the call is over, or came to nothing. */
      readonly done: () => void;
    };
