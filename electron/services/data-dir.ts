import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where this installation keeps projects and caches, by the system's custom: `$XDG_DATA_HOME` (XDG Base Directory
 * 0.8), `~/Library/Application Support`, `%APPDATA%`. `DIALTREE_DATA` overrides it.
 */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (env.DIALTREE_DATA) return env.DIALTREE_DATA;
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Dialtree');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Dialtree');
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'dialtree');
}
