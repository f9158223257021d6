import { z } from 'zod';
import { ErrorParamsSchema } from './pbx.ts';

/** How telling an address of new messages in voicemail goes (electron/services/webhook/SPEC.md). Times are wall-clock ms. */
export const WebhookStateSchema = z.strictObject({
  /** Messages of this project that are not told yet. */
  waiting: z.number().int().nonnegative(),
  /** When one was told last; null: none since the start. */
  toldAtMs: z.number().nullable(),
  /** When it is tried again; null: nothing waits, or it is being tried. */
  nextTryAtMs: z.number().nullable(),
  /** Why the last attempt failed; null: it did not. */
  error: z
    .strictObject({
      code: z.string(),
      message: z.string(),
      hint: z.string().optional(),
      params: ErrorParamsSchema.optional(),
    })
    .nullable(),
});
export type WebhookState = z.infer<typeof WebhookStateSchema>;

const Empty = z.strictObject({});

/** Calls of the contract about it. */
export const webhookCalls = {
  'webhook.state': { input: Empty, output: WebhookStateSchema },
  /** Sends a test now, as the project is saved. Fails with `webhook/…` when it does not arrive. */
  'webhook.test': { input: Empty, output: Empty },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
