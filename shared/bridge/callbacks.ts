import { z } from 'zod';

/** What a call tells of someone who is to be called back. */
export const CallbackWishSchema = z.strictObject({
  /** The number to call. */
  number: z.string().min(1).max(64),
  name: z.string(),
  queueId: z.string(),
  /** Name of the queue when it was asked for. */
  queue: z.string(),
  /** Language that the caller chose, if any. */
  language: z.string().optional(),
  /** Since when they have waited, wall-clock ms: their place in the queue. Without it since they asked. */
  waitingSinceMs: z.number().optional(),
});
export type CallbackWish = z.infer<typeof CallbackWishSchema>;

/**
 * How calling someone back went. `no-line`: a number outside, and there is no line that leads there. `member-gone`: the
 * operator hung up before the caller answered. `called-in`: they called by themselves and were served.
 */
export const CALLBACK_OUTCOMES = [
  'reached',
  'called-in',
  'busy',
  'no-answer',
  'unavailable',
  'no-line',
  'member-gone',
] as const;
export const CallbackOutcomeSchema = z.enum(CALLBACK_OUTCOMES);
export type CallbackOutcome = z.infer<typeof CallbackOutcomeSchema>;

/** What has been tried in vain; nothing of it is there before the first attempt. */
const TriesSchema = z.strictObject({
  attempts: z.number().int().min(1),
  /** Wall-clock ms. */
  triedAtMs: z.number(),
  outcome: CallbackOutcomeSchema,
  /** It is not tried again: someone must see to it by hand. */
  failed: z.boolean(),
});
export type CallbackTries = z.infer<typeof TriesSchema>;

/** What the PBX tells of an attempt: the caller was served and comes off the list, or the tries so far. */
export const CallbackResultSchema = z.union([
  z.strictObject({ served: z.enum(['reached', 'called-in']) }),
  TriesSchema,
]);
export type CallbackResult = z.infer<typeof CallbackResultSchema>;

/** Someone who waits to be called back. */
export const CallbackSchema = z.strictObject({
  id: z.string(),
  ...CallbackWishSchema.shape,
  /** Wall-clock ms. */
  requestedAtMs: z.number(),
  tries: TriesSchema.optional(),
});
export type Callback = z.infer<typeof CallbackSchema>;
