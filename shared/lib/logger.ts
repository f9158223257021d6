/** debug = for a developer; info = one line per change of life; warn = someone should look; error = something broke. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Whether a line of that level is wanted by who wants `least` and above. */
export function isLogged(level: LogLevel, least: LogLevel): boolean {
  return RANK[level] >= RANK[least];
}

/** Values in a log line. Never a secret, a password, or digits that a node marks as secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured log: an event name (`pbx.call-started`) and flat fields. */
export interface Logger {
  /** Lines below it are left out: who has to send them far does not have to. `debug` where it is not said. */
  readonly least?: LogLevel;
  log(level: LogLevel, event: string, fields?: LogFields): void;
}

/** A logger that says nothing; the default of everything that takes one. */
export const silentLogger: Logger = { log: () => {} };
