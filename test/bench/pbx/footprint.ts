import { readdirSync, writeSync } from 'node:fs';

/** What a process holds, after its garbage was collected. */
export interface Footprint {
  readonly heapMiB: number;
  /** Memory of the process that is in RAM. */
  readonly residentMiB: number;
  readonly openFiles: number;
  /** Sockets, timers and the like that keep it alive, by kind. */
  readonly resources: Readonly<Record<string, number>>;
}

/** The pipe that it is told through. */
export const FOOTPRINT_FD = 4;

const MIB = 1024 * 1024;

/** Loaded into the PBX process before its own code (`--expose-gc --import`): on SIGUSR2 it tells what it holds. */
if (process.send !== undefined && globalThis.gc !== undefined) {
  process.on('SIGUSR2', () => {
    // What finalizers let go of is collected by the second.
    for (let round = 0; round < 2; round++) globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    const resources: Record<string, number> = {};
    for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
    const footprint: Footprint = {
      heapMiB: (heapUsed + external) / MIB,
      residentMiB: rss / MIB,
      openFiles: readdirSync('/proc/self/fd').length,
      resources,
    };
    writeSync(FOOTPRINT_FD, `${JSON.stringify(footprint)}\n`);
  });
}
