import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type {
  ChosenState,
  deskCalls,
  OperatorRecord,
  OperatorRecords,
  OperatorState,
  WrapUp,
  WrapUpChange,
} from '../../../shared/bridge/desk.ts';
import type { PbxCommand } from '../../../shared/bridge/pbx.ts';
import { DEFAULT_REACH, type Reach } from '../../../shared/bridge/reach.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { sameJson } from '../../../shared/lib/same-json.ts';
import type { OperatorFile } from './operator-file.ts';

/** Commands to the PBX about operators. */
export type OperatorCommand = Extract<PbxCommand, { type: `operator${string}` }>;

export interface DeskServiceOptions {
  readonly clock: Clock;
  readonly file: OperatorFile;
  /** Gives the PBX a command; false: it does not run. */
  readonly send: (command: OperatorCommand) => boolean;
  readonly onChanged: (operators: OperatorState[]) => void;
  /** A wrap-up is over now. */
  readonly onWrappedUp: (wrapUp: WrapUp) => void;
}

/**
 * Keeps what people chose: the PBX gets it at each start and tells what becomes of it (electron/pbx/operators/SPEC.md).
 * While the PBX is away, what is chosen holds at once, as nobody is in a call.
 */
export class DeskService {
  readonly #options: DeskServiceOptions;
  readonly #states = new Map<string, OperatorState>();
  #written: OperatorRecords = {};

  constructor(options: DeskServiceOptions) {
    this.#options = options;
  }

  /** Takes what was kept. */
  open(): void {
    this.#written = this.#options.file.read(this.#options.clock.wallMs());
    for (const [personId, record] of Object.entries(this.#written)) {
      this.#states.set(personId, stateOf(personId, record));
    }
  }

  /** Everyone of whom something is known. */
  get operators(): OperatorState[] {
    return [...this.#states.values()];
  }

  /** The PBX runs: it gets everyone as they were. */
  handlePbxStarted(): void {
    this.#options.send({ type: 'operators', records: this.#records() });
  }

  /** No calls are there any more, and no phones. */
  handlePbxGone(): void {
    const { clock, onChanged } = this.#options;
    for (const [personId, state] of this.#states) {
      const { next, chosen, outOf, wrapUp, reach } = state;
      const chosenSinceMs = next === null ? state.chosenSinceMs : clock.wallMs();
      this.#states.set(
        personId,
        stateOf(personId, { chosen: next ?? chosen, sinceMs: chosenSinceMs, outOf, wrapUp, reach }),
      );
    }
    if (this.#states.size > 0) onChanged(this.operators);
    this.#keep();
  }

  /** The PBX tells how someone stands. */
  handleOperator(state: OperatorState): void {
    const wrappedUp = this.#states.get(state.personId)?.wrapUp ?? null;
    this.#states.set(state.personId, state);
    if (wrappedUp !== null && wrappedUp.sinceMs !== state.wrapUp?.sinceMs) this.#options.onWrappedUp(wrappedUp);
    this.#options.onChanged([state]);
    this.#keep();
  }

  setState(personId: string, state: ChosenState): void {
    const isSent = this.#options.send({ type: 'operator-state', personId, state });
    this.#change(personId, { next: state }, isSent);
  }

  setQueue(personId: string, queueId: string, isIn: boolean): void {
    const isSent = this.#options.send({ type: 'operator-queue', personId, queueId, in: isIn });
    const others = this.#of(personId).outOf.filter((id) => id !== queueId);
    this.#change(personId, { outOf: isIn ? others : [...others, queueId] }, isSent);
  }

  setReach(personId: string, reach: Reach): void {
    const isSent = this.#options.send({ type: 'operator-reach', personId, reach });
    this.#change(personId, { reach }, isSent);
  }

  changeWrapUp(personId: string, change: WrapUpChange): void {
    const isSent = this.#options.send({ type: 'operator-wrap-up', personId, change });
    if (!isSent && change === 'finish') this.#change(personId, { wrapUp: null }, isSent);
  }

  /** Everything is on disk when it resolves. */
  close(): Promise<void> {
    return this.#options.file.flush();
  }

  #of(personId: string): OperatorState {
    const sinceMs = this.#options.clock.wallMs();
    return (
      this.#states.get(personId) ??
      stateOf(personId, { chosen: { kind: 'available' }, sinceMs, outOf: [], wrapUp: null, reach: DEFAULT_REACH })
    );
  }

  /** What the PBX was sent is told to windows when it says what has become of it. */
  #change(personId: string, part: Partial<OperatorState>, isSent: boolean): void {
    const changed = { ...this.#of(personId), ...part };
    if (isSent) {
      this.#states.set(personId, changed);
    } else {
      const nowMs = this.#options.clock.wallMs();
      const { next } = changed;
      const taken = next === null ? {} : { chosen: next, next: null, chosenSinceMs: nowMs, sinceMs: nowMs };
      const state = { ...changed, ...taken };
      this.#states.set(personId, state);
      this.#options.onChanged([state]);
    }
    this.#keep();
  }

  #records(): OperatorRecords {
    return Object.fromEntries(
      [...this.#states].map(([personId, { next, chosen, chosenSinceMs, outOf, wrapUp, reach }]) => [
        personId,
        { chosen: next ?? chosen, sinceMs: chosenSinceMs, outOf, wrapUp, reach },
      ]),
    );
  }

  /** Calls come and go all day long; only what outlives them is written. */
  #keep(): void {
    const records = this.#records();
    if (sameJson(records, this.#written)) return;
    this.#written = records;
    this.#options.file.write(records);
  }
}

/** How someone stands of whom no phone is known. */
function stateOf(personId: string, { chosen, sinceMs, outOf, wrapUp, reach }: OperatorRecord): OperatorState {
  return {
    personId,
    chosen,
    next: null,
    activity: 'idle',
    wrapUp,
    hasPhone: false,
    outOf,
    reach,
    chosenSinceMs: sinceMs,
    sinceMs,
  };
}

/** The calls of the contract about states. */
export function deskHandlers(theDesk: () => DeskService): Pick<BridgeHandlers, keyof typeof deskCalls> {
  return {
    'desk.state': async () => ({ operators: theDesk().operators }),
    'desk.setState': async ({ personId, state }) => {
      theDesk().setState(personId, state);
      return {};
    },
    'desk.setQueue': async ({ personId, queueId, in: isIn }) => {
      theDesk().setQueue(personId, queueId, isIn);
      return {};
    },
    'desk.setReach': async ({ personId, reach }) => {
      theDesk().setReach(personId, reach);
      return {};
    },
    'desk.wrapUp': async ({ personId, change }) => {
      theDesk().changeWrapUp(personId, change);
      return {};
    },
  };
}
