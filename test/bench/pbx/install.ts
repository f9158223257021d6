import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Programs that make and watch the load → Debian package. */
const PACKAGES: Readonly<Record<string, string>> = { sipp: 'sip-tester', tcpdump: 'tcpdump' };

/** Installs what is missing on Debian as root; gives what is still missing. */
export function ensureLoadTools(): string | undefined {
  const missing = () => Object.keys(PACKAGES).filter((name) => spawnSync('which', [name]).status !== 0);
  if (missing().length > 0 && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const packages = missing().map((name) => PACKAGES[name] ?? name);
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'ignore', env });
  }
  const left = missing();
  return left.length === 0 ? undefined : left.join(', ');
}
