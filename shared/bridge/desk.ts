import { z } from 'zod';
import { IdSchema } from '../flow/ids.ts';
import { DEFAULT_REACH, ReachSchema } from './reach.ts';

/** The longest that a wrap-up can last from now on when it is extended, ms. */
export const LONGEST_WRAP_UP_MS = 3_600_000;

/** What a person chooses for themselves, or a supervisor for them. */
export const ChosenStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('available') }),
  z.strictObject({
    kind: z.literal('paused'),
    /** As the project words it; empty when nobody chose it. */
    reason: z.string().max(60),
    /** Nobody chose it: they were rung too often without an answer. */
    auto: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal('logged-out') }),
]);
export type ChosenState = z.infer<typeof ChosenStateSchema>;

/** Time for notes after a conversation of a queue. Times are wall-clock ms. */
export const WrapUpSchema = z.strictObject({
  queueId: z.string(),
  callId: z.string(),
  sinceMs: z.number(),
  endsAtMs: z.number(),
});
export type WrapUp = z.infer<typeof WrapUpSchema>;

/** What outlives the PBX process and the app, of one person. */
export const OperatorRecordSchema = z.strictObject({
  chosen: ChosenStateSchema,
  /** Since when that holds, wall-clock ms. */
  sinceMs: z.number(),
  /** Queues that they are logged out of. */
  outOf: z.array(IdSchema),
  wrapUp: WrapUpSchema.nullable(),
  reach: ReachSchema.default(DEFAULT_REACH),
});
export type OperatorRecord = z.infer<typeof OperatorRecordSchema>;
export const OperatorRecordsSchema = z.record(IdSchema, OperatorRecordSchema);
export type OperatorRecords = z.infer<typeof OperatorRecordsSchema>;

/** How a person stands now. */
export const OperatorStateSchema = z.strictObject({
  personId: IdSchema,
  /** What holds, or comes back after the call and its wrap-up. */
  chosen: ChosenStateSchema,
  /** What was chosen meanwhile, and comes then in its place. */
  next: ChosenStateSchema.nullable(),
  activity: z.enum(['idle', 'ringing', 'on-call']),
  wrapUp: WrapUpSchema.nullable(),
  hasPhone: z.boolean(),
  outOf: z.array(IdSchema),
  reach: ReachSchema,
  /** Since when `chosen` holds, calls within it or not, wall-clock ms. */
  chosenSinceMs: z.number(),
  /** Since when it is as `shownState` says, wall-clock ms; a pause goes on over a call. */
  sinceMs: z.number(),
});
export type OperatorState = z.infer<typeof OperatorStateSchema>;

/** The one word for it. `offline`: no phone of theirs is there. */
export type ShownState = 'available' | 'ringing' | 'on-call' | 'wrap-up' | 'paused' | 'logged-out' | 'offline';

/** What of it matters most to others. */
export function shownState({
  activity,
  wrapUp,
  chosen,
  hasPhone,
}: Pick<OperatorState, 'activity' | 'wrapUp' | 'chosen' | 'hasPhone'>): ShownState {
  if (activity !== 'idle') return activity;
  if (wrapUp !== null) return 'wrap-up';
  if (chosen.kind === 'logged-out') return chosen.kind;
  return hasPhone ? chosen.kind : 'offline';
}

const Empty = z.strictObject({});
const Person = { personId: IdSchema };

/** What a supervisor or the person themselves does with states; `PbxCommandSchema` has the same. */
export const WrapUpChangeSchema = z.union([
  z.literal('finish'),
  z.strictObject({ extendMs: z.number().int().min(1000).max(LONGEST_WRAP_UP_MS) }),
]);
export type WrapUpChange = z.infer<typeof WrapUpChangeSchema>;

/** Calls about operators' states; they hold though the PBX is just being started again. */
export const deskCalls = {
  /** Everyone of whom something is known. */
  'desk.state': { input: Empty, output: z.strictObject({ operators: z.array(OperatorStateSchema) }) },
  /** In a call it is taken after it, and after its wrap-up. */
  'desk.setState': { input: z.strictObject({ ...Person, state: ChosenStateSchema }), output: Empty },
  /** Logs in to a queue, or out of it. */
  'desk.setQueue': { input: z.strictObject({ ...Person, queueId: IdSchema, in: z.boolean() }), output: Empty },
  /** Do not disturb, and where calls go that name the person. */
  'desk.setReach': { input: z.strictObject({ ...Person, reach: ReachSchema }), output: Empty },
  /** Ends the wrap-up, or gives it more time; without one nothing happens. */
  'desk.wrapUp': { input: z.strictObject({ ...Person, change: WrapUpChangeSchema }), output: Empty },
} as const;

export const deskEvents = {
  /** Those who have changed. */
  'desk.changed': z.strictObject({ operators: z.array(OperatorStateSchema) }),
} as const;
