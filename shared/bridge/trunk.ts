import { z } from 'zod';

/**
 * The outside line: a SIP trunk to a provider or to another telephone system. Settings of this machine; never part of a
 * project. Behaviour: electron/pbx/trunk/SPEC.md.
 */

/** A host name or an address, IPv6 without brackets. */
const HOST = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/;
/** What may stand in a SIP user part without quoting, as providers give it. */
const USER = /^[A-Za-z0-9._+!~*'()-]*$/;
/** Beginning of a number in international form, or of a short code. */
const PREFIX = /^(?:\+\d{0,15}|\d{1,6})$/;

/** What keeps strangers and mistakes from making expensive calls; rules TF*. */
export const TrunkLimitsSchema = z.strictObject({
  /** Where calls may go: beginnings of numbers in international form (`+` alone: everywhere) and of short codes. */
  allowedPrefixes: z.array(z.string().regex(PREFIX)).max(100),
  /** Where they may not go although a prefix allows it: premium numbers. */
  refusedPrefixes: z.array(z.string().regex(PREFIX)).max(200),
  maxMinutesPerCall: z.number().int().min(1).max(1440),
  maxCallsPerHour: z.number().int().min(0).max(10_000),
  maxCallsPerDay: z.number().int().min(0).max(100_000),
  maxCallsAtOnce: z.number().int().min(0).max(100),
});
export type TrunkLimits = z.infer<typeof TrunkLimitsSchema>;

/** Polish premium rates: 70x, and the 3xx and 4xx numbers of services; national numbers begin with +48 here. */
const POLISH_PREMIUM = ['+4870', '+48300', '+48400'];
/** Premium rates of the ITU, satellites, and those of countries that calls are often allowed to. */
const WORLD_PREMIUM = ['+979', '+870', '+881', '+882', '+883', '+1900', '+1976', '+449', '+49900', '+43900', '+43930'];

export const DEFAULT_TRUNK_LIMITS: TrunkLimits = {
  allowedPrefixes: ['+48'],
  refusedPrefixes: [...POLISH_PREMIUM, ...WORLD_PREMIUM],
  maxMinutesPerCall: 60,
  maxCallsPerHour: 30,
  maxCallsPerDay: 150,
  maxCallsAtOnce: 4,
};

export const TrunkSettingsSchema = z.strictObject({
  enabled: z.boolean(),
  /** `register`: we sign in with a password. `ip`: the far end knows our address, and we take calls from its. */
  mode: z.enum(['register', 'ip']),
  host: z.string().max(253).regex(HOST, 'a host name or an address'),
  port: z.number().int().min(1).max(65_535),
  transport: z.enum(['udp', 'tcp', 'tls']),
  /** PEM of a certificate authority of the provider's own, for `tls`; the usual ones are trusted anyway. */
  authority: z.string().max(20_000).includes('-----BEGIN CERTIFICATE-----').optional(),
  /** Account at the provider, for From and to sign in. */
  user: z.string().max(64).regex(USER),
  /** Number that outside sees; empty: the user. */
  callerId: z
    .string()
    .max(20)
    .regex(/^\+?\d*$/),
  /** Our own port, for `ip`; 0 takes a free one. */
  localPort: z.number().int().min(0).max(65_535),
  /** How numbers are written to the provider: `+48…`, `0048…` or `48…`. */
  numberFormat: z.enum(['plus', 'double-zero', 'digits']),
  /** Country code of numbers that are written without one, e.g. `48`. */
  countryCode: z.string().regex(/^[1-9]\d{0,2}$/),
  limits: TrunkLimitsSchema,
});
export type TrunkSettings = z.infer<typeof TrunkSettingsSchema>;

export const DEFAULT_TRUNK_SETTINGS: Omit<TrunkSettings, 'host'> = {
  enabled: false,
  mode: 'register',
  port: 5060,
  transport: 'udp',
  user: '',
  callerId: '',
  localPort: 0,
  numberFormat: 'plus',
  countryCode: '48',
  limits: DEFAULT_TRUNK_LIMITS,
};

/**
 * `off`: not set, or switched off. `connecting`: no answer yet. `registered`: calls go both ways; in `ip` mode the line
 * is ready. `refused`: the provider answers and does not let us in. `unreachable`: it does not answer.
 */
export const TRUNK_STATUSES = ['off', 'connecting', 'registered', 'refused', 'unreachable'] as const;

export const TrunkStateSchema = z.strictObject({
  status: z.enum(TRUNK_STATUSES),
  /** SIP status of the last answer, e.g. 403; null without one. */
  sipStatus: z.number().int().nullable(),
  /** For people who look after it: what the provider said, or what failed. Never a secret. */
  reason: z.string().max(200),
  /** Calls over the trunk now. */
  calls: z.number().int(),
});
export type TrunkState = z.infer<typeof TrunkStateSchema>;

export const TRUNK_OFF: TrunkState = { status: 'off', sipStatus: null, reason: '', calls: 0 };

/** What the PBX runs the trunk on. The password is in memory and in this message only. */
export const TrunkConfigSchema = z.strictObject({
  settings: TrunkSettingsSchema,
  password: z.string().max(200),
  /** File in which the calls of the last day are kept (TF7). */
  historyPath: z.string(),
});
export type TrunkConfig = z.infer<typeof TrunkConfigSchema>;

/** What a window sees of the line. The password goes in only. */
export const TrunkViewSchema = z.strictObject({
  /** Null: never set. */
  settings: TrunkSettingsSchema.nullable(),
  /** Whether a password is kept for this user at this host. */
  hasPassword: z.boolean(),
  state: TrunkStateSchema,
});
export type TrunkView = z.infer<typeof TrunkViewSchema>;

const Empty = z.strictObject({});

/** Calls of the contract that are about the outside line. */
export const trunkCalls = {
  'trunk.get': { input: Empty, output: TrunkViewSchema },
  /**
   * Without `password` the one that is kept for this user at this host stays. Fails with `trunk/user-missing` and
   * `trunk/password-missing`; calls over the line as it was end.
   */
  'trunk.set': {
    input: z.strictObject({ settings: TrunkSettingsSchema, password: z.string().max(200).optional() }),
    output: TrunkViewSchema,
  },
  'trunk.state': { input: Empty, output: TrunkStateSchema },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

/** Why a call to outside came to nothing, as `trunk/<one of these>` in traces and logs; SPEC.md, TF* and TO*. */
export const TRUNK_FAILURES = [
  'none',
  'line-down',
  'number-unusable',
  'not-allowed',
  'premium',
  'too-many-at-once',
  'too-many-this-hour',
  'too-many-today',
  'no-answer',
  'busy',
  'rejected',
  'no-common-codec',
  'lost',
] as const;
export type TrunkFailure = (typeof TRUNK_FAILURES)[number];
