import type { PbxEvent } from '../../shared/bridge/pbx.ts';
import type { LogFields, LogLevel } from '../../shared/lib/logger.ts';

/** A line of the log as an event for the parent; fields that are not there are left out. */
export function logEvent(level: LogLevel, event: string, fields: LogFields = {}): PbxEvent {
  const defined = Object.entries(fields).filter((field): field is [string, string | number | boolean] => {
    return field[1] !== undefined;
  });
  return { type: 'log', level, event, fields: Object.fromEntries(defined) };
}
