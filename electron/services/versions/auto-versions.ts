import type { ProjectState } from '../../../shared/bridge/contract.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import type { ChangeOrigin } from '../project/project-store.ts';
import type { VersionStore } from './version-store.ts';

/** A version is kept by itself at most this often. */
export const AUTOMATIC_MS = 600_000;

/**
 * Keeps versions by itself as a project changes (VE3, VE4): what it was before, so that it can be had back. The first
 * change after opening is only remembered; what lay on the disk is the version that is kept with the next.
 */
export class AutoVersions {
  readonly #store: VersionStore;
  readonly #logger: Logger;
  #known: ProjectState | undefined;

  constructor(store: VersionStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** To be called with the project as it was opened. */
  opened(state: ProjectState): void {
    this.#known = state;
  }

  /** To be called with the project after each change. */
  changed(state: ProjectState, origin: ChangeOrigin): void {
    const before = this.#known;
    this.#known = state;
    if (!before || before.path !== state.path || before.project === state.project) return;
    const kind = origin === 'remote' || origin === 'disk' ? 'before-merge' : 'automatic';
    this.#store.keepBefore(before.project, kind, AUTOMATIC_MS).catch((error: unknown) => {
      // VE8: the project itself is saved.
      const { code, message } = toErrorDetail(error);
      this.#logger.log('warn', 'versions.not-kept', { code, message });
    });
  }
}
