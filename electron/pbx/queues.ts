import type { PbxConfig } from '../../shared/bridge/pbx.ts';
import type { PersonId, QueueId } from '../../shared/flow/ids.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { Queue, type QueueContext } from '../../shared/queue/queue.ts';
import type { Ringer } from '../../shared/queue/ringer.ts';
import type { People } from './people.ts';
import type { AnsweredPerson } from './person-ringer.ts';

export interface QueuesOptions {
  readonly clock: Clock;
  readonly ringer: Ringer<AnsweredPerson>;
  readonly people: People;
  readonly random: () => number;
}

/** The queues of the PBX, by id. One that is configured again keeps who waits in it. */
export class Queues {
  readonly #options: QueuesOptions;
  readonly #queues = new Map<QueueId, Queue<AnsweredPerson>>();

  constructor(options: QueuesOptions) {
    this.#options = options;
  }

  get(queueId: QueueId): Queue<AnsweredPerson> | undefined {
    return this.#queues.get(queueId);
  }

  configure({ queues, ringMs }: Pick<PbxConfig, 'queues' | 'ringMs'>): void {
    for (const [queueId, settings] of Object.entries(queues)) {
      const existing = this.#queues.get(queueId);
      if (existing === undefined) this.#queues.set(queueId, new Queue(this.#contextOf(queueId), settings, ringMs));
      else existing.configure(settings, ringMs);
    }
  }

  #contextOf(queueId: QueueId): QueueContext<AnsweredPerson> {
    return { ...this.#options, people: this.#options.people.forQueue(queueId) };
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
