/** debug = for a developer; info = one line per change of life; warn = someone should look; error = something broke. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Values in a log line. Never a secret, a password, or digits that a node marks as secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured log: an event name (`pbx.call-started`) and flat fields. */
export interface Logger {
  log(level: LogLevel, event: string, fields?: LogFields): void;
}

/** A logger that says nothing; the default of everything that takes one. */
export const silentLogger: Logger = { log: () => {} };
