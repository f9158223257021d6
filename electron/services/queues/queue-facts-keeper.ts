import type { PbxCommand } from '../../../shared/bridge/pbx.ts';
import {
  type KeptQueueFacts,
  type QueueFactsRecords,
  QueueFactsRecordsSchema,
} from '../../../shared/bridge/queue-facts.ts';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { KeptFile } from '../kept-file.ts';

/** The disk is not written to more often: queues change with each ring. */
export const WRITE_EVERY_MS = 1000;

export interface QueueFactsKeeperOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Gives the PBX a command. */
  readonly send: (command: Extract<PbxCommand, { type: 'queue-facts' }>) => void;
}

/**
 * Keeps what queues have learnt (QD11): the PBX tells it, and gets it again at each start, so that after a restart or a
 * crash it is nobody's turn twice, and callers are told how long they wait.
 */
export class QueueFactsKeeper {
  readonly #options: QueueFactsKeeperOptions;
  readonly #file: KeptFile<QueueFactsRecords>;
  #records: QueueFactsRecords = {};
  #isDirty = false;
  #cancelPause: CancelTimer | undefined;

  constructor(options: QueueFactsKeeperOptions) {
    const { path, logger } = options;
    this.#options = options;
    this.#file = new KeptFile({ path, logger, schema: QueueFactsRecordsSchema, empty: {}, area: 'queues' });
  }

  /** Takes what was kept. */
  open(): void {
    this.#records = this.#file.read(this.#options.clock.wallMs());
  }

  /** The PBX runs, and has no queues yet: it gets what they knew. */
  handlePbxStarted(): void {
    this.#options.send({ type: 'queue-facts', records: this.#records });
  }

  /** A queue has learnt something. */
  handleFacts(queueId: string, facts: KeptQueueFacts): void {
    this.#records = { ...this.#records, [queueId]: facts };
    this.#isDirty = true;
    if (this.#cancelPause === undefined) this.#write();
  }

  /** Everything is on disk when it resolves. */
  async close(): Promise<void> {
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    if (this.#isDirty) this.#file.write(this.#records);
    this.#isDirty = false;
    await this.#file.flush();
  }

  #write(): void {
    this.#isDirty = false;
    this.#file.write(this.#records);
    this.#cancelPause = this.#options.clock.after(WRITE_EVERY_MS, () => {
      this.#cancelPause = undefined;
      if (this.#isDirty) this.#write();
    });
  }
}
