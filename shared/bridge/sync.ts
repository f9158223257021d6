import { z } from 'zod';

/** How a remote endpoint wants to know who asks. Passwords, tokens and keys are never part of it. */
export const SYNC_AUTHS = ['none', 'basic', 'digest', 'bearer'] as const;

/** A web address of a file; nothing before the host, where a password could stand. */
const ENDPOINT_URL = /^https?:\/\/[^\s/@?#]+\/[^\s#]*[^\s#/]$/i;

/** Where a project is kept remotely. Nothing in it is secret: it lies in a settings file. */
export const SyncSettingsSchema = z.strictObject({
  /** Address of the document itself, e.g. `https://files.example/team/office.dialtree.json`. */
  url: z.string().max(2000).regex(ENDPOINT_URL, 'an address that begins with http:// or https://, without a password'),
  /** `webdav`: missing folders are made (MKCOL). */
  kind: z.enum(['http', 'webdav']),
  auth: z.enum(SYNC_AUTHS),
  user: z.string().max(200).default(''),
  /** Certificates (PEM) of an authority that the system does not know. */
  caPem: z.string().max(200_000).optional(),
});
export type SyncSettings = z.infer<typeof SyncSettingsSchema>;

/** The secrets that go with the settings; from the window to the main process only, never back. */
export const SyncCredentialsSchema = z.strictObject({
  /** For basic and digest. */
  password: z.string().max(4000).optional(),
  /** For bearer. */
  token: z.string().max(8000).optional(),
  /** Client certificate and its key (PEM). */
  certPem: z.string().max(200_000).optional(),
  keyPem: z.string().max(200_000).optional(),
  passphrase: z.string().max(4000).optional(),
});
export type SyncCredentials = z.infer<typeof SyncCredentialsSchema>;

/** As merges name them (analyze/merge/conflict.ts). */
export const SYNC_CONFLICT_KINDS = [
  'both-changed',
  'removed-changed',
  'removed-used',
  'order',
  'several-starts',
  'invalid-together',
] as const;

/** A place that was changed here and remotely, and waits for a person's choice. Values are JSON, in JSON text. */
export const SyncConflictSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(SYNC_CONFLICT_KINDS),
  path: z.array(z.string()),
  base: z.string().nullable(),
  ours: z.string().nullable(),
  theirs: z.string().nullable(),
  /** Whose value is in the document now. */
  taken: z.enum(['ours', 'theirs']),
  message: z.string(),
});
export type SyncConflict = z.infer<typeof SyncConflictSchema>;

/**
 * `off`: no endpoint. `synced`: the same here and there. `waiting`: changes are to be sent. `offline`: the server does
 * not answer. `conflict`: someone must choose. `sign-in`: the server does not let us in. `blocked`: what is there
 * cannot be used, or the server cannot be trusted or written to.
 */
export const SYNC_STATUSES = ['off', 'synced', 'waiting', 'offline', 'conflict', 'sign-in', 'blocked'] as const;
export type RemoteStatus = (typeof SYNC_STATUSES)[number];

export const RemoteStateSchema = z.strictObject({
  status: z.enum(SYNC_STATUSES),
  busy: z.boolean(),
  settings: SyncSettingsSchema.nullable(),
  /** Whether a secret is kept for this endpoint. */
  hasCredentials: z.boolean(),
  /** Wall-clock ms. */
  sinceMs: z.number(),
  lastSyncAtMs: z.number().nullable(),
  nextTryAtMs: z.number().nullable(),
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
  conflicts: z.array(SyncConflictSchema),
});
export type RemoteState = z.infer<typeof RemoteStateSchema>;

/** Answer of a connection test that went well. */
export const SyncTestSchema = z.strictObject({
  found: z.enum(['nothing', 'same-project', 'other-project']),
  /** Name of the project that lies there. */
  name: z.string().nullable(),
});
export type SyncTest = z.infer<typeof SyncTestSchema>;

const Empty = z.strictObject({});

/** Calls of the contract that are about the endpoint. Secrets go in, never out. */
export const syncCalls = {
  'sync.state': { input: Empty, output: RemoteStateSchema },
  /** Tries an endpoint without changing anything there. Fails with what is wrong (`sync/…`, `project/…`). */
  'sync.test': {
    input: z.strictObject({ settings: SyncSettingsSchema, credentials: SyncCredentialsSchema.optional() }),
    output: SyncTestSchema,
  },
  /**
   * Connects the open project. Without `credentials` those that are kept for the address are used. `takeRemote` opens
   * another project that lies there, in a file of its own, instead of refusing it.
   */
  'sync.connect': {
    input: z.strictObject({
      settings: SyncSettingsSchema,
      credentials: SyncCredentialsSchema.optional(),
      takeRemote: z.boolean(),
    }),
    output: RemoteStateSchema,
  },
  /** Forgets the endpoint and its secrets; nothing is removed there. */
  'sync.disconnect': { input: Empty, output: RemoteStateSchema },
  'sync.now': { input: Empty, output: RemoteStateSchema },
  /** A person's choice in a conflict. Fails with `sync/choice-not-possible`. */
  'sync.resolve': {
    input: z.strictObject({ id: z.string(), pick: z.enum(['ours', 'theirs']) }),
    output: RemoteStateSchema,
  },
  /** Puts the local copy in place of a remote one that cannot be used. */
  'sync.overwriteRemote': { input: Empty, output: RemoteStateSchema },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
