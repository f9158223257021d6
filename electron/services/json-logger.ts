import { isLogged, type Logger, type LogLevel } from '../../shared/lib/logger.ts';

/** One JSON object a line on standard error: `{"at":…,"level":…,"event":…,…}`. Lines below `least` are left out. */
export function jsonLogger(
  least: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(line),
): Logger {
  return {
    least,
    log(level, event, fields = {}) {
      if (!isLogged(level, least)) return;
      write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
    },
  };
}
