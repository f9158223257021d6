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
});
export type CallbackWish = z.infer<typeof CallbackWishSchema>;

/** Someone who waits to be called back. */
export const CallbackSchema = z.strictObject({
  id: z.string(),
  ...CallbackWishSchema.shape,
  /** Wall-clock ms. */
  requestedAtMs: z.number(),
});
export type Callback = z.infer<typeof CallbackSchema>;
