import { z } from 'zod';
import type { TraceEntry } from '../engine/events.ts';
import type { FlowProgram } from '../engine/program.ts';
import { IdSchema } from '../flow/ids.ts';
import { QueueSchema } from '../flow/project.ts';
import { LanguageSchema, TextSourceSchema, VoiceSettingsSchema } from '../flow/speech.ts';
import { CallbackResultSchema, CallbackSchema, CallbackWishSchema } from './callbacks.ts';
import { ChosenStateSchema, OperatorRecordsSchema, OperatorStateSchema, WrapUpChangeSchema } from './desk.ts';
import { QueueFactsRecordsSchema, QueueFactsSchema } from './queue-facts.ts';
import { ReachSchema } from './reach.ts';
import { RecordingActionSchema, RecordingStateSchema } from './recordings.ts';
import { SupervisionModeSchema } from './supervision.ts';
import { TrunkConfigSchema, TrunkStateSchema } from './trunk.ts';
import { MailboxCountsSchema } from './voicemail.ts';

/** See `ErrorDetail.params`. */
export const ErrorParamsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/**
 * Messages between the main process and the embedded PBX, which is a process of its own (message port or child
 * process IPC). Main → PBX: `PbxCommand`. PBX → main: `PbxEvent`. Plain JSON.
 */

/** Digest secret of an account: HA1 = H(user:realm:password), so that no password is in a message (RFC 7616). */
export const SipCredentialsSchema = z.strictObject({
  realm: z.string(),
  md5Ha1: z.string().regex(/^[0-9a-f]{32}$/),
  sha256Ha1: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Someone who may register and call. `tester` accounts are the designer's own phone for test calls. */
export const PbxAccountSchema = z.strictObject({
  /** SIP user part; a person's extension, or `tester`. */
  user: z.string().min(1).max(64),
  displayName: z.string().max(100),
  personId: IdSchema.optional(),
  credentials: SipCredentialsSchema,
});
export type PbxAccount = z.infer<typeof PbxAccountSchema>;

/** Everything the PBX runs on; sent whole at each change. Calls in progress keep the program they began with. */
export const PbxConfigSchema = z.strictObject({
  program: z.custom<FlowProgram>((value) => typeof value === 'object' && value !== null && 'ops' in value),
  accounts: z.array(PbxAccountSchema),
  queues: z.record(IdSchema, QueueSchema),
  ringMs: z.number().int().positive(),
  /** Language of the project, for what operators hear. Without it English. */
  language: z.string().optional(),
  /** How the project reads texts. */
  speech: VoiceSettingsSchema.optional(),
  /** Numbers that can be dialled: digits as dialled → number id. */
  dialPlan: z.record(z.string(), IdSchema),
  /** Prompt key → absolute path of a 16-bit mono WAV (any rate); a key that is missing here could not be rendered. */
  audio: z.record(z.string(), z.string()),
  /** Queue id → absolute path of its music on hold; without one the built-in music plays. */
  music: z.record(z.string(), z.string()),
  /** Queue id → absolute paths of what is said now and then to who waits: the project's, and those of other languages. */
  waitingPrompts: z
    .record(IdSchema, z.strictObject({ path: z.string().optional(), versions: z.record(LanguageSchema, z.string()) }))
    .optional(),
  /** What flows send to web services as `{secret.NAME}`; never on disk, never in logs. */
  secrets: z.record(z.string(), z.string()),
  /** Folder for the messages that callers leave. */
  voicemailDir: z.string(),
  recording: z.strictObject({
    /** Folder for recorded conversations. */
    directory: z.string(),
    projectId: IdSchema,
    /** Language → absolute path of the notice in it; null: it could not be rendered. */
    notices: z.record(z.string(), z.string().nullable()),
  }),
  /** Flow id → node id → name as drawn, for the path on an operator's phone. A node without a name is not shown there. */
  nodeNames: z.record(z.string(), z.record(z.string(), z.string())),
});
export type PbxConfig = z.infer<typeof PbxConfigSchema>;

/** Phones by TLS and browsers by wss, too; without it neither is listened for. Files are PEM, ports 0 take a free one. */
export const PbxTlsSchema = z.strictObject({
  certPath: z.string().min(1),
  keyPath: z.string().min(1),
  sipPort: z.number().int().min(0).max(65_535),
  wssPort: z.number().int().min(0).max(65_535),
});
export type PbxTls = z.infer<typeof PbxTlsSchema>;

export const PbxCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    host: z.string(),
    port: z.number().int().min(0).max(65_535),
    realm: z.string(),
    /** Of phones, by UDP and TCP; 0, and not there, takes a free one. */
    sipPort: z.number().int().min(0).max(65_535).optional(),
    /** Lines of the log below it are not told. */
    log: z.enum(['debug', 'info', 'warn', 'error']).optional(),
    tls: PbxTlsSchema.optional(),
  }),
  z.strictObject({ type: z.literal('configure'), requestId: z.string(), config: PbxConfigSchema }),
  /** Answers `render`: a 16-bit mono WAV in base64, or why there is none. */
  z.strictObject({
    type: z.literal('rendered'),
    requestId: z.string(),
    result: z.union([z.strictObject({ wav: z.string() }), z.strictObject({ code: z.string() })]),
  }),
  /** Answers `keep-callback`: what is on disk now; null when it could not be kept. */
  z.strictObject({ type: z.literal('callback-kept'), requestId: z.string(), callback: CallbackSchema.nullable() }),
  /** Everyone who waits to be called back; sent whole at each change. */
  z.strictObject({ type: z.literal('callbacks'), callbacks: z.array(CallbackSchema) }),
  /** The outside line as it is set now; null: there is none. Carries the password: never to be logged. */
  z.strictObject({ type: z.literal('trunk'), config: TrunkConfigSchema.nullable() }),
  /** The messages of each person who has any, for the lights of their phones; sent whole at each change. */
  z.strictObject({ type: z.literal('mailboxes'), counts: z.record(IdSchema, MailboxCountsSchema) }),
  /** Everyone as they were, sent whole at the start: what they chose, their queues and their wrap-ups. */
  z.strictObject({ type: z.literal('operators'), records: OperatorRecordsSchema }),
  /** What queues knew, sent whole at the start, before the configuration. */
  z.strictObject({ type: z.literal('queue-facts'), records: QueueFactsRecordsSchema }),
  z.strictObject({ type: z.literal('operator-state'), personId: IdSchema, state: ChosenStateSchema }),
  z.strictObject({ type: z.literal('operator-queue'), personId: IdSchema, queueId: IdSchema, in: z.boolean() }),
  z.strictObject({ type: z.literal('operator-reach'), personId: IdSchema, reach: ReachSchema }),
  z.strictObject({ type: z.literal('operator-wrap-up'), personId: IdSchema, change: WrapUpChangeSchema }),
  z.strictObject({ type: z.literal('hang-up'), callId: z.string() }),
  /** Puts a caller who waits in a queue into another one. */
  z.strictObject({ type: z.literal('move'), callId: z.string(), queueId: IdSchema }),
  /** What the operator of a call wants of its recording. */
  z.strictObject({ type: z.literal('record'), callId: z.string(), action: RecordingActionSchema }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type PbxCommand = z.infer<typeof PbxCommandSchema>;

/** A wait at a node that ends by itself at a known time (wall-clock ms): see `shared/engine/countdown.ts`. */
export const CallCountdownSchema = z.strictObject({
  flowId: z.string(),
  nodeId: z.string(),
  wait: z.enum(['digit', 'ringing', 'queue', 'recording', 'request']),
  endsAtMs: z.number(),
  durationMs: z.number(),
});
export type CallCountdown = z.infer<typeof CallCountdownSchema>;

/** A call that enters a flow, as lists show it. Times are wall-clock ms. */
export const CallSummarySchema = z.strictObject({
  callId: z.string(),
  caller: z.strictObject({ number: z.string(), name: z.string() }),
  /** What was dialled, e.g. `+48123456789` or `flow.main`. */
  dialled: z.string(),
  flowId: z.string().nullable(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** Where the call is: in the flow, waiting in a queue, ringing someone, talking, or over. */
  phase: z.enum(['flow', 'queued', 'ringing', 'talking', 'ended']),
  queueId: z.string().nullable(),
  /** Since when the caller has waited in the queue, or last did. */
  waitingSinceMs: z.number().optional(),
  personId: z.string().nullable(),
  endCause: z.string().nullable(),
  /** What runs down now; null when nothing does. */
  countdown: CallCountdownSchema.nullable(),
  /** The caller's answer to being recorded; not there as long as nobody asked. */
  recordingConsent: z.boolean().optional(),
  /** How the recording stands; null, or not there, where there is none to speak of. */
  recording: RecordingStateSchema.nullable().optional(),
  /** What a supervisor does in the conversation; null, or not there, where there is none. */
  supervision: SupervisionModeSchema.nullable().optional(),
});
export type CallSummary = z.infer<typeof CallSummarySchema>;

export const RegistrationSchema = z.strictObject({
  user: z.string(),
  personId: z.string().nullable(),
  contacts: z.number().int(),
});
export type Registration = z.infer<typeof RegistrationSchema>;

export const PbxEventSchema = z.discriminatedUnion('type', [
  /** Listening; `port` is the real one. */
  z.strictObject({
    type: z.literal('started'),
    wsUrl: z.string(),
    port: z.number().int(),
    /** `host:port` for phones by UDP and TCP. */
    sipAddress: z.string().optional(),
    /** `host:port` for phones by TLS, and `wss://…` for browsers, where they are listened for. */
    tlsAddress: z.string().optional(),
    wssUrl: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('configured'), requestId: z.string(), missingAudio: z.array(z.string()) }),
  z.strictObject({
    type: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    params: ErrorParamsSchema.optional(),
  }),
  /** A call needs a text spoken that has values in it; answered by `rendered`, quickly. */
  z.strictObject({ type: z.literal('render'), requestId: z.string(), source: TextSourceSchema }),
  /** A caller wants to be called back; answered by `callback-kept`, quickly. */
  z.strictObject({ type: z.literal('keep-callback'), requestId: z.string(), wish: CallbackWishSchema }),
  /** Someone on the list was called back, called by themselves, or was tried in vain. */
  z.strictObject({ type: z.literal('callback-tried'), id: z.string(), result: CallbackResultSchema }),
  z.strictObject({ type: z.literal('registrations'), registrations: z.array(RegistrationSchema) }),
  /** Someone's state, queues, call or wrap-up have changed. */
  z.strictObject({ type: z.literal('operator'), operator: OperatorStateSchema }),
  /** A queue has learnt something. */
  z.strictObject({ type: z.literal('queue-facts'), queueId: IdSchema, facts: QueueFactsSchema }),
  /** A member's phone rang for a queue to its end in vain. */
  z.strictObject({ type: z.literal('unanswered'), callId: z.string(), personId: IdSchema, queueId: IdSchema }),
  z.strictObject({ type: z.literal('trunk-state'), state: TrunkStateSchema }),
  /** A message was left; its files are complete. */
  z.strictObject({ type: z.literal('voicemail'), id: z.string() }),
  /** A recording of a call is complete. */
  z.strictObject({ type: z.literal('recording'), callId: z.string(), id: z.string() }),
  z.strictObject({ type: z.literal('call'), call: CallSummarySchema }),
  z.strictObject({
    type: z.literal('trace'),
    callId: z.string(),
    entry: z.custom<TraceEntry>((value) => typeof value === 'object' && value !== null && 'atMs' in value),
  }),
  z.strictObject({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    event: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
]);
export type PbxEvent = z.infer<typeof PbxEventSchema>;
