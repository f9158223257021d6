import { DEFAULT_TRUNK_SETTINGS, type TrunkSettings, TrunkSettingsSchema } from '../../../../shared/bridge/trunk.ts';

const PLAIN_PORT = 5060;
const TLS_PORT = 5061;

/** The form of the outside line as it is typed; lists are text, as they are then. */
export interface LineDraft extends Omit<TrunkSettings, 'limits'> {
  readonly password: string;
  readonly limits: Omit<TrunkSettings['limits'], 'allowedPrefixes' | 'refusedPrefixes'>;
  readonly allowed: string;
  readonly refused: string;
}

/** What cannot be saved as it is typed. */
export type LineField = 'authority' | 'host' | 'user' | 'callerId' | 'countryCode' | 'allowed' | 'refused';

export function lineDraftOf(kept: TrunkSettings | null): LineDraft {
  const { limits, ...settings } = kept ?? { ...DEFAULT_TRUNK_SETTINGS, host: '', enabled: true };
  const { allowedPrefixes, refusedPrefixes, ...numbers } = limits;
  return {
    ...settings,
    limits: numbers,
    password: '',
    allowed: allowedPrefixes.join(' '),
    refused: refusedPrefixes.join(' '),
  };
}

/** The settings, or which fields are wrong. */
export function readLineDraft(
  draft: LineDraft,
): { readonly settings: TrunkSettings } | { readonly wrong: ReadonlySet<LineField> } {
  const { password: _, allowed, refused, limits, authority = '', ...fields } = draft;
  const isTrusted = draft.transport === 'tls' && authority.trim() !== '';
  const parsed = TrunkSettingsSchema.safeParse({
    ...fields,
    ...(isTrusted ? { authority: authority.trim() } : {}),
    host: fields.host.trim(),
    user: fields.user.trim(),
    callerId: fields.callerId.replace(/[\s().-]/g, ''),
    countryCode: fields.countryCode.replace(/[\s+]/g, ''),
    limits: { ...limits, allowedPrefixes: prefixesOf(allowed), refusedPrefixes: prefixesOf(refused) },
  });
  const wrong = new Set<LineField>();
  for (const { path } of parsed.error?.issues ?? []) wrong.add(fieldAt(path));
  if (draft.enabled && draft.mode === 'register' && fields.user.trim() === '') wrong.add('user');
  return parsed.success && wrong.size === 0 ? { settings: parsed.data } : { wrong };
}

/** The port that goes with another transport, where the usual one of the last was set (RFC 3261 19.1.2). */
export function usualPort({ port }: Pick<LineDraft, 'port'>, transport: LineDraft['transport']): { port?: number } {
  if (transport === 'tls' && port === PLAIN_PORT) return { port: TLS_PORT };
  return transport !== 'tls' && port === TLS_PORT ? { port: PLAIN_PORT } : {};
}

function prefixesOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((prefix) => prefix !== '');
}

function fieldAt(path: readonly PropertyKey[]): LineField {
  const [first, second] = path;
  if (first === 'limits') return second === 'refusedPrefixes' ? 'refused' : 'allowed';
  return first === 'authority' || first === 'user' || first === 'callerId' || first === 'countryCode' ? first : 'host';
}
