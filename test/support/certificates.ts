import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { tempDir } from './temp-dir.ts';

/** Whether certificates can be made here. */
export const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
if (!hasOpenssl) console.warn('!!! NOT TESTED: there is no openssl to make certificates with.');

export interface TestCertificate {
  readonly certPath: string;
  readonly keyPath: string;
}

/** A certificate of its own making, good for ten days from now. */
export function makeCertificate(names = 'DNS:localhost,DNS:pbx.example,IP:127.0.0.1'): TestCertificate {
  const folder = tempDir();
  const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '10'],
    ...['-subj', '/CN=localhost', '-addext', `subjectAltName=${names}`],
    ...['-keyout', keyPath, '-out', certPath],
  ]);
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  return { certPath, keyPath };
}

/** The same key behind a passphrase. */
export function lockKey({ keyPath }: TestCertificate): string {
  const locked = join(tempDir(), 'locked.pem');
  const made = spawnSync('openssl', ['pkcs8', '-topk8', '-in', keyPath, '-out', locked, '-passout', 'pass:secret']);
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  return locked;
}
