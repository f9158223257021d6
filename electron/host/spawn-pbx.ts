import { fork } from 'node:child_process';
import type { SpawnPbx } from '../services/pbx/pbx-process.ts';

/** Starts the PBX as a child process of Node; `entryFile` is a `.ts` in a checkout, a `.js` when built. */
export function forkPbx(entryFile: string): SpawnPbx {
  return () => {
    // Under `node --watch` a child would report its files on our channel.
    const { WATCH_REPORT_DEPENDENCIES: _, ...env } = process.env;
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    const child = fork(entryFile, [], { serialization: 'json', execArgv, env });
    // A message to a process that has just died must not end this one: its exit is what counts.
    child.on('error', () => {});
    return {
      send: (command) => {
        if (child.connected) child.send(command, () => {});
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', listener),
      kill: () => child.kill('SIGKILL'),
    };
  };
}
