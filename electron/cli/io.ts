import type { Readable } from 'node:stream';

/** Where a command reads and writes; the process's own streams, or a test's. */
export interface CliIo {
  readonly stdin: Readable;
  /** Writes to the standard output as it is. */
  readonly out: (text: string) => void;
  /** Writes to the standard error output as it is. */
  readonly err: (text: string) => void;
}
