import {
  type SyncCredentials,
  SyncCredentialsSchema,
  type SyncSettings,
  SyncSettingsSchema,
} from '../../../../shared/bridge/sync.ts';

/** What is typed into the form of an endpoint; empty texts are nothing. */
export interface EndpointDraft {
  readonly url: string;
  readonly kind: SyncSettings['kind'];
  readonly auth: SyncSettings['auth'];
  readonly user: string;
  readonly caPem: string;
  readonly password: string;
  readonly token: string;
  readonly certPem: string;
  readonly keyPem: string;
  readonly passphrase: string;
}

const NO_SECRETS = { password: '', token: '', certPem: '', keyPem: '', passphrase: '' };

/** The form as it begins; secrets never come back from where they are kept. */
export function draftOf(settings: SyncSettings | null): EndpointDraft {
  const { url = '', kind = 'webdav', auth = 'none', user = '', caPem = '' } = settings ?? {};
  return { url, kind, auth, user, caPem, ...NO_SECRETS };
}

/** The settings; null while the address is none. */
export function settingsOf({ url, kind, auth, user, caPem }: EndpointDraft): SyncSettings | null {
  const named = auth === 'basic' || auth === 'digest';
  const settings = { url: url.trim(), kind, auth, user: named ? user : '', ...(caPem === '' ? {} : { caPem }) };
  const parsed = SyncSettingsSchema.safeParse(settings);
  return parsed.success ? parsed.data : null;
}

/** The secrets that were typed; undefined when none was, so that those that are kept go on. */
export function credentialsOf(draft: EndpointDraft): SyncCredentials | undefined {
  const { password, token, certPem, keyPem, passphrase } = draft;
  const given = Object.entries({
    ...(draft.auth === 'bearer' ? { token } : {}),
    ...(draft.auth === 'basic' || draft.auth === 'digest' ? { password } : {}),
    certPem,
    keyPem,
    passphrase,
  }).filter(([, text]) => text !== '');
  return given.length === 0 ? undefined : SyncCredentialsSchema.parse(Object.fromEntries(given));
}

/** Whether others on the way could read what is sent; on this machine nobody is on the way. */
export function isReadableByOthers(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
