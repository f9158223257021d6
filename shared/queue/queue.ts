import type { QueueOutcome, QueueSnapshot } from '../engine/events.ts';
import type { PersonId } from '../flow/ids.ts';
import type { Queue as QueueSettings } from '../flow/project.ts';
import type { Clock } from '../lib/clock.ts';
import { TimerSet } from '../lib/timer-set.ts';
import type { People, Release, WrapUpOf } from './people.ts';
import type { QueueFacts } from './queue-facts.ts';
import { RecentWaits } from './recent-waits.ts';
import type { Ringer, Ringing, RingOffer } from './ringer.ts';
import { type Candidate, choose, type StrategyContext } from './strategies.ts';

export interface QueueContext<Answered> {
  readonly clock: Clock;
  readonly ringer: Ringer<Answered>;
  readonly people: People;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** `facts` are other ones now; told more than once for one change. */
  readonly onFacts?: () => void;
}

/** Who has a place in the queue, on the line or not. */
export interface Placed<Answered> {
  /** What a member's phone shows; made anew for each ring, because the wait is part of it. */
  readonly offer: () => RingOffer;
  readonly onRinging?: (personId: PersonId) => void;
  readonly onAnswered: (personId: PersonId, answered: Answered) => void;
  /** A member's phone rang to its end in vain; told before they are free again. */
  readonly onUnanswered?: (personId: PersonId) => void;
  /** Whether that member may be rung for it now; without it every member may. */
  readonly mayRing?: (personId: PersonId) => boolean;
}

/** A caller on the line. */
export interface Waiting<Answered> extends Placed<Answered> {
  readonly maxWaitMs: number;
  /** The wait is over without an answer. May be called before `join` returns. */
  readonly onEnded: (outcome: Exclude<QueueOutcome, 'answered' | 'key-pressed'>) => void;
}

/** How someone stands who waits. */
export interface Standing {
  /** 1 is the first. */
  readonly position: number;
  /** How much longer they are likely to wait; undefined: nothing is known that would say so. */
  readonly remainingMs: number | undefined;
}

interface Entry<Answered> {
  readonly placed: Placed<Answered>;
  /** Since when they wait, wall-clock ms. */
  readonly sinceMs: number;
  /** Their whole wait is one in this queue, by the monotonic clock since then; undefined when it began elsewhere. */
  readonly joinedAtMs: number | undefined;
  /** Undefined for who is not on the line. */
  readonly onEnded: Waiting<Answered>['onEnded'] | undefined;
  readonly timers: TimerSet;
  readonly ringing: Map<PersonId, Ringing>;
  /** Members who were rung in this round and did not answer. */
  readonly tried: Set<PersonId>;
}

interface MemberRecord {
  calls: number;
  /** Wall-clock ms. */
  lastCallMs: number | undefined;
}

/**
 * Callers who wait for a member of a group, in the order they came (rules QD*).
 *
 * - QD1 Callers are served in order. A later caller is offered a member only while nobody before can use them; when an
 *   earlier caller runs out of members, a member who is only being rung for a later one is taken over.
 * - QD2 A round rings each available member once, in the order of the strategy, `rings` × `ringMs` each; after a round
 *   without an answer it waits `retryMs` and begins anew.
 * - QD3 Who is in a call, in wrap-up, paused, logged out or not registered is not rung.
 * - QD4 Who becomes free (registers, ends a call or wrap-up) is offered to the first caller at once, round or not.
 * - QD5 Who asked to be called back keeps the place they had, though they are not on the line: QD1 to QD4 hold for them
 *   as for anyone. They are not counted for `maxLength`, and neither the longest wait nor an empty queue ends it. While
 *   their own phone is in a call, members are rung for those behind them.
 *
 * - QD10 Who waits has a place, which counts everyone before them, on the line or not (QD5), and perhaps a time that
 *   the wait is likely to last yet: of the latest waits that ended with an answer (`RecentWaits`) those that were longer
 *   than theirs is by now, and of what these lasted longer the mean.
 * - QD11 What a queue has learnt (`facts`) can be kept and given to another one, which goes on from there: whose turn it
 *   is, who took how many calls and when the last one, and the latest waits.
 *
 * What happens when a member answers for them is in `callbacks/callback-desk.ts`, QD6 to QD9.
 */
export class Queue<Answered> {
  readonly #context: QueueContext<Answered>;
  readonly #members = new Map<PersonId, MemberRecord>();
  readonly #entries: Entry<Answered>[] = [];
  readonly #waits = new RecentWaits();
  #settings: QueueSettings;
  #ringMs: number;
  #lastRung: PersonId | undefined;
  #serving = false;
  #again = false;

  constructor(context: QueueContext<Answered>, settings: QueueSettings, ringMs: number) {
    this.#context = context;
    this.#settings = settings;
    this.#ringMs = ringMs;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** How the queue stands: who is here, who of them could take a call now, and how many wait. */
  snapshot(): QueueSnapshot {
    const { people } = this.#context;
    const members = [...new Set(this.#settings.members.map(({ personId }) => personId))];
    return {
      here: members.filter((personId) => people.isHere(personId)).length,
      free: members.filter((personId) => people.availability(personId) === 'free').length,
      waiting: this.#entries.length,
    };
  }

  /** How a caller stands who has joined, by what they joined with (QD10); undefined when they wait no more. */
  standingOf(placed: Placed<Answered>): Standing | undefined {
    const { clock } = this.#context;
    const at = this.#entries.findIndex((entry) => entry.placed === placed);
    const entry = this.#entries[at];
    if (entry === undefined) return undefined;
    const nowMs = clock.wallMs();
    return { position: at + 1, remainingMs: this.#waits.remainingMs(nowMs - entry.sinceMs, nowMs) };
  }

  /** QD11 */
  get facts(): QueueFacts {
    const members = Object.fromEntries(
      [...this.#members].map(([personId, { calls, lastCallMs = null }]) => [personId, { calls, lastCallMs }] as const),
    );
    return { lastRung: this.#lastRung ?? null, members, waits: this.#waits.all };
  }

  /** QD11: takes the facts of another one, before anyone has called. */
  restore({ lastRung, members, waits }: QueueFacts): void {
    this.#lastRung = lastRung ?? undefined;
    this.#members.clear();
    for (const [personId, { calls, lastCallMs }] of Object.entries(members)) {
      this.#members.set(personId, { calls, lastCallMs: lastCallMs ?? undefined });
    }
    this.#waits.restore(waits);
  }

  get settings(): QueueSettings {
    return this.#settings;
  }

  /** New settings hold for everyone who waits, from the next ring on. */
  configure(settings: QueueSettings, ringMs: number): void {
    this.#settings = settings;
    this.#ringMs = ringMs;
    this.#serve();
  }

  /**
   * Takes a caller in, or not: `full` and `join-empty` come before this returns. Gives the way out. `sinceMs` is the
   * place of one who has waited before, wall-clock ms; there is always room for them.
   */
  join(waiting: Waiting<Answered>, sinceMs?: number): () => void {
    const { maxLength, joinWhenEmpty } = this.#settings;
    const onTheLine = this.#entries.filter(({ onEnded }) => onEnded !== undefined).length;
    if (maxLength !== undefined && sinceMs === undefined && onTheLine >= maxLength) {
      waiting.onEnded('full');
      return () => {};
    }
    if (!joinWhenEmpty && this.#isEmpty()) {
      waiting.onEnded('join-empty');
      return () => {};
    }
    const entry = this.#insert(waiting, waiting.onEnded, sinceMs);
    entry.timers.set('max-wait', waiting.maxWaitMs, () => {
      if (this.#remove(entry, 'no-answer')) waiting.onEnded('timeout');
    });
    this.#serve();
    return () => void this.#remove(entry, 'caller-gone');
  }

  /** Keeps a place for someone who is not on the line (QD5). Gives the way to end it. */
  hold(placed: Placed<Answered>, sinceMs: number): () => void {
    const entry = this.#insert(placed, undefined, sinceMs);
    this.#serve();
    return () => void this.#remove(entry, 'caller-gone');
  }

  /** Who may be rung for whom has changed; see `Placed.mayRing`. */
  reconsider(): void {
    this.#serve();
  }

  /** Someone became free; see `PeopleEvents.onFree`. */
  handleFree(personId: PersonId, fresh: boolean): void {
    if (fresh) for (const entry of this.#entries) entry.tried.delete(personId);
    this.#serve();
  }

  /** Someone's last phone went away, or their first came, or they may not be rung any more. */
  handleHere(): void {
    this.#serve();
  }

  /** A conversation of this queue is over; the member gets their wrap-up. */
  finish(personId: PersonId, release: Release, of: Omit<WrapUpOf, 'ms'>): void {
    this.#noteCall(personId);
    release({ wrapUp: { ...of, ms: this.#settings.wrapUpMs } });
  }

  close(): void {
    for (const entry of [...this.#entries]) this.#remove(entry, 'caller-gone');
  }

  /** Without `sinceMs` at the end; with it before the first who came later. */
  #insert(placed: Placed<Answered>, onEnded: Entry<Answered>['onEnded'], sinceMs?: number): Entry<Answered> {
    const { clock } = this.#context;
    const timers = new TimerSet(clock);
    const since = sinceMs ?? clock.wallMs();
    const entry: Entry<Answered> = {
      placed,
      sinceMs: since,
      joinedAtMs: sinceMs === undefined ? clock.nowMs() : undefined,
      onEnded,
      timers,
      ringing: new Map(),
      tried: new Set(),
    };
    const later = sinceMs === undefined ? -1 : this.#entries.findIndex((other) => other.sinceMs > sinceMs);
    this.#entries.splice(later === -1 ? this.#entries.length : later, 0, entry);
    return entry;
  }

  /** Offers members to callers, first come first; ringing may fail at once and ask for another turn. */
  #serve(): void {
    this.#again = true;
    if (this.#serving) return;
    this.#serving = true;
    while (this.#again) {
      this.#again = false;
      if (this.#settings.leaveWhenEmpty && this.#isEmpty()) {
        for (const entry of [...this.#entries]) {
          const { onEnded } = entry;
          if (onEnded !== undefined && this.#remove(entry, 'caller-gone')) onEnded('leave-empty');
        }
      }
      for (const entry of [...this.#entries]) if (this.#entries.includes(entry)) this.#advance(entry);
    }
    this.#serving = false;
  }

  #advance(entry: Entry<Answered>): void {
    const { strategy } = this.#settings;
    if (entry.ringing.size > 0 && strategy !== 'ringall') return;
    const ceiling = this.#ringingPenalty(entry);
    const free = this.#candidates(entry, (personId) => this.#context.people.availability(personId) === 'free').filter(
      (candidate) => candidate.penalty <= ceiling,
    );
    const taken = free.length > 0 || entry.ringing.size > 0 ? [] : this.#takeOver(entry);
    const chosen = choose(strategy, free.length > 0 ? free : taken, this.#strategyContext());
    for (const personId of chosen) this.#ring(entry, personId);
    // QD2: everyone was tried; begin anew after the pause.
    if (entry.ringing.size === 0 && entry.tried.size > 0 && !entry.timers.has('retry')) {
      entry.timers.set('retry', this.#settings.retryMs, () => {
        entry.tried.clear();
        this.#serve();
      });
    }
  }

  /** Who joins in while others ring (`ringall`) must be of their penalty; while nobody rings, anyone may. */
  #ringingPenalty(entry: Entry<Answered>): number {
    const ringing = this.#settings.members.filter(({ personId }) => entry.ringing.has(personId));
    return ringing.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...ringing.map((member) => member.penalty));
  }

  #candidates(entry: Entry<Answered>, isUsable: (personId: PersonId) => boolean): Candidate[] {
    return this.#settings.members.flatMap(({ personId, penalty }, index) => {
      if (entry.tried.has(personId) || !isUsable(personId)) return [];
      if (entry.placed.mayRing?.(personId) === false) return [];
      return [{ personId, penalty, index, ...this.#record(personId) }];
    });
  }

  /** QD1: of the members that ring for later callers, those whom this one may have; the one chosen stops ringing. */
  #takeOver(entry: Entry<Answered>): Candidate[] {
    const later = this.#entries.slice(this.#entries.indexOf(entry) + 1);
    const holderOf = (personId: PersonId): Entry<Answered> | undefined =>
      later.findLast((other) => other.ringing.has(personId));
    const candidates = this.#candidates(entry, (personId) => holderOf(personId) !== undefined);
    const [personId] = choose(this.#settings.strategy, candidates, this.#strategyContext());
    if (personId === undefined) return [];
    const holder = holderOf(personId);
    const ringing = holder?.ringing.get(personId);
    holder?.ringing.delete(personId);
    if (holder?.ringing.size === 0) holder.timers.cancel('ring');
    ringing?.cancel('answered-elsewhere');
    return candidates.filter((candidate) => candidate.personId === personId);
  }

  #ring(entry: Entry<Answered>, personId: PersonId): void {
    this.#lastRung = personId;
    this.#context.onFacts?.();
    entry.timers.cancel('retry');
    if (!entry.timers.has('ring')) {
      entry.timers.set('ring', this.#settings.rings * this.#ringMs, () => this.#giveUp(entry));
    }
    let failed = false;
    const ringing = this.#context.ringer.ring(personId, entry.placed.offer(), {
      onRinging: () => entry.placed.onRinging?.(personId),
      onAnswered: (answered) => {
        entry.ringing.delete(personId);
        if (!this.#remove(entry, 'answered-elsewhere')) return;
        this.#record(personId).calls += 1;
        // Already here: a crash in the middle of the call must not make it their turn again.
        this.#noteCall(personId);
        this.#noteWait(entry);
        entry.placed.onAnswered(personId, answered);
      },
      onFailed: (why) => {
        failed = true;
        if (why === 'no-answer') entry.placed.onUnanswered?.(personId);
        entry.tried.add(personId);
        entry.ringing.delete(personId);
        if (entry.ringing.size === 0) entry.timers.cancel('ring');
        this.#serve();
      },
    });
    if (!failed) entry.ringing.set(personId, ringing);
  }

  #giveUp(entry: Entry<Answered>): void {
    const given = [...entry.ringing];
    entry.ringing.clear();
    for (const [personId] of given) entry.tried.add(personId);
    for (const [personId, ringing] of given) {
      entry.placed.onUnanswered?.(personId);
      ringing.cancel('no-answer');
    }
    this.#serve();
  }

  #remove(entry: Entry<Answered>, why: Parameters<Ringing['cancel']>[0]): boolean {
    const at = this.#entries.indexOf(entry);
    if (at === -1) return false;
    this.#entries.splice(at, 1);
    entry.timers.clear();
    const rung = [...entry.ringing.values()];
    entry.ringing.clear();
    for (const ringing of rung) ringing.cancel(why);
    this.#serve();
    return true;
  }

  #strategyContext(): StrategyContext {
    const lastRungIndex = this.#settings.members.findIndex(({ personId }) => personId === this.#lastRung);
    return { lastRungIndex, random: this.#context.random };
  }

  #noteCall(personId: PersonId): void {
    this.#record(personId).lastCallMs = this.#context.clock.wallMs();
    this.#context.onFacts?.();
  }

  /** QD10 */
  #noteWait({ joinedAtMs }: Entry<Answered>): void {
    const { clock } = this.#context;
    if (joinedAtMs !== undefined)
      this.#waits.note({ waitedMs: clock.nowMs() - joinedAtMs, answeredAtMs: clock.wallMs() });
  }

  #isEmpty(): boolean {
    return !this.#settings.members.some(({ personId }) => this.#context.people.isHere(personId));
  }

  #record(personId: PersonId): MemberRecord {
    let record = this.#members.get(personId);
    if (record === undefined) {
      record = { calls: 0, lastCallMs: undefined };
      this.#members.set(personId, record);
    }
    return record;
  }
}
