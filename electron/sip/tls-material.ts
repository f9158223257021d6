import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { DialtreeError } from '../../shared/lib/errors.ts';

/** Where the certificate of the phone server and its key lie, as PEM. */
export interface TlsFiles {
  readonly certPath: string;
  readonly keyPath: string;
}

/** A certificate (with those of its authorities after it) and its key, checked. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  /** When it ends, wall-clock ms. */
  readonly endsAtMs: number;
  /** Whether it is good for that host name or address. */
  readonly covers: (host: string) => boolean;
}

const HOST_NAME = /^[a-z0-9](?:[a-z0-9-]{0,62}\.)*[a-z0-9-]{1,63}$/i;

/** RFC 5922 and RFC 8996: what is older than that is broken. */
export const MIN_TLS_VERSION = 'TLSv1.2';

/**
 * Reads and checks a certificate and its key, so that what is wrong is told at the start and not by phones that cannot
 * connect.
 * @throws DialtreeError `pbx/tls-cert-missing`, `pbx/tls-key-missing`, `pbx/tls-cert-bad`, `pbx/tls-key-bad`,
 *   `pbx/tls-key-locked`, `pbx/tls-key-mismatch`, `pbx/tls-expired`, `pbx/tls-not-yet`.
 */
export async function readTls({ certPath, keyPath }: TlsFiles, wallMs: number): Promise<TlsMaterial> {
  const cert = await read(certPath, 'pbx/tls-cert-missing', 'The certificate');
  const key = await read(keyPath, 'pbx/tls-key-missing', 'The key of the certificate');
  const parsed = parseCertificate(cert, certPath);
  if (!parsed.checkPrivateKey(parseKey(key, keyPath))) {
    throw new DialtreeError({
      code: 'pbx/tls-key-mismatch',
      message: `The key ${keyPath} is not that of the certificate ${certPath}.`,
      hint: 'Give the key that the certificate was made with.',
      params: { certPath, keyPath },
    });
  }
  const [beginsAtMs, endsAtMs] = [Date.parse(parsed.validFrom), Date.parse(parsed.validTo)];
  if (wallMs >= endsAtMs) {
    const until = dateOf(endsAtMs);
    const message = `The certificate ${certPath} was good until ${until}.`;
    throw new DialtreeError({
      code: 'pbx/tls-expired',
      message,
      hint: 'Give a new one.',
      params: { path: certPath, until },
    });
  }
  if (wallMs < beginsAtMs) {
    const from = dateOf(beginsAtMs);
    throw new DialtreeError({
      code: 'pbx/tls-not-yet',
      message: `The certificate ${certPath} is good from ${from} on.`,
      hint: 'Check the date of this computer.',
      params: { path: certPath, from },
    });
  }
  const covers = (host: string): boolean => {
    const bare = host.replace(/^\[(.*)\]$/, '$1');
    if (isIP(bare) !== 0) return parsed.checkIP(bare) !== undefined;
    // Node throws at what is no name at all, and this one comes from outside.
    return HOST_NAME.test(bare) && parsed.checkHost(bare) !== undefined;
  };
  return { cert, key, endsAtMs, covers };
}

async function read(path: string, code: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const message = `${what} cannot be read: ${path}`;
    throw new DialtreeError(
      { code, message, hint: 'Check the path and who may read the file.', params: { path } },
      { cause: error },
    );
  }
}

function parseCertificate(text: string, path: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (error) {
    throw new DialtreeError(
      {
        code: 'pbx/tls-cert-bad',
        message: `There is no certificate in ${path}.`,
        hint: 'It must be PEM: text that begins with -----BEGIN CERTIFICATE-----.',
        params: { path },
      },
      { cause: error },
    );
  }
}

function parseKey(text: string, path: string): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw new DialtreeError({
      code: 'pbx/tls-key-locked',
      message: `The key ${path} is locked by a passphrase.`,
      hint: 'Give one without, which only you may read.',
      params: { path },
    });
  }
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw new DialtreeError(
      {
        code: 'pbx/tls-key-bad',
        message: `There is no private key in ${path}.`,
        hint: 'It must be PEM: text that begins with -----BEGIN PRIVATE KEY-----.',
        params: { path },
      },
      { cause: error },
    );
  }
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
