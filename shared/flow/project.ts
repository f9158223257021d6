import { z } from 'zod';
import { NodeSchema } from './catalogue.ts';
import { ExternalNumberSchema } from './external-number.ts';
import { IdSchema, KeySchema } from './ids.ts';
import { MailboxSchema } from './mailbox.ts';
import { NoteSchema } from './note.ts';
import { ProjectTestSchema } from './project-test.ts';
import { RecordingModeSchema, RecordingSettingsSchema } from './recording.ts';
import { ScheduleSchema } from './schedule.ts';
import { LanguageSchema, PromptSchema, SpeechUseSchema, VoiceSettingsSchema } from './speech.ts';
import { VariablesSchema } from './variables.ts';
import { WebhookSchema } from './webhook.ts';

/** Version of the document format that this program writes; see `migrations.ts`. */
export const PROJECT_VERSION = 1;

/** One call flow (IVR): nodes by id, one of them of type `start`. */
export const FlowSchema = z.strictObject({
  name: z.string().min(1).max(100),
  description: z.string().max(2000).default(''),
  nodes: z.record(IdSchema, NodeSchema),
  /** Comments on the canvas; a flow without any need not have the member. */
  notes: z.record(IdSchema, NoteSchema).optional(),
});
export type Flow = z.infer<typeof FlowSchema>;

/** What happens to a call when no flow takes it, or when the flow is left (S1, S11). */
export const DefaultHandlingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), personId: IdSchema }),
  z.strictObject({ kind: z.literal('queue'), queueId: IdSchema }),
  z.strictObject({ kind: z.literal('external'), number: ExternalNumberSchema }),
  z.strictObject({ kind: z.literal('voicemail'), mailbox: MailboxSchema }),
  z.strictObject({ kind: z.literal('hang-up') }),
]);
export type DefaultHandling = z.infer<typeof DefaultHandlingSchema>;

/** A phone number (DID) that callers dial (S1). */
export const NumberSchema = z.strictObject({
  /** As dialled, `+48123456789` or a short internal number. */
  number: z.string().regex(/^\+?[0-9*#]{1,20}$/, 'digits, "*" or "#", with an optional leading +'),
  name: z.string().max(100).default(''),
  defaultHandling: DefaultHandlingSchema,
  /** "Use voice menu": whether calls enter `flowId`. */
  useVoiceMenu: z.boolean(),
  flowId: IdSchema.optional(),
});
export type PhoneNumber = z.infer<typeof NumberSchema>;

/** An employee who can be called. The SIP password is not here: it lives in the secret store, by person id. */
export const PersonSchema = z.strictObject({
  name: z.string().min(1).max(100),
  extension: z.string().regex(/^[0-9]{2,8}$/, '2 to 8 digits'),
});
export type Person = z.infer<typeof PersonSchema>;

/** Distribution methods by their Asterisk names (flow-semantics, Queues). */
export const QUEUE_STRATEGIES = [
  'ringall',
  'leastrecent',
  'fewestcalls',
  'random',
  'rrmemory',
  'linear',
  'wrandom',
] as const;

/** What counts as answered soon where a queue does not say it. */
export const ANSWER_WITHIN_MS = 20_000;

/** How often callers who wait are told something where a queue does not say it. */
export const ANNOUNCE_EVERY_MS = 60_000;

/** Below it callers would hear more of announcements than of music. */
export const LEAST_ANNOUNCE_MS = 15_000;

const AnnounceEverySchema = z.number().int().min(LEAST_ANNOUNCE_MS).max(3_600_000).optional();

/** A group of operators (S15). Times in milliseconds. */
export const QueueSchema = z.strictObject({
  name: z.string().min(1).max(100),
  members: z.array(z.strictObject({ personId: IdSchema, penalty: z.number().int().min(0).max(99).default(0) })),
  strategy: z.enum(QUEUE_STRATEGIES).default('leastrecent'),
  /** Rings before the call moves on to the next member. */
  rings: z.number().int().min(1).max(24).default(4),
  retryMs: z.number().int().min(0).max(60_000).default(2000),
  wrapUpMs: z.number().int().min(0).max(3_600_000).default(0),
  maxWaitMs: z.number().int().min(1000).max(7_200_000).default(300_000),
  maxLength: z.number().int().min(1).max(10_000).optional(),
  joinWhenEmpty: z.boolean().default(true),
  leaveWhenEmpty: z.boolean().default(false),
  breakOutKey: KeySchema.optional(),
  /** Calling back who asked for it: how long their phone rings, how often it is tried, and the pause between. */
  callbackRings: z.number().int().min(1).max(24).default(6),
  callbackAttempts: z.number().int().min(1).max(20).default(3),
  callbackRetryMs: z.number().int().min(1000).max(86_400_000).default(300_000),
  /** So many unanswered rings in a row pause a member; without it none do. */
  autoPauseAfter: z.number().int().min(1).max(20).optional(),
  /** What a conversation can have been about, for the wrap-up; without it only a note is written. */
  wrapUpCodes: z.array(z.string().min(1).max(60)).max(50).optional(),
  /** What counts as answered soon; without it `ANSWER_WITHIN_MS`. */
  answerWithinMs: z.number().int().min(1000).max(3_600_000).optional(),
  /** What operators say, and a page to open, when a call of the queue rings (`script-link.ts`). */
  script: z.string().max(4000).optional(),
  scriptUrl: z.string().max(1000).optional(),
  musicOnHold: SpeechUseSchema.optional(),
  /** Whether conversations are recorded; without it none is. */
  recording: RecordingModeSchema.optional(),
  /** When callers are told their place: each time, or only when it is another one; without it never. */
  announcePosition: z.enum(['always', 'changes']).optional(),
  /** Whether callers are told how long they are likely to wait. */
  announceHoldTime: z.boolean().optional(),
  /** The pause between these announcements; without it `ANNOUNCE_EVERY_MS`. */
  announceEveryMs: AnnounceEverySchema,
  /** Said now and then to who waits, and the pause between; without that `ANNOUNCE_EVERY_MS`. */
  waitingPrompt: SpeechUseSchema.optional(),
  waitingPromptEveryMs: AnnounceEverySchema,
});
export type Queue = z.infer<typeof QueueSchema>;

export const SettingsSchema = z.strictObject({
  plan: z.enum(['standard', 'professional']).default('professional'),
  language: LanguageSchema.default('en'),
  timeZone: z.string().min(1).max(64).default('Europe/Warsaw'),
  /** Length of one ring (S15). */
  ringMs: z.number().int().min(1000).max(10_000).default(5000),
  speech: VoiceSettingsSchema.default({}),
  /** Why operators pause; without it the usual reasons (`pause-reasons.ts`). */
  pauseReasons: z.array(z.string().min(1).max(60)).max(30).optional(),
  /** The notice of recordings, and how long they are kept. */
  recording: RecordingSettingsSchema.optional(),
  /** Who is told of new messages in voicemail. */
  voicemailWebhook: WebhookSchema.optional(),
});
export type Settings = z.infer<typeof SettingsSchema>;

/** The whole document a person edits: JSON only, every collection keyed by identity so that merges and diffs work. */
export const ProjectSchema = z.strictObject({
  format: z.literal('dialtree'),
  version: z.literal(PROJECT_VERSION),
  id: IdSchema,
  name: z.string().min(1).max(100),
  settings: SettingsSchema,
  numbers: z.record(IdSchema, NumberSchema),
  people: z.record(IdSchema, PersonSchema),
  queues: z.record(IdSchema, QueueSchema),
  prompts: z.record(IdSchema, PromptSchema),
  schedules: z.record(IdSchema, ScheduleSchema),
  /** What a call may remember, by name. */
  variables: VariablesSchema.default({}),
  flows: z.record(IdSchema, FlowSchema),
  /** Tests of the flows; a file without any does not have the member (`canonical.ts`). */
  tests: z.record(IdSchema, ProjectTestSchema).default({}),
});
export type Project = z.infer<typeof ProjectSchema>;
