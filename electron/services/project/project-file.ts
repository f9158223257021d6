import { access, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseProjectText } from '../../../shared/flow/migrations.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { writeDurably } from './durable-file.ts';

/** The document in a project's folder. */
export const DOCUMENT = 'project.json';
/** What is this machine's only; version control ignores it. */
export const LOCAL = '.local';
const SINGLE_FILE = /(\.dialtree)?\.json$/;

/** Where a project lies. */
export interface Place {
  /** What a person opens: the folder, or a file of before there were folders. */
  readonly path: string;
  readonly file: string;
  readonly isFolder: boolean;
}

/** A folder, the document in it, or a single file (LF2). */
export async function placeOf(path: string): Promise<Place> {
  if (basename(path) === DOCUMENT) return folderPlace(dirname(path));
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ? folderPlace(path) : { path, file: path, isFolder: false };
}

export function folderPlace(folder: string): Place {
  return { path: folder, file: join(folder, DOCUMENT), isFolder: true };
}

/** A folder beside a single file, named as the file is. */
export function folderBeside(file: string): Promise<Place> {
  return unusedFolder(dirname(file), basename(file).replace(SINGLE_FILE, '') || 'project');
}

/** A folder in `dir` that is not there yet: `name`, `name-2`, … */
export async function unusedFolder(dir: string, name: string): Promise<Place> {
  for (let n = 1; ; n++) {
    const path = join(dir, n === 1 ? name : `${name}-${n}`);
    try {
      await access(path);
    } catch {
      return folderPlace(path);
    }
  }
}

/** Makes the folder for what is this machine's only, if need be. */
export async function makeLocalFolder(folder: string): Promise<string> {
  const ignore = join(folder, LOCAL, '.gitignore');
  if (!(await stat(ignore).catch(() => undefined))) await writeDurably(ignore, '*\n');
  return join(folder, LOCAL);
}

/** What is wrong in a file comes with where the file is. @throws DialtreeError `project/not-json`, … */
export function parseFile(path: string, text: string): Project {
  try {
    return parseProjectText(text);
  } catch (cause) {
    if (!(cause instanceof DialtreeError)) throw cause;
    const { code, message, hint, params } = cause.toDetail();
    throw new DialtreeError(
      {
        code,
        message: `${message} The file is ${path}; it was left as it is.`,
        params: { ...params, path },
        ...(hint ? { hint } : {}),
      },
      { cause },
    );
  }
}

/** @throws DialtreeError `project/not-found`, `project/unreadable`. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DialtreeError(
      {
        code: missing ? 'project/not-found' : 'project/unreadable',
        message: missing ? `There is no project file ${path}.` : `The project file ${path} cannot be read.`,
        hint: missing ? 'Open another file, or start from the sample.' : 'Check its permissions, or open another file.',
        params: { path },
      },
      { cause },
    );
  }
}

/**
 * Turns what the disk said into what a person can do about it: `project/disk-full`, `project/read-only`, else
 * `project/not-saved`.
 */
export function notSaved(path: string, cause: unknown): DialtreeError {
  if (cause instanceof DialtreeError) return cause;
  const { code: reason = '', message } = cause as NodeJS.ErrnoException;
  const [code, hint] = ['ENOSPC', 'EDQUOT'].includes(reason)
    ? ['project/disk-full', 'Free some space']
    : ['EROFS', 'EACCES', 'EPERM'].includes(reason)
      ? ['project/read-only', 'Make the folder writable']
      : ['project/not-saved', 'Free some space or make the folder writable'];
  return new DialtreeError(
    {
      code,
      message: `The project could not be saved to ${path}: ${message}`,
      hint: `${hint}; your changes stay in the window and are tried again.`,
      params: { path },
    },
    { cause },
  );
}
