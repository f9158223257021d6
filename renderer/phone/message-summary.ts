import type { LightsState } from './lights-store.ts';

/** Reads `application/simple-message-summary` (RFC 3842 5.2); null when it says nothing of voice messages. */
export function parseMessageSummary(text: string): LightsState['messages'] {
  const counts = /^voice-message\s*:\s*(\d{1,9})\s*\/\s*(\d{1,9})/im.exec(text);
  if (counts !== null) return { fresh: Number(counts[1]), heard: Number(counts[2]) };
  // Some servers tell only that there are any.
  const waiting = /^messages-waiting\s*:\s*(yes|no)/im.exec(text)?.[1]?.toLowerCase();
  return waiting === undefined ? null : { fresh: waiting === 'yes' ? 1 : 0, heard: 0 };
}
