import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The folder of a project's versions: `versions` in its folder, `NAME.versions` beside a project that is one file. */
export function versionsDir(projectPath: string): string {
  const name = basename(projectPath);
  if (name === 'project.json') return join(dirname(projectPath), 'versions');
  if (!name.endsWith('.json')) return join(projectPath, 'versions');
  return join(dirname(projectPath), `${name.replace(/(\.dialtree)?\.json$/, '')}.versions`);
}

/** Who is signed in to this computer; empty where the system does not say. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
