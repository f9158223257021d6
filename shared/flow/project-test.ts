import { z } from 'zod';
import { IdSchema, KeySchema } from './ids.ts';

const delayMs = z.number().int().min(0).max(3_600_000);
const count = z.number().int().min(0).max(10_000);
const nodeId = z.string().min(1).max(100);
/** A node, and how often it must have been entered by then, where once will not do. */
const place = { nodeId: nodeId.optional(), visit: z.number().int().min(1).max(1000).optional() };

/**
 * When the caller acts: `prompt-end`: as soon as a key is waited for and nothing is being said; `during-prompt`: as
 * soon as something is being said (both: at a certain node, where one is named); `at-node`: as soon as the call waits
 * at the node; `after`: after the step before, or the start. Always `delayMs` later than that.
 */
export const StepTimingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prompt-end'), ...place, delayMs: delayMs.default(0) }),
  z.strictObject({ kind: z.literal('during-prompt'), ...place, delayMs: delayMs.default(0) }),
  z.strictObject({ kind: z.literal('at-node'), ...place, nodeId, delayMs: delayMs.default(0) }),
  z.strictObject({ kind: z.literal('after'), delayMs }),
]);
export type StepTiming = z.infer<typeof StepTimingSchema>;

const AT_PROMPT_END = { kind: 'prompt-end', delayMs: 0 } as const;

/** One thing that the caller does; each waits for the one before. */
export const TestStepSchema = z.discriminatedUnion('kind', [
  /** Presses keys, one every 200 ms. */
  z.strictObject({
    kind: z.literal('press'),
    keys: z.array(KeySchema).min(1).max(40),
    when: StepTimingSchema.default(AT_PROMPT_END),
  }),
  /** Lets the time for a key pass, once. */
  z.strictObject({ kind: z.literal('stay-silent') }),
  z.strictObject({ kind: z.literal('hang-up'), when: StepTimingSchema.default(AT_PROMPT_END) }),
]);
export type TestStep = z.infer<typeof TestStepSchema>;

/** What the call meets outside the flow. Whoever is not named answers. */
export const TestWorldSchema = z.strictObject({
  /** `unavailable`: away. */
  people: z
    .record(
      IdSchema,
      z.strictObject({
        outcome: z.enum(['answered', 'no-answer', 'busy', 'unavailable']),
        afterMs: delayMs.optional(),
      }),
    )
    .default({}),
  queues: z
    .record(
      IdSchema,
      z.strictObject({
        outcome: z.enum(['answered', 'timeout', 'full', 'join-empty', 'leave-empty']),
        afterMs: delayMs.optional(),
        by: IdSchema.optional(),
      }),
    )
    .default({}),
  /** Node → what a web service answers there; as the engine's drivers tell it. */
  requests: z
    .record(
      nodeId,
      z.strictObject({
        result: z.discriminatedUnion('kind', [
          z.strictObject({
            kind: z.literal('response'),
            status: z.number().int().min(100).max(599).default(200),
            body: z.json().default({}),
          }),
          z.strictObject({ kind: z.literal('timeout') }),
          z.strictObject({ kind: z.literal('network-error'), reason: z.string().max(100).default('mocked') }),
        ]),
        afterMs: delayMs.optional(),
      }),
    )
    .optional(),
  /** Queue → how it stands when a flow looks. */
  queueStates: z.record(IdSchema, z.strictObject({ free: count, here: count, waiting: count })).optional(),
  /** Node → how long a message the caller leaves there. */
  messages: z
    .record(
      nodeId,
      z.strictObject({ durationMs: delayMs, reason: z.enum(['silence', 'max-length', 'failed']).optional() }),
    )
    .optional(),
  /** Number outside → what becomes of a call there. */
  externals: z
    .record(
      z.string().min(1).max(32),
      z.strictObject({
        outcome: z.enum(['answered', 'no-answer', 'busy', 'unavailable']),
        afterMs: delayMs.optional(),
      }),
    )
    .optional(),
  /**
   * Node → how what it waits for ends, one for each time, the last for all further ones: an outcome (`busy`,
   * `schedule:open`) or the output that the node is to be left by. Holds for nodes of every type, before the above.
   */
  nodes: z.record(z.string().min(1).max(130), z.array(z.string().min(1).max(100)).min(1).max(100)).default({}),
});

export type TestWorld = z.infer<typeof TestWorldSchema>;

/** Where a call gets to. */
export const DestinationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), personId: IdSchema }),
  z.strictObject({ kind: z.literal('queue'), queueId: IdSchema }),
  z.strictObject({ kind: z.literal('voicemail') }),
  z.strictObject({ kind: z.literal('external') }),
  z.strictObject({ kind: z.literal('hang-up'), cause: z.enum(['normal', 'busy', 'rejected', 'failure']) }),
  /** The flow was left for the default handling of the number. */
  z.strictObject({ kind: z.literal('default-handling') }),
]);
export type Destination = z.infer<typeof DestinationSchema>;

/** What must be true of the call; what is not said is not looked at. */
export const ExpectationsSchema = z.strictObject({
  /** Nodes that the call enters in this order, others in between: `node`, or `flow/node`. */
  visits: z.array(z.string().min(1).max(130)).max(1000).optional(),
  destination: DestinationSchema.optional(),
  /** Texts that are part of what is said, in this order; of a recording its file name. */
  hears: z.array(z.string().min(1).max(5000)).max(1000).optional(),
  /** Until somebody answers, or the call ends. */
  withinMs: z.number().int().min(0).max(7_200_000).optional(),
  /** Values of variables at the end. */
  variables: z.record(z.string().min(1).max(100), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type Expectations = z.infer<typeof ExpectationsSchema>;

/** A test of the project's flows; meaning: analyze/SPEC.md, rules TS*. */
export const ProjectTestSchema = z.strictObject({
  name: z.string().min(1).max(200),
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), numberId: IdSchema }),
    z.strictObject({ kind: z.literal('flow'), flowId: IdSchema }),
  ]),
  /** An empty number is a withheld one. */
  caller: z.strictObject({ number: z.string().max(64).default(''), name: z.string().max(100).optional() }).prefault({}),
  /** Local time of the project's time zone, `2026-12-24T17:59`; without it Monday, 2026-01-05T09:00Z. */
  startsAt: z.iso.datetime({ local: true, offset: false }).optional(),
  steps: z.array(TestStepSchema).max(500).default([]),
  world: TestWorldSchema.prefault({}),
  expect: ExpectationsSchema.default({}),
});
export type ProjectTest = z.infer<typeof ProjectTestSchema>;
