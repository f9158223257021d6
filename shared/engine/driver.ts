import type { Key } from '../flow/ids.ts';
import type { CancelTimer, Clock } from '../lib/clock.ts';
import { lookup } from '../lib/record.ts';
import { type Countdown, countdownAfter } from './countdown.ts';
import type { CallInfo, Effect, EngineEvent, EventWithoutTime, TraceEntry } from './events.ts';
import { plannedOutcome } from './planned-outcome.ts';
import type { FlowProgram } from './program.ts';
import type { FlowState } from './state.ts';
import { type StepResult, start, step } from './step.ts';
import { dialling, drawing, leaving, playing, requesting, standing, type World, waiting } from './world.ts';

/**
 * The reference driver: runs one call against a simulated world on any clock (a manual one in tests, a real one in the
 * simulator). It carries effects out and answers with events, and adds no meaning of its own.
 */
export class SimulatedCall {
  readonly #program: FlowProgram;
  readonly #world: World;
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #onTrace: (entry: TraceEntry) => void;
  readonly #pending = new Map<string, CancelTimer>();
  readonly #trace: TraceEntry[] = [];
  #queue: { readonly enqueueId: string; readonly breakOutKey: Key | undefined } | null = null;
  /** Numbers drawn by chance so far. */
  #drawn = 0;

  /** Node → how often the world's plan for it was followed. */
  readonly #planned = new Map<string, number>();
  #recordingSinceMs = 0;
  #countdown: Countdown | null = null;
  #state: FlowState;

  /** @param onTrace Hears each line of the trace as it is written. */
  constructor(
    program: FlowProgram,
    call: CallInfo,
    world: World,
    clock: Clock,
    onTrace: (entry: TraceEntry) => void = () => {},
  ) {
    this.#program = program;
    this.#world = world;
    this.#clock = clock;
    this.#startMs = clock.nowMs();
    this.#onTrace = onTrace;
    const begun = start(program, call);
    this.#state = begun.state;
    this.#carryOut(begun);
  }

  get state(): FlowState {
    return this.#state;
  }

  /** What runs down now; null: nothing that ends by itself. */
  get countdown(): Countdown | null {
    return this.#countdown;
  }

  get trace(): readonly TraceEntry[] {
    return this.#trace;
  }

  get hasEnded(): boolean {
    return this.#state.wait.kind === 'ended';
  }

  /** The caller presses a key. In a queue, its break-out key ends the wait; other keys are nothing there. */
  press(digit: Key): void {
    const queue = this.#queue;
    if (queue && queue.breakOutKey === digit) {
      this.#cancel(queue.enqueueId);
      this.#tell({ type: 'queue-ended', enqueueId: queue.enqueueId, outcome: 'key-pressed', key: digit });
    } else {
      this.#tell({ type: 'digit', digit });
    }
  }

  /** The caller hangs up. */
  hangUp(): void {
    this.#tell({ type: 'caller-hung-up' });
  }

  #tell(event: EventWithoutTime): void {
    const atMs = this.#clock.nowMs() - this.#startMs;
    const result = step(this.#program, this.#state, { ...event, atMs } as EngineEvent);
    this.#state = result.state;
    this.#carryOut(result);
  }

  #carryOut(result: StepResult): void {
    const { state, effects } = result;
    this.#countdown = countdownAfter(this.#program, result, this.#countdown);
    if (state.wait.kind !== 'queue') this.#queue = null;
    for (const effect of effects) this.#do(effect);
    if (effects.length > 0) this.#followPlan();
    // EN4: with the call, what was rung or waited for is over too.
    if (state.wait.kind === 'ended') {
      for (const cancel of this.#pending.values()) cancel();
      this.#pending.clear();
    }
  }

  /** What the world says of the node goes before what its effects would meet. */
  #followPlan(): void {
    const planned = plannedOutcome(this.#program, this.#state, this.#world.nodes ?? {}, this.#planned);
    if (planned === null) return;
    for (const id of [...this.#pending.keys()]) if (id !== 'talk') this.#cancel(id);
    const { atMs, ...event } = planned.event;
    this.#after('planned', atMs - this.#state.atMs, event);
  }

  #do(effect: Effect): void {
    switch (effect.type) {
      case 'play': {
        const { playId } = effect;
        const { durationMs, failed } = playing(this.#world, this.#program, effect.prompts, effect.texts);
        const end = failed
          ? ({ type: 'prompt-failed', playId, reason: 'simulated' } as const)
          : ({ type: 'prompt-finished', playId } as const);
        this.#after(playId, durationMs, end);
        break;
      }
      case 'stop-playback':
        this.#cancel(effect.playId);
        break;
      case 'start-timer':
        this.#after(effect.timerId, effect.delayMs, { type: 'timer', timerId: effect.timerId });
        break;
      case 'stop-timer':
        this.#cancel(effect.timerId);
        break;
      case 'dial': {
        const { afterMs, ...end } = dialling(this.#world, effect);
        this.#after(effect.dialId, afterMs, { type: 'dial-ended', dialId: effect.dialId, ...end });
        break;
      }
      case 'enqueue': {
        const { enqueueId } = effect;
        const { afterMs, ...end } = waiting(this.#world, effect);
        this.#queue = { enqueueId, breakOutKey: effect.breakOutKey };
        this.#after(enqueueId, afterMs, { type: 'queue-ended', enqueueId, ...end });
        break;
      }
      case 'time': {
        const { timeId } = effect;
        this.#after(timeId, 0, { type: 'time', timeId });
        break;
      }
      case 'request': {
        const { requestId } = effect;
        const { afterMs, result } = requesting(this.#world, effect);
        this.#after(requestId, afterMs, { type: 'request-ended', requestId, result });
        break;
      }
      case 'queue-state': {
        const { queryId, queueId } = effect;
        this.#after(queryId, 0, { type: 'queue-state', queryId, queue: standing(this.#world, queueId) });
        break;
      }
      case 'random': {
        const { randomId } = effect;
        this.#after(randomId, 0, { type: 'random', randomId, value: drawing(this.#world, this.#drawn++) });
        break;
      }
      case 'record': {
        const { recordingId } = effect;
        const { durationMs, reason } = leaving(this.#world, effect);
        this.#recordingSinceMs = this.#clock.nowMs();
        this.#after(recordingId, durationMs, { type: 'recording-ended', recordingId, reason, durationMs });
        break;
      }
      case 'stop-recording': {
        const { recordingId } = effect;
        const durationMs = this.#clock.nowMs() - this.#recordingSinceMs;
        this.#after(recordingId, 0, { type: 'recording-ended', recordingId, reason: 'key', durationMs });
        break;
      }
      case 'request-callback': {
        const { callbackId } = effect;
        this.#after(callbackId, 0, { type: 'callback-requested', callbackId, outcome: 'requested' });
        break;
      }
      case 'trace':
        this.#write(effect.entry);
        break;
      case 'answer':
      case 'recording-consent':
      case 'hang-up':
        break;
    }
  }

  #write(entry: TraceEntry): void {
    this.#trace.push(entry);
    this.#onTrace(entry);
    if (entry.type === 'answered' && this.#world.talkMs !== undefined) {
      this.#after('talk', this.#world.talkMs, { type: 'far-end-hung-up' });
    }
  }

  /** Tells an event later, or what the world has scripted for this very effect. */
  #after(id: string, delayMs: number, expected: EventWithoutTime): void {
    this.#cancel(id);
    const scripted = this.#world.answers && lookup(this.#world.answers, id);
    const { afterMs, event } = scripted ?? { afterMs: delayMs, event: expected };
    const cancel = this.#clock.after(afterMs, () => {
      this.#pending.delete(id);
      this.#tell(event);
    });
    this.#pending.set(id, cancel);
  }

  #cancel(id: string): void {
    this.#pending.get(id)?.();
    this.#pending.delete(id);
  }
}
