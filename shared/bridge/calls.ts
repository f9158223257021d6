import { z } from 'zod';
import type { TraceEntry } from '../engine/events.ts';

/** What became of a call: someone answered, nobody did though it waited, it never waited, or the PBX broke off. */
export const CallOutcomeSchema = z.enum(['answered', 'missed', 'menu', 'interrupted']);
export type CallOutcome = z.infer<typeof CallOutcomeSchema>;

/** What an operator wrote after a call. */
export const CallNoteSchema = z.strictObject({
  /** What it was about, as the queue words it; null when nobody said. */
  code: z.string().max(60).nullable(),
  note: z.string().max(2000),
});
export type CallNote = z.infer<typeof CallNoteSchema>;

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
  note: CallNoteSchema.nullable(),
  /** How long the wrap-up after it took; null when there was none. */
  wrapUpMs: z.number().nonnegative().nullable(),
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

/** What one person did since a time. Averages are null where there is nothing to average. */
export const PersonFiguresSchema = z.strictObject({
  answered: z.number().int().nonnegative(),
  /** Rings of queues that went to their end in vain. */
  missed: z.number().int().nonnegative(),
  talkMs: z.number().nonnegative().nullable(),
  wrapUpMs: z.number().nonnegative().nullable(),
});
export type PersonFigures = z.infer<typeof PersonFiguresSchema>;

/** What became of the calls of one queue since a time. */
export const QueueFiguresSchema = z.strictObject({
  queueId: z.string(),
  answered: z.number().int().nonnegative(),
  /** Waited, and hung up or were let go unanswered. */
  abandoned: z.number().int().nonnegative(),
  /** Answered soon enough. */
  within: z.number().int().nonnegative(),
});
export type QueueFigures = z.infer<typeof QueueFiguresSchema>;

/** What became of calls of queues in a stretch of time. Sums of ms: of waits until the answer, and of talks. */
export const QueueStretchSchema = z.strictObject({
  answered: z.number().int().nonnegative(),
  abandoned: z.number().int().nonnegative(),
  /** Answered soon enough. */
  within: z.number().int().nonnegative(),
  answerMs: z.number().nonnegative(),
  talkMs: z.number().nonnegative(),
});
export type QueueStretch = z.infer<typeof QueueStretchSchema>;

/** Calls of queues over time. */
export const QueueChartSchema = z.strictObject({
  /** One per stretch between two edges. */
  stretches: z.array(QueueStretchSchema),
  /** All stretches together, of each queue that had calls. */
  queues: z.array(z.strictObject({ queueId: z.string(), ...QueueStretchSchema.shape })),
});
export type QueueChart = z.infer<typeof QueueChartSchema>;

/** Times in order that part a while into stretches: more than a year has days. */
const EdgesSchema = z
  .array(z.number())
  .min(2)
  .max(2300)
  .refine((edges) => edges.every((edge, at) => at === 0 || edge > (edges[at - 1] ?? 0)), 'in order');

const Empty = z.strictObject({});

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
  /** The last calls of a number that are over, the newest first. */
  'callLog.ofCaller': {
    input: z.strictObject({ number: z.string().min(1).max(100), limit: z.number().int().min(1).max(20) }),
    output: z.strictObject({ calls: z.array(CallRecordSchema) }),
  },
  /** Writes what a call was about, in place of what was written before. Fails with `calls/unknown`. */
  'callLog.note': { input: z.strictObject({ callId: z.string().max(200), ...CallNoteSchema.shape }), output: Empty },
  'callLog.person': {
    input: z.strictObject({ personId: z.string().max(100), sinceMs: z.number() }),
    output: PersonFiguresSchema,
  },
  /** Of queues that had calls; `withinMs` says for each what is soon enough. */
  'callLog.queues': {
    input: z.strictObject({ sinceMs: z.number(), withinMs: z.record(z.string(), z.number()) }),
    output: z.strictObject({ queues: z.array(QueueFiguresSchema) }),
  },
  /** Of one queue, or of all of them. A call counts where it began; `withinMs` says for each queue what is soon enough. */
  'callLog.chart': {
    input: z.strictObject({
      queueId: z.string().max(100).optional(),
      edgesMs: EdgesSchema,
      withinMs: z.record(z.string(), z.number()),
    }),
    output: QueueChartSchema,
  },
  /** The newest first; `leftOut` says how many calls were too many. */
  'callLog.csv': {
    input: z.strictObject({ filter: CallFilterSchema }),
    output: z.strictObject({ csv: z.string(), leftOut: z.number().int().nonnegative() }),
  },
} as const;
