/** What a command's exit says; documented in `--help` and the README. */
export const EXIT = {
  /** Done, nothing found. */
  ok: 0,
  /** Findings, failures, differences or conflicts. */
  found: 1,
  /** Wrong usage, or an input that cannot be read. */
  trouble: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
