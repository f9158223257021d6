import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { parseProjectText } from '../../shared/flow/migrations.ts';
import type { Project } from '../../shared/flow/project.ts';
import { DialtreeError } from '../../shared/lib/errors.ts';
import type { CliIo } from './io.ts';

/** The document in a project's folder. */
const DOCUMENT = 'project.json';
/** Larger inputs are refused: a project of 10,000 nodes has about 8 MB. */
export const MAX_INPUT_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file, or of the standard input for `-`.
 * @throws DialtreeError `cli/not-found`, `cli/is-directory`, `cli/no-permission`, `cli/too-large`, `cli/empty`,
 * `cli/not-text`, `cli/unreadable`.
 */
export async function readText(path: string, io: CliIo): Promise<string> {
  const name = path === '-' ? 'the standard input' : path;
  try {
    if (path !== '-') {
      const { size } = await stat(path);
      if (size > MAX_INPUT_BYTES) throw tooLarge(name);
    }
    const bytes = await readAll(path === '-' ? io.stdin : createReadStream(path), name);
    if (bytes.length === 0) {
      throw new DialtreeError({ code: 'cli/empty', message: `There is nothing in ${name}.`, params: { path: name } });
    }
    return decode(bytes, name);
  } catch (error) {
    throw error instanceof DialtreeError ? error : readFailure(name, error);
  }
}

/**
 * A project of its folder, of a file, or of the standard input for `-`.
 * @throws DialtreeError as `readText` and `parseProjectText`; the sentence names the file.
 */
export async function readProject(path: string, io: CliIo): Promise<Project> {
  const text = await readText(await documentOf(path), io);
  try {
    return parseProjectText(text);
  } catch (cause) {
    if (!(cause instanceof DialtreeError)) throw cause;
    const { code, message, hint, params } = cause.toDetail();
    const name = path === '-' ? 'standard input' : path;
    const detail = { code, message: `${name}: ${message}`, params: { ...params, path: name } };
    throw new DialtreeError(hint === undefined ? detail : { ...detail, hint }, { cause });
  }
}

/** A project's folder stands for the document in it. */
async function documentOf(path: string): Promise<string> {
  const document = join(path, DOCUMENT);
  const isThere = path !== '-' && (await stat(document).catch(() => undefined))?.isFile() === true;
  return isThere ? document : path;
}

/** What a failed read means for whoever gave the path. */
export function readFailure(name: string, error: unknown): DialtreeError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: ['cli/not-found', `There is no file ${name}.`],
    ENOTDIR: ['cli/not-found', `There is no file ${name}.`],
    EISDIR: ['cli/is-directory', `${name} is a folder; name a project file in it.`],
    EACCES: ['cli/no-permission', `You have no permission to read ${name}.`],
    EPERM: ['cli/no-permission', `You have no permission to read ${name}.`],
  };
  const [reason, sentence] = reasons[code ?? ''] ?? ['cli/unreadable', `${name} cannot be read: ${message}.`];
  return new DialtreeError({ code: reason, message: sentence, params: { path: name } }, { cause: error });
}

async function readAll(stream: Readable, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    // Pipes and devices have no size to look at before.
    if (length > MAX_INPUT_BYTES) throw tooLarge(name);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const message = `${name} is not text in UTF-8.`;
    throw new DialtreeError({ code: 'cli/not-text', message, params: { path: name } }, { cause });
  }
}

function tooLarge(name: string): DialtreeError {
  const megabytes = MAX_INPUT_BYTES / 1024 / 1024;
  const message = `${name} is larger than ${megabytes} MB: that is no project of ours.`;
  return new DialtreeError({ code: 'cli/too-large', message, params: { path: name, megabytes } });
}
