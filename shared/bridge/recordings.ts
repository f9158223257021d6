import { z } from 'zod';
import { IdSchema } from '../flow/ids.ts';

/** Sound is read in pieces of at most this size, bytes: an hour of it is more than one message should carry. */
export const RECORDING_PIECE_BYTES = 2 * 1024 * 1024;

/** By its call, and its place among the recordings of that call from the second one on. */
export const RecordingIdSchema = z.string().regex(/^[0-9a-f-]{36}(_[1-9]\d{0,3})?$/);

/** Something that was left out, e.g. the number of a card. */
export const RecordingPauseSchema = z.strictObject({
  /** Where in the sound, ms. */
  atMs: z.number().nonnegative(),
  /** How long; null: it lasted to the end. */
  durationMs: z.number().nonnegative().nullable(),
});

/** A recorded conversation, as its file beside the sound says. Times are wall-clock ms. */
export const RecordingSchema = z.strictObject({
  id: RecordingIdSchema,
  callId: z.string(),
  projectId: IdSchema,
  queueId: IdSchema,
  /** Who is on the right; the caller is on the left. */
  personId: z.string().nullable(),
  caller: z.strictObject({ number: z.string(), name: z.string() }),
  startedAtMs: z.number(),
  /** Of the sound. */
  durationMs: z.number().nonnegative(),
  sampleRate: z.union([z.literal(8000), z.literal(16_000)]),
  pauses: z.array(RecordingPauseSchema),
  /** What ended it; null while it goes on, and for ever when the phone system broke off. */
  endedBy: z.enum(['hold', 'transfer', 'operator', 'end', 'failed']).nullable(),
});
export type Recording = z.infer<typeof RecordingSchema>;
export type RecordingEndCause = NonNullable<Recording['endedBy']>;

/** How the recording of a live conversation stands. */
export const RecordingStateSchema = z.strictObject({
  /** What the queue has set. */
  mode: z.enum(['on-request', 'always']),
  /** `off`: not recorded now. `notice`: both are just told that they will be. */
  state: z.enum(['off', 'notice', 'recording', 'paused']),
  /** Since when, wall-clock ms. */
  sinceMs: z.number(),
  /** What was recorded of this call before that, ms. */
  recordedMs: z.number().nonnegative(),
  /** Why there is no recording though there should be. */
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
});
export type RecordingState = z.infer<typeof RecordingStateSchema>;

/** What the operator of a call does with its recording. */
export const RecordingActionSchema = z.enum(['start', 'pause', 'resume', 'stop']);
export type RecordingAction = z.infer<typeof RecordingActionSchema>;

const Empty = z.strictObject({});

/** Calls about recorded conversations. */
export const recordingCalls = {
  /**
   * Starts, pauses, resumes or stops the recording of a live call. Fails with `recording/no-call`,
   * `recording/not-allowed` (by its queue), `recording/refused` (by the caller) or `recording/always` (cannot be stopped).
   */
  'calls.record': {
    input: z.strictObject({ callId: z.string().max(200), action: RecordingActionSchema }),
    output: Empty,
  },
  /** The recordings of a call, the first one first. */
  'recordings.ofCall': {
    input: z.strictObject({ callId: z.string().max(200) }),
    output: z.strictObject({ recordings: z.array(RecordingSchema) }),
  },
  /** A piece of the WAV file from that byte on, and how many bytes it has by now. Fails with `recording/unknown`. */
  'recordings.audio': {
    input: z.strictObject({ id: RecordingIdSchema, from: z.number().int().nonnegative() }),
    output: z.strictObject({ base64: z.string(), totalBytes: z.number().int().nonnegative() }),
  },
  /** Takes a recording away for good. Fails with `recording/unknown`. */
  'recordings.remove': { input: z.strictObject({ id: RecordingIdSchema }), output: Empty },
} as const;

export const recordingEvents = {
  /** A call has another recording, or one less. */
  'recordings.changed': z.strictObject({ callId: z.string() }),
} as const;
