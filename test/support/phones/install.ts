import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of other people that the interop tests call and compare with: program → Debian package. */
const PACKAGES = { baresip: 'baresip', sipp: 'sip-tester', linphonec: 'linphone-cli', ffmpeg: 'ffmpeg' } as const;
export type PhoneProgram = keyof typeof PACKAGES;

/** Path of a program on this machine, or undefined. */
export function findPhone(program: PhoneProgram): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
}

/** Installs what is missing on Debian as root; elsewhere, and when that fails, says what is not tested. */
export function ensurePhones(): void {
  const missing = (): PhoneProgram[] => (Object.keys(PACKAGES) as PhoneProgram[]).filter((name) => !findPhone(name));
  if (missing().length > 0 && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log(`Installing ${missing().join(', ')} for the interop tests …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const packages = missing().map((name) => PACKAGES[name]);
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    ]) {
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    }
  }
  for (const name of missing()) console.warn(skippedText(name));
}

/** Said wherever a test is left out for want of a program. */
export function skippedText(program: PhoneProgram): string {
  return `!!! NOT TESTED: there is no ${program} (Debian: apt install ${PACKAGES[program]}).`;
}
