import { randomUUID } from 'node:crypto';
import type { Callback, CallbackOutcome, CallbackWish } from '../../../shared/bridge/callbacks.ts';
import { encodeCallerContext } from '../../../shared/bridge/caller-context.ts';
import type { PbxEvent } from '../../../shared/bridge/pbx.ts';
import type { RecordingAction } from '../../../shared/bridge/recordings.ts';
import type { PersonId, QueueId } from '../../../shared/flow/ids.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { Queue } from '../../../shared/queue/queue.ts';
import type { RingOffer } from '../../../shared/queue/ringer.ts';
import { CallRecord } from '../call-record.ts';
import type { QueueRing } from '../effects/effect-host.ts';
import type { People } from '../people.ts';
import type { AnsweredPerson } from '../person-ringer.ts';
import { CallbackCall, type CallbackCallContext } from './callback-call.ts';
import type { CallbackKeeper } from './callback-keeper.ts';

export interface CallbackDeskContext {
  /** What an attempt needs; made anew for each. */
  readonly callContext: () => CallbackCallContext;
  readonly clock: CallbackCallContext['clock'];
  readonly logger: CallbackCallContext['logger'];
  readonly keeper: Pick<CallbackKeeper, 'keep'>;
  readonly people: Pick<People, 'account' | 'accountOf' | 'isEngaged'>;
  readonly queueOf: (queueId: QueueId) => Queue<AnsweredPerson> | undefined;
  /** Length of one ring. */
  readonly ringMs: () => number;
  readonly emit: (event: PbxEvent) => void;
  readonly onQueueRing: (ring: QueueRing) => void;
}

/** One caller's place. At most one of the queue's entry, a call and a pause is there. */
interface Place {
  callback: Callback;
  /** Ends the entry in the queue. */
  leave: (() => void) | undefined;
  call: CallbackCall | undefined;
  /** How many calls of theirs wait in the queue themselves. */
  comeBack: number;
  /** Off the list while a call of it goes on. */
  gone: boolean;
}

/** The place of a caller who calls again; `end` is told when that wait is over, and whether they were served. */
export interface ComeBack {
  readonly sinceMs: number | undefined;
  readonly end: (served: boolean) => void;
}

/**
 * Keeps the places of callers who want to be called back in their queues, and calls them when it is their turn. The
 * list itself is the parent's, on disk: it is told what was tried, and gives the list again after a restart.
 *
 * - QD6 When a member answers for a caller who is to be called back, the caller is called; the member hears ringback,
 *   and is connected when the caller answers. That takes the caller off the list.
 * - QD7 A caller who calls in again meanwhile waits at the place that was kept. Once served they are off the list;
 *   when they leave without, the place is kept on.
 * - QD8 A caller who is busy, does not answer or has no phone there is tried again after `callbackRetryMs`, at the place
 *   they had, up to `callbackAttempts` times; so is one whose member hangs up before. Then it stays on the list as
 *   failed and holds no place. A number that no line leads to fails at once. The member hears why.
 * - QD9 Who is taken off the list loses the place, and members who are rung for it stop ringing; a conversation goes on.
 */
export class CallbackDesk {
  readonly #context: CallbackDeskContext;
  readonly #places = new Map<string, Place>();
  /** Ids that are done here though the parent's list may still have them. */
  readonly #settled = new Set<string>();
  readonly #pauses: TimerSet;
  #closed = false;

  constructor(context: CallbackDeskContext) {
    this.#context = context;
    this.#pauses = new TimerSet(context.clock);
  }

  /** Calls that go on. */
  get load(): number {
    return [...this.#places.values()].filter(({ call }) => call !== undefined).length;
  }

  /** QD5: has a wish kept and takes its place. False when it could not be kept. */
  async request(wish: CallbackWish): Promise<boolean> {
    const callback = await this.#context.keeper.keep(wish);
    if (callback === null) return false;
    // Asking again is a new beginning for who could not be reached.
    this.#settled.delete(callback.id);
    const place = this.#places.get(callback.id);
    if (place === undefined) this.#add(callback);
    else place.callback = callback;
    this.#settle();
    return true;
  }

  /** The parent's list, whole. */
  setList(callbacks: readonly Callback[]): void {
    const listed = new Map(callbacks.map((callback) => [callback.id, callback]));
    for (const id of [...this.#settled]) if (!listed.has(id)) this.#settled.delete(id);
    for (const [id, place] of [...this.#places]) if (!listed.has(id)) this.#drop(id, place);
    for (const [id, callback] of listed) {
      if (this.#settled.has(id)) continue;
      const place = this.#places.get(id);
      if (place === undefined) this.#add(callback);
      // What was tried here may not have come to the list yet.
      else if ((callback.tries?.attempts ?? 0) >= (place.callback.tries?.attempts ?? 0)) place.callback = callback;
    }
    this.#settle();
  }

  /** Queues have come, gone or changed. */
  handleConfigured(): void {
    this.#settle();
  }

  /** Someone is in no call any more: their turn may have come. */
  handleIdle(user: string): void {
    const queueIds = [...this.#places.values()].flatMap(({ callback }) =>
      callback.number === user ? [callback.queueId] : [],
    );
    for (const queueId of new Set(queueIds)) this.#context.queueOf(queueId)?.reconsider();
  }

  /** QD7: a caller is about to wait in the queue by themselves. */
  comeBack(queueId: QueueId, number: string): ComeBack {
    const place = [...this.#places.values()].find(
      ({ callback, gone }) => !gone && callback.queueId === queueId && callback.number === number,
    );
    if (place === undefined || place.call !== undefined) return { sinceMs: undefined, end: () => {} };
    const { callback } = place;
    place.comeBack += 1;
    this.#leave(place);
    let ended = false;
    const end = (served: boolean): void => {
      if (ended) return;
      ended = true;
      place.comeBack -= 1;
      if (this.#places.get(callback.id) !== place) return;
      if (served) this.#serve(place, 'called-in');
      else this.#place(place);
    };
    return { sinceMs: sinceOf(callback), end };
  }

  /** What an operator wants of the recording of a call; an unknown id changes nothing. */
  record(callId: string, action: RecordingAction): void {
    for (const { call } of this.#places.values()) if (call?.callId === callId) call.handleRecording(action);
  }

  /** Ends one call by its id; false when there is none of that id here. */
  hangUp(callId: string): boolean {
    const place = [...this.#places.values()].find(({ call }) => call?.callId === callId);
    place?.call?.hangUp('hung-up-by-supervisor');
    return place !== undefined;
  }

  /** Hangs up and forgets; nothing is told to the parent. */
  close(): void {
    this.#closed = true;
    this.#pauses.clear();
    for (const place of [...this.#places.values()]) {
      this.#leave(place);
      place.call?.hangUp('stopped');
    }
    this.#places.clear();
  }

  #add(callback: Callback): void {
    this.#places.set(callback.id, { callback, leave: undefined, call: undefined, comeBack: 0, gone: false });
  }

  #settle(): void {
    for (const place of this.#places.values()) this.#place(place);
  }

  /** Puts them in their queue when they should be there and are not. */
  #place(place: Place): void {
    const { callback } = place;
    const { clock, people, queueOf } = this.#context;
    const queue = queueOf(callback.queueId);
    const isElsewhere = place.leave !== undefined || place.call !== undefined || place.comeBack > 0 || place.gone;
    if (this.#closed || queue === undefined || isElsewhere || callback.tries?.failed === true) return;
    const pauseMs =
      callback.tries === undefined ? 0 : callback.tries.triedAtMs + queue.settings.callbackRetryMs - clock.wallMs();
    if (pauseMs > 0) {
      this.#pauses.set(callback.id, Math.min(pauseMs, queue.settings.callbackRetryMs), () => this.#place(place));
      return;
    }
    this.#pauses.cancel(callback.id);
    place.leave = queue.hold(
      {
        offer: () => this.#offer(place, queue),
        mayRing: (personId) => {
          const account = people.account(callback.number);
          return account === undefined || (account.personId !== personId && !people.isEngaged(account.user));
        },
        onUnanswered: (personId) => this.#noteRing(place, personId, false),
        onAnswered: (personId, person) => {
          if (person.personId === undefined) this.#noteRing(place, personId, true);
          this.#call(place, queue, personId, person);
        },
      },
      sinceOf(callback),
    );
  }

  #noteRing({ callback }: Place, personId: PersonId, answered: boolean): void {
    this.#context.onQueueRing({ callId: callback.id, personId, queueId: callback.queueId, answered });
  }

  #offer({ callback }: Place, queue: Queue<AnsweredPerson>): RingOffer {
    const { number, name, language } = callback;
    const headers = encodeCallerContext({
      callId: callback.id,
      queue: queue.settings.name,
      waitedMs: this.#context.clock.wallMs() - sinceOf(callback),
      path: [],
      callback: true,
      ...(language === undefined ? {} : { language }),
    });
    return { caller: { number, name }, headers: Object.entries(headers) };
  }

  #call(place: Place, queue: Queue<AnsweredPerson>, rung: PersonId, person: AnsweredPerson): void {
    const personId = person.personId ?? rung;
    const { clock, people, ringMs, emit, logger, callContext } = this.#context;
    const { callback } = place;
    const { number, name, queueId } = callback;
    place.leave = undefined;
    const callId = randomUUID();
    const record = new CallRecord(emit, {
      callId,
      caller: { number, name },
      dialled: number,
      startedAtMs: clock.wallMs(),
    });
    record.update({ phase: 'ringing', queueId, personId });
    logger.log('info', 'pbx.callback-started', { callId, queueId });
    const from = { number: people.accountOf(personId)?.user ?? '', name: queue.settings.name };
    const account = people.account(number);
    const call = new CallbackCall(
      callContext(),
      {
        callId,
        callback,
        account,
        ringMs: queue.settings.callbackRings * ringMs(),
        from,
        recording: queue.settings.recording,
      },
      person,
      () => queue.finish(rung, person.release, { queueId, callId }),
      record,
      {
        onOutcome: (outcome) => {
          logger.log('info', 'pbx.callback-tried', { callId, outcome });
          if (outcome === 'reached') this.#tellServed(place, outcome);
          else this.#noteFailure(place, queue, outcome);
        },
        onEnded: () => {
          place.call = undefined;
          if (place.gone) this.#places.delete(callback.id);
          else this.#place(place);
        },
      },
    );
    place.call = call;
    call.start();
  }

  #noteFailure(place: Place, queue: Queue<AnsweredPerson>, outcome: CallbackOutcome): void {
    if (place.gone) return;
    const { clock, emit } = this.#context;
    const attempts = (place.callback.tries?.attempts ?? 0) + 1;
    const failed = outcome === 'no-line' || attempts >= queue.settings.callbackAttempts;
    const tries = { attempts, triedAtMs: clock.wallMs(), outcome, failed };
    place.callback = { ...place.callback, tries };
    emit({ type: 'callback-tried', id: place.callback.id, result: tries });
  }

  #serve(place: Place, served: 'called-in'): void {
    this.#tellServed(place, served);
    this.#drop(place.callback.id, place);
  }

  #tellServed(place: Place, served: 'reached' | 'called-in'): void {
    const { id } = place.callback;
    if (place.gone) return;
    place.gone = true;
    this.#settled.add(id);
    this.#context.emit({ type: 'callback-tried', id, result: { served } });
  }

  /** QD9 */
  #drop(id: string, place: Place): void {
    place.gone = true;
    this.#leave(place);
    if (place.call === undefined) this.#places.delete(id);
  }

  #leave(place: Place): void {
    this.#pauses.cancel(place.callback.id);
    const { leave } = place;
    place.leave = undefined;
    leave?.();
  }
}

/** Since when someone waits: their place in the queue. */
function sinceOf({ waitingSinceMs, requestedAtMs }: Callback): number {
  return waitingSinceMs ?? requestedAtMs;
}
