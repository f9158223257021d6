import { z } from 'zod';
import type { Key } from '../flow/ids.ts';

/** What a supervisor does in a conversation of an operator: see `electron/pbx/supervision/SPEC.md`. */
export const SUPERVISION_MODES = ['listen', 'whisper', 'join'] as const;
export const SupervisionModeSchema = z.enum(SUPERVISION_MODES);
export type SupervisionMode = z.infer<typeof SupervisionModeSchema>;

/** The supervisor's key for each mode. */
export const SUPERVISION_KEYS: Partial<Record<Key, SupervisionMode>> = { '4': 'listen', '5': 'whisper', '6': 'join' };

const PREFIX = 'supervise.';

/** What a supervisor's phone dials for a call. */
export function superviseTarget(callId: string): string {
  return `${PREFIX}${callId}`;
}

/** The call that a dialled user part means; undefined when it means something else. */
export function supervisedCallId(dialled: string): string | undefined {
  return dialled.startsWith(PREFIX) ? dialled.slice(PREFIX.length) : undefined;
}
