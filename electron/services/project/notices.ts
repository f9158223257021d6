import type { ProjectNotice } from '../../../shared/bridge/notices.ts';

/** Keeps notices until they are told: most come while no window is there yet. */
export class NoticeBoard {
  #waiting: ProjectNotice[] = [];
  #listener: (() => void) | undefined;

  post(notice: ProjectNotice): void {
    this.#waiting = [...this.#waiting, notice];
    this.#listener?.();
  }

  /** All that were not taken yet, oldest first; each is told once. */
  take(): ProjectNotice[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  /** Tells that there is something to take. */
  onPosted(listener: () => void): void {
    this.#listener = listener;
  }
}
