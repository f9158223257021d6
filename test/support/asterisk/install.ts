import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Asterisk 22 as unpacked: a folder like `/`. */
export interface AsteriskTree {
  readonly root: string;
}

const CACHE_DIR = fileURLToPath(new URL('../../../node_modules/.cache/dialtree/asterisk', import.meta.url));
/** Debian's suite that has Asterisk 22; its stable releases have none. */
const SUITE = 'forky';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const SOURCES = '/etc/apt/sources.list.d/debian.sources';
const PACKAGES = ['asterisk', 'asterisk-core-sounds-en-gsm'];

/** Said wherever something is left out for want of Asterisk. */
export const NO_ASTERISK = '!!! NOT TESTED: there is no Asterisk 22 here (it is unpacked on Debian with apt only).';

/**
 * Asterisk 22 for this machine, unpacked into the cache without touching what is installed: an apt of its own (with the
 * machine's mirror and keyring) loads the packages, which run by their own loader. Undefined where that cannot be done.
 */
export function ensureAsterisk(): AsteriskTree | undefined {
  const root = join(CACHE_DIR, 'root');
  if (existsSync(join(CACHE_DIR, 'complete'))) return { root };
  const mirror = existsSync(SOURCES) ? /^URIs:\s*(\S+)/m.exec(readFileSync(SOURCES, 'utf8'))?.[1] : undefined;
  if (mirror === undefined || !existsSync(KEYRING)) return undefined;
  console.log('Unpacking Asterisk 22 …');
  const archives = loadPackages(mirror);
  if (archives === undefined) return undefined;
  mkdirSync(root, { recursive: true });
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
    if (spawnSync('dpkg-deb', ['-x', join(archives, name), root], { stdio: 'inherit' }).status !== 0) return undefined;
  }
  // What the packages' scripts would have done.
  for (const name of ['lib', 'lib64']) if (!existsSync(join(root, name))) symlinkSync(`usr/${name}`, join(root, name));
  writeFileSync(join(CACHE_DIR, 'complete'), '');
  return { root };
}

/** Loads the packages and all they need; gives the folder they lie in. */
function loadPackages(mirror: string): string | undefined {
  const apt = join(CACHE_DIR, 'apt');
  const folders = ['etc/apt.conf.d', 'etc/preferences.d', 'etc/trusted.gpg.d', 'etc/sources.list.d', 'lists/partial'];
  for (const folder of [...folders, 'cache/archives/partial']) mkdirSync(join(apt, folder), { recursive: true });
  writeFileSync(join(apt, 'status'), '');
  writeFileSync(
    join(apt, 'etc/sources.list.d/debian.sources'),
    `Types: deb\nURIs: ${mirror}\nSuites: ${SUITE}\nComponents: main\nSigned-By: ${KEYRING}\n`,
  );
  writeFileSync(
    join(apt, 'apt.conf'),
    [
      `Dir::State "${apt}";`,
      `Dir::State::lists "${apt}/lists";`,
      `Dir::State::status "${apt}/status";`,
      `Dir::Cache "${apt}/cache";`,
      `Dir::Etc "${apt}/etc";`,
      'Dir::Etc::Parts "/etc/apt/apt.conf.d";',
      'APT::Install-Recommends "false";',
      'APT::Sandbox::User "root";',
      'Acquire::Languages "none";',
    ].join('\n'),
  );
  const env = { ...process.env, APT_CONFIG: join(apt, 'apt.conf'), DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['-qq', 'update'],
    ['-qq', '-y', '--download-only', 'install', ...PACKAGES],
  ]) {
    if (spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) return undefined;
  }
  return join(apt, 'cache/archives');
}
