import { execFileSync } from 'node:child_process';

/** The PBX processes that this process has started. */
export function pbxPids(): number[] {
  return execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('electron/pbx/process.ts'))
    .map((line) => Number.parseInt(line, 10));
}
