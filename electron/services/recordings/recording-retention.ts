import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import type { RecordingStore } from './recording-store.ts';

/** How often it is looked whether the time of a recording is over. */
export const LOOK_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface RetentionOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: Pick<RecordingStore, 'forget'>;
  /** The project that is open, and for how many days it keeps recordings; 0: for ever. */
  readonly settings: () => Promise<{ readonly projectId: string; readonly keepDays: number }>;
  readonly onForgotten: (callIds: readonly string[]) => void;
}

/** Deletes recordings whose time is over, by the settings of the project that made them. */
export class RecordingRetention {
  readonly #options: RetentionOptions;
  #cancel: CancelTimer | undefined;
  #isStopped = false;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Looks now, and every hour until it is stopped. */
  async start(): Promise<void> {
    await this.#look();
    if (!this.#isStopped) this.#cancel = this.#options.clock.after(LOOK_EVERY_MS, () => void this.start());
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  async #look(): Promise<void> {
    const { clock, logger, store, settings, onForgotten } = this.#options;
    try {
      const { projectId, keepDays } = await settings();
      if (keepDays === 0) return;
      const callIds = await store.forget(projectId, clock.wallMs() - keepDays * DAY_MS);
      if (callIds.length === 0) return;
      logger.log('info', 'recordings.forgotten', { count: callIds.length, keepDays });
      onForgotten(callIds);
    } catch (error) {
      // The next look tries again.
      logger.log('error', 'recordings.not-forgotten', { code: toErrorDetail(error).code });
    }
  }
}
