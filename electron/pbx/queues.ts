import type { PbxConfig } from '../../shared/bridge/pbx.ts';
import type { KeptQueueFacts, QueueFactsRecords } from '../../shared/bridge/queue-facts.ts';
import type { PersonId, QueueId } from '../../shared/flow/ids.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { lookup } from '../../shared/lib/record.ts';
import { Queue, type QueueContext } from '../../shared/queue/queue.ts';
import type { Ringer } from '../../shared/queue/ringer.ts';
import type { People } from './people.ts';
import type { AnsweredPerson } from './person-ringer.ts';

export interface QueuesOptions {
  readonly clock: Clock;
  readonly ringer: Ringer<AnsweredPerson>;
  readonly people: People;
  readonly random: () => number;
  /** A queue has learnt something; told once for all that happens at once. */
  readonly onFacts: (queueId: QueueId, facts: KeptQueueFacts) => void;
}

/** The queues of the PBX, by id. One that is configured again keeps who waits in it. */
export class Queues {
  readonly #options: QueuesOptions;
  readonly #queues = new Map<QueueId, Queue<AnsweredPerson>>();
  /** What queues knew before a restart that are not there yet. */
  #known: QueueFactsRecords = {};
  readonly #learnt = new Set<QueueId>();

  constructor(options: QueuesOptions) {
    this.#options = options;
  }

  get(queueId: QueueId): Queue<AnsweredPerson> | undefined {
    return this.#queues.get(queueId);
  }

  configure({ queues, ringMs }: Pick<PbxConfig, 'queues' | 'ringMs'>): void {
    for (const [queueId, settings] of Object.entries(queues)) {
      const existing = this.#queues.get(queueId);
      if (existing !== undefined) {
        existing.configure(settings, ringMs);
        continue;
      }
      const queue = new Queue(this.#contextOf(queueId), settings, ringMs);
      const known = lookup(this.#known, queueId);
      if (known !== undefined) queue.restore(known);
      this.#queues.set(queueId, queue);
    }
  }

  /** QD11: queues that are configured from now on go on from there. */
  restore(records: QueueFactsRecords): void {
    this.#known = records;
  }

  #contextOf(queueId: QueueId): QueueContext<AnsweredPerson> {
    const { clock, ringer, people, random } = this.#options;
    return { clock, ringer, random, people: people.forQueue(queueId), onFacts: () => this.#noteFacts(queueId) };
  }

  /** A ring of many phones is one thing to tell. */
  #noteFacts(queueId: QueueId): void {
    if (this.#learnt.size === 0) queueMicrotask(() => this.#tellFacts());
    this.#learnt.add(queueId);
  }

  #tellFacts(): void {
    for (const queueId of this.#learnt) {
      const facts = this.#queues.get(queueId)?.facts;
      if (facts !== undefined) this.#options.onFacts(queueId, { ...facts, waits: [...facts.waits] });
    }
    this.#learnt.clear();
  }

  handleFree(personId: PersonId, fresh: boolean): void {
    for (const queue of this.#queues.values()) queue.handleFree(personId, fresh);
  }

  handleHere(): void {
    for (const queue of this.#queues.values()) queue.handleHere();
  }

  close(): void {
    for (const queue of this.#queues.values()) queue.close();
    this.#queues.clear();
  }
}
