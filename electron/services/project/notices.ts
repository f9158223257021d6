/** What happened to the files of a project that a person should know. */
export interface ProjectNotice {
  readonly code: NoticeCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * `recovered`: what a crash had kept from being saved is there again; `changed-outside`: someone else wrote the file,
 * and it was taken; `outside-refused`: it cannot be read, and was not; `moved`: a single file became a folder.
 */
export type NoticeCode = 'project/recovered' | 'project/changed-outside' | 'project/outside-refused' | 'project/moved';

/** Keeps notices until they are told: most come while no window is there yet. */
export class NoticeBoard {
  #waiting: ProjectNotice[] = [];
  #listener: ((notice: ProjectNotice) => void) | undefined;

  post(notice: ProjectNotice): void {
    this.#waiting = [...this.#waiting, notice];
    this.#listener?.(notice);
  }

  /** All that were not taken yet, oldest first; they are told once. */
  take(): readonly ProjectNotice[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  /** Tells of every one that comes from now on. */
  onPosted(listener: (notice: ProjectNotice) => void): void {
    this.#listener = listener;
  }
}
