import { z } from 'zod';
import type { TraceEntry } from '../engine/events.ts';

/** What became of a call: someone answered, nobody did though it waited, it never waited, or the PBX broke off. */
export const CallOutcomeSchema = z.enum(['answered', 'missed', 'menu', 'interrupted']);
export type CallOutcome = z.infer<typeof CallOutcomeSchema>;

/** One call as the log keeps it. Times are wall-clock ms. */
export const CallRecordSchema = z.strictObject({
  callId: z.string(),
  startedMs: z.number(),
  /** When the first person answered; null when nobody did. */
  answeredMs: z.number().nullable(),
  /** Null while the call lasts. */
  endedMs: z.number().nullable(),
  /** An empty number is a withheld one. */
  caller: z.strictObject({ number: z.string(), name: z.string() }),
  dialled: z.string(),
  /** The flow that the call entered. */
  flowId: z.string().nullable(),
  /** The last queue and the last person that had the call. */
  queueId: z.string().nullable(),
  personId: z.string().nullable(),
  endCause: z.string().nullable(),
  /** In queues and while phones rang. */
  waitedMs: z.number().nonnegative(),
  talkedMs: z.number().nonnegative(),
  /** Null while the call lasts. */
  outcome: CallOutcomeSchema.nullable(),
});
export type CallRecord = z.infer<typeof CallRecordSchema>;

/** Which calls; everything that is given must fit. Times bound the start of a call. */
export const CallFilterSchema = z.strictObject({
  /** From this time on. */
  fromMs: z.number().optional(),
  /** Before this time. */
  toMs: z.number().optional(),
  /** Part of the caller's number or name, or of what was dialled. */
  text: z.string().trim().max(100).optional(),
  flowId: z.string().max(100).optional(),
  queueId: z.string().max(100).optional(),
  personId: z.string().max(100).optional(),
  outcome: CallOutcomeSchema.optional(),
});
export type CallFilter = z.infer<typeof CallFilterSchema>;

/** `cursor` asks for what comes after; null: there is no more. `total`: of all calls that fit. */
export const CallPageSchema = z.strictObject({
  calls: z.array(CallRecordSchema),
  cursor: z.string().nullable(),
  total: z.number().int().nonnegative(),
});
export type CallPage = z.infer<typeof CallPageSchema>;

/** How often wires were taken, and how many callers hung up at a node. */
export const FlowCountsSchema = z.strictObject({
  wires: z.array(z.strictObject({ nodeId: z.string(), output: z.string(), count: z.number().int() })),
  drops: z.array(z.strictObject({ nodeId: z.string(), count: z.number().int() })),
});
export type FlowCounts = z.infer<typeof FlowCountsSchema>;

const TraceSchema = z.array(
  z.custom<TraceEntry>((value) => typeof value === 'object' && value !== null && 'atMs' in value),
);

/** Calls about the log of calls. Each fails with `calls/not-opened` where the log cannot be used. */
export const callLogCalls = {
  /** The newest first. */
  'callLog.list': {
    input: z.strictObject({
      filter: CallFilterSchema,
      cursor: z
        .string()
        .regex(/^\d{1,16}\.\d{1,16}$/)
        .optional(),
      limit: z.number().int().min(1).max(200),
    }),
    output: CallPageSchema,
  },
  /** Fails with `calls/unknown`. */
  'callLog.get': {
    input: z.strictObject({ callId: z.string().max(200) }),
    output: z.strictObject({ call: CallRecordSchema, trace: TraceSchema }),
  },
  /** By whole UTC days, from the day of `sinceMs` on. */
  'callLog.counts': {
    input: z.strictObject({ flowId: z.string().max(100), sinceMs: z.number() }),
    output: FlowCountsSchema,
  },
  /** The newest first; `leftOut` says how many calls were too many. */
  'callLog.csv': {
    input: z.strictObject({ filter: CallFilterSchema }),
    output: z.strictObject({ csv: z.string(), leftOut: z.number().int().nonnegative() }),
  },
} as const;
