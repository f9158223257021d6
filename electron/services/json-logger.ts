import type { Logger, LogLevel } from '../../shared/lib/logger.ts';

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** One JSON object a line on standard error: `{"at":…,"level":…,"event":…,…}`. Lines below `least` are left out. */
export function jsonLogger(
  least: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(line),
): Logger {
  return {
    log(level, event, fields = {}) {
      if (RANK[level] < RANK[least]) return;
      write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
    },
  };
}
