import { utilityProcess } from 'electron';
import type { SpawnPbx } from '../services/pbx/pbx-process.ts';

/** Starts the PBX as a utility process of Electron. */
export function spawnPbxUtility(entryFile: string): SpawnPbx {
  return () => {
    const child = utilityProcess.fork(entryFile, [], { serviceName: 'Dialtree PBX' });
    return {
      send: (command) => child.postMessage(command),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', (code) => listener(code)),
      kill: () => child.kill(),
    };
  };
}
