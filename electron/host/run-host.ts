import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PbxTls } from '../../shared/bridge/pbx.ts';
import type { LogLevel } from '../../shared/lib/logger.ts';
import { Backend } from '../services/backend.ts';
import { lockDataDir } from '../services/instance-lock.ts';
import { jsonLogger } from '../services/json-logger.ts';
import { systemClock } from '../services/system-clock.ts';
import { HostServer } from './host-server.ts';
import { forkPbx } from './spawn-pbx.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface HostOptions {
  readonly dataDir: string;
  /** Port of the window; 0 takes a free one. */
  readonly port: number;
  /** Port of the embedded PBX; 0 takes a free one. */
  readonly pbxPort: number;
  /** Port of phones by UDP and TCP; 0 takes a free one. */
  readonly sipPort: number;
  /** Phones by TLS and browsers by wss, too. */
  readonly tls?: PbxTls | undefined;
  readonly locale: string;
  readonly logLevel: LogLevel;
}

export interface RunningHost {
  /** Address to open in a browser; it carries the token of this start. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Runs the whole app on plain Node, for a browser as its window. Expects `npm run build` to have been run.
 * @throws DialtreeError `host/port-in-use`, `app/already-running`.
 */
export async function runHost(options: HostOptions): Promise<RunningHost> {
  const unlock = await lockDataDir(options.dataDir);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const logger = jsonLogger(options.logLevel);
  const backend = new Backend({
    dataDir: options.dataDir,
    version,
    host: 'node',
    locale: options.locale,
    pbxPort: options.pbxPort,
    sipPort: options.sipPort,
    tls: options.tls,
    spawnPbx: forkPbx(join(ROOT, 'electron', 'pbx', 'process.ts')),
    clock: systemClock,
    logger,
    emit: (name, payload) => server.emit(name, payload),
  });
  const server = new HostServer({
    port: options.port,
    rendererDir: join(ROOT, 'out', 'renderer'),
    handlers: backend.handlers,
    logger,
  });
  let url: string;
  try {
    url = await server.listen();
  } catch (error) {
    unlock();
    throw error;
  }
  backend.start();
  return {
    url,
    async stop() {
      await Promise.all([backend.stop(), server.close()]);
      unlock();
    },
  };
}
