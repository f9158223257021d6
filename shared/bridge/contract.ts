import { z } from 'zod';
import type { TraceEntry } from '../engine/events.ts';
import { ProjectSchema } from '../flow/project.ts';
import { SpeechSourceSchema } from '../flow/speech.ts';
import { backupCalls } from './backups.ts';
import { CallbackSchema } from './callbacks.ts';
import { callLogCalls } from './calls.ts';
import { deskCalls, deskEvents } from './desk.ts';
import { desktopCalls, desktopEvents } from './desktop.ts';
import { fileCalls } from './files.ts';
import { mediaCalls } from './media.ts';
import { ProjectNoticeSchema } from './notices.ts';
import { CallSummarySchema, ErrorParamsSchema, RegistrationSchema } from './pbx.ts';
import { recordingCalls, recordingEvents } from './recordings.ts';
import { speechCalls, speechEvents } from './speech.ts';
import { RemoteStateSchema, syncCalls } from './sync.ts';
import { TrunkStateSchema, trunkCalls } from './trunk.ts';
import { versionCalls } from './versions.ts';
import { VoicemailMessageSchema } from './voicemail.ts';
import { WebhookStateSchema, webhookCalls } from './webhook.ts';

/**
 * The one contract between a window and the main process, over Electron's IPC or the Node host's WebSocket.
 * Every input and output is parsed where it enters a process. A call that fails answers with an `ErrorDetail`.
 */
const Empty = z.strictObject({});

const TraceEntrySchema = z.custom<TraceEntry>(
  (value) => typeof value === 'object' && value !== null && 'atMs' in value,
);

/** A project as it lies on disk. `revision` counts saves of this project in this installation. */
export const ProjectStateSchema = z.strictObject({
  path: z.string(),
  revision: z.number().int().nonnegative(),
  project: ProjectSchema,
});
export type ProjectState = z.infer<typeof ProjectStateSchema>;

/** State of the embedded PBX. */
export const PbxStatusSchema = z.strictObject({
  state: z.enum(['starting', 'running', 'restarting', 'failed']),
  wsUrl: z.string().nullable(),
  /** `host:port` where phones register by UDP and TCP; null while it does not run. */
  sipAddress: z.string().nullable(),
  /** Revision of the project that new calls run; null before the first. */
  deployedRevision: z.number().nullable(),
  /** Prompts that could not be rendered; callers of those nodes take the error output. */
  promptProblems: z.array(z.strictObject({ promptKey: z.string(), code: z.string(), message: z.string() })),
  error: z
    .strictObject({
      code: z.string(),
      message: z.string(),
      hint: z.string().optional(),
      params: ErrorParamsSchema.optional(),
    })
    .nullable(),
  registrations: z.array(RegistrationSchema),
});
export type PbxStatus = z.infer<typeof PbxStatusSchema>;

/** What a phone needs to register. */
export const PhoneAccountSchema = z.strictObject({
  wsUrl: z.string(),
  /** `sip:101@dialtree.invalid` */
  uri: z.string(),
  user: z.string(),
  password: z.string(),
  displayName: z.string(),
  personId: z.string().nullable(),
});
export type PhoneAccount = z.infer<typeof PhoneAccountSchema>;

/** What a person's own phone (SIP over UDP or TCP) needs to register. */
export const DeskPhoneSchema = z.strictObject({
  /** `host:port`; null while the PBX does not run. */
  server: z.string().nullable(),
  /** The same by TLS; null where that is not set up. */
  secureServer: z.string().nullable(),
  user: z.string(),
  password: z.string(),
});
export type DeskPhone = z.infer<typeof DeskPhoneSchema>;

/** Calls from the window: name → input and output. */
export const calls = {
  'app.info': {
    input: Empty,
    output: z.strictObject({
      version: z.string(),
      host: z.enum(['electron', 'node']),
      platform: z.string(),
      locale: z.string(),
    }),
  },
  /** The project that is open. Fails with the reason (`project/not-json`, …) while its file cannot be used. */
  'project.current': { input: Empty, output: ProjectStateSchema },
  /** Writes the sample project to a new file beside the others and opens it; no existing file is touched. */
  'project.createSample': { input: z.strictObject({ language: z.enum(['en', 'pl']) }), output: ProjectStateSchema },
  /** Opens a project: its folder, the document in it, or a single file. */
  'project.open': { input: z.strictObject({ path: z.string().min(1) }), output: ProjectStateSchema },
  /** Saves the whole document. Fails with `project/stale` when someone saved after `baseRevision`. */
  'project.save': {
    input: z.strictObject({ project: ProjectSchema, baseRevision: z.number().int().nonnegative() }),
    output: z.strictObject({ revision: z.number().int(), savedAtMs: z.number(), path: z.string() }),
  },
  /** What happened to the project's files, oldest first; each notice is given out once. */
  'project.notices': { input: Empty, output: z.array(ProjectNoticeSchema) },
  /** Lowers the saved project, renders its prompts, gives it to the PBX. Resolves when new calls run it. */
  /** Keeps the window that asks above those of other programs. Fails with `window/not-here` in a browser. */
  'window.keepOnTop': { input: z.strictObject({ onTop: z.boolean() }), output: z.strictObject({ onTop: z.boolean() }) },
  'pbx.deploy': { input: Empty, output: PbxStatusSchema },
  'pbx.status': { input: Empty, output: PbxStatusSchema },
  'phone.account': {
    input: z.strictObject({ who: z.union([z.literal('tester'), z.strictObject({ personId: z.string() })]) }),
    output: PhoneAccountSchema,
  },
  /** For a supervisor who sets up a person's desk phone. Fails with `phone/unknown-person`. */
  'phone.desk': { input: z.strictObject({ personId: z.string() }), output: DeskPhoneSchema },
  /** Gives a person another password: every phone of theirs must sign in again; windows do by themselves. */
  'phone.renewPassword': { input: z.strictObject({ personId: z.string() }), output: DeskPhoneSchema },
  /** Renders speech to a WAV for listening in the window. */
  'speech.render': {
    input: z.strictObject({ source: SpeechSourceSchema }),
    output: z.strictObject({ wavBase64: z.string(), durationMs: z.number() }),
  },
  /** The messages that callers left, the newest first. */
  'voicemail.list': { input: Empty, output: z.array(VoicemailMessageSchema) },
  'voicemail.markHeard': { input: z.strictObject({ id: z.string(), heard: z.boolean() }), output: Empty },
  'voicemail.remove': { input: z.strictObject({ id: z.string() }), output: Empty },
  'voicemail.audio': { input: z.strictObject({ id: z.string() }), output: z.strictObject({ wavBase64: z.string() }) },
  'calls.active': { input: Empty, output: z.array(CallSummarySchema) },
  'calls.trace': { input: z.strictObject({ callId: z.string() }), output: z.array(TraceEntrySchema) },
  /** Puts a caller who waits into another queue; one who does not wait any more stays where they are. */
  'calls.move': { input: z.strictObject({ callId: z.string(), queueId: z.string().min(1).max(100) }), output: Empty },
  'calls.hangUp': { input: z.strictObject({ callId: z.string() }), output: Empty },
  /** Callers who wait to be called back, first come first. */
  'callbacks.list': { input: Empty, output: z.array(CallbackSchema) },
  /** Takes one off the list. */
  'callbacks.done': { input: z.strictObject({ id: z.string() }), output: Empty },
  ...deskCalls,
  ...desktopCalls,
  ...syncCalls,
  ...trunkCalls,
  ...versionCalls,
  ...backupCalls,
  ...fileCalls,
  ...mediaCalls,
  ...callLogCalls,
  ...recordingCalls,
  ...webhookCalls,
  ...speechCalls,
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

/** Events to the window: name → payload. */
export const events = {
  /** Someone saved; windows with an older revision and no changes of their own reload. */
  'project.saved': z.strictObject({ revision: z.number().int(), windowId: z.string().nullable() }),
  /** There are notices to take. */
  'project.noticed': Empty,
  'pbx.status': PbxStatusSchema,
  'voicemail.changed': z.strictObject({ messages: z.array(VoicemailMessageSchema) }),
  'call.changed': CallSummarySchema,
  'call.trace': z.strictObject({ callId: z.string(), entry: TraceEntrySchema }),
  'callbacks.changed': z.array(CallbackSchema),
  /** A call began, went on or ended, and the log says so. */
  'callLog.changed': Empty,
  ...deskEvents,
  ...desktopEvents,
  ...recordingEvents,
  ...speechEvents,
  'sync.state': RemoteStateSchema,
  'trunk.state': TrunkStateSchema,
  'webhook.state': WebhookStateSchema,
  /** A person has another password: windows that are signed in as them ask for the account again. */
  'phone.passwordRenewed': z.strictObject({ personId: z.string() }),
} as const satisfies Record<string, z.ZodType>;

export type CallName = keyof typeof calls;
export type CallInput<Name extends CallName> = z.infer<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.infer<(typeof calls)[Name]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>;

/** What a window has in hand: `window.dialtree` under Electron, the host client in a browser. */
export interface Bridge {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Returns the way to unsubscribe. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void;
}

/** The other side of it: one function per call. `windowId` says which window asks. */
export type BridgeHandlers = {
  readonly [Name in CallName]: (input: CallInput<Name>, windowId: string) => Promise<CallOutput<Name>>;
};
