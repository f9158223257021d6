import type { z } from 'zod';
import { DialtreeError } from '../lib/errors.ts';
import { invariant } from '../lib/invariant.ts';
import { positionAt, positionIn } from '../lib/json-position.ts';
import { PROJECT_VERSION, type Project, ProjectSchema } from './project.ts';

/** A document of some version, not checked yet. */
type RawDocument = Readonly<Record<string, unknown>>;

/** Version → what makes a document of it into one of the next version (`version` itself is counted up for it). */
export type Migrations = Readonly<Record<number, (document: RawDocument) => RawDocument>>;

/** Empty while there has been one version only. */
const MIGRATIONS: Migrations = {};

const MAX_PROBLEMS = 3;

/**
 * Brings a document up to `target`, one version at a time. The input is not changed.
 * @param document Its `version` must be an integer from 1 to `target`.
 */
export function migrate(document: RawDocument, migrations: Migrations, target: number): RawDocument {
  let current = document;
  for (let version = Number(document.version); version < target; version++) {
    const migration = migrations[version];
    invariant(migration, `there is a migration from version ${version}`);
    current = { ...migration(current), version: version + 1 };
  }
  return current;
}

/**
 * Reads a project from JSON values of any version up to ours. Missing settings get their defaults.
 * @throws DialtreeError `project/wrong-format` (not one of our documents), `project/newer-version` (refused, so that
 * nothing of it is lost by saving), `project/invalid` (params: `path` and `problems` of the first ones).
 */
export function parseProject(json: unknown): Project {
  if (!isObject(json) || json.format !== 'dialtree') {
    throw new DialtreeError({
      code: 'project/wrong-format',
      message: 'This is not a Dialtree project: "format" is not "dialtree".',
      hint: 'Choose a file that was saved by Dialtree; its name ends in ".dialtree.json".',
    });
  }
  const { version } = json;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw invalidProject([{ path: 'version', message: 'must be a whole number from 1' }]);
  }
  if (version > PROJECT_VERSION) {
    throw new DialtreeError({
      code: 'project/newer-version',
      message: `This project was saved by a newer Dialtree: it has version ${version}, this program reads up to ${PROJECT_VERSION}.`,
      hint: 'Update Dialtree to open it. The file was not changed.',
      params: { version, supported: PROJECT_VERSION },
    });
  }
  // Schemas skip this name rather than refuse it; saving would then lose what stood there.
  const unsafe = findProtoMember(json);
  if (unsafe !== undefined) throw invalidProject([{ path: unsafe, message: 'the name "__proto__" is not allowed' }]);
  const parsed = ProjectSchema.safeParse(migrate(json, MIGRATIONS, PROJECT_VERSION));
  if (!parsed.success) throw invalidProject(parsed.error.issues.map(toProblem));
  return parsed.data;
}

/**
 * Reads the text of a project file, with or without a byte order mark.
 * @throws DialtreeError `project/not-json`, else as `parseProject`.
 */
export function parseProjectText(text: string): Project {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const conflict = /^(<{7}|={7}|>{7})/m.test(text);
    throw new DialtreeError(
      {
        code: 'project/not-json',
        message: `The project file is not readable JSON: ${placed((cause as Error).message, text)}.`,
        hint: conflict
          ? 'It holds an unfinished merge of two versions: settle the parts between "<<<<<<<" and ">>>>>>>".'
          : 'Restore the file from a backup or from version control; it may be cut off or damaged.',
      },
      { cause },
    );
  }
  try {
    return parseProject(json);
  } catch (error) {
    throw withPosition(error, text);
  }
}

/** Of a file that is cut off, JSON.parse does not say where: at its end. */
function placed(message: string, text: string): string {
  if (/ \(line \d+ column \d+\)/.test(message)) return message;
  const { line, column } = positionAt(text, text.length);
  return `${message} (line ${line} column ${column})`;
}

/** Says in which line of the text the first problem is. */
function withPosition(error: unknown, text: string): unknown {
  if (!(error instanceof DialtreeError)) return error;
  const { code, message, hint, params } = error.toDetail();
  const position = code === 'project/invalid' ? positionIn(text, String(params?.path ?? '').split('.')) : undefined;
  if (position === undefined) return error;
  const detail = {
    code,
    message: `${message} (line ${position.line} column ${position.column})`,
    params: { ...params, ...position },
  };
  return new DialtreeError(hint === undefined ? detail : { ...detail, hint }, { cause: error });
}

interface Problem {
  readonly path: string;
  readonly message: string;
}

function invalidProject(problems: readonly Problem[]): DialtreeError {
  const shown = problems.slice(0, MAX_PROBLEMS).map((problem) => `${problem.path}: ${problem.message}`);
  const more = problems.length - shown.length;
  return new DialtreeError({
    code: 'project/invalid',
    message: `The project cannot be used. ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    hint: 'Correct the named places in the file, or restore it from a backup. The file was not changed.',
    params: { path: problems[0]?.path ?? '', problems: shown.join('\n'), count: problems.length },
  });
}

function toProblem(issue: z.core.$ZodIssue): Problem {
  const path = issue.path.map(String).join('.') || '(document)';
  // Of an id that is no id, the reason stands one level down.
  const reason = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  return { path, message: reason ?? issue.message };
}

function isObject(value: unknown): value is RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Path of a member called `__proto__`, if there is one. Works without recursion: documents may nest absurdly. */
function findProtoMember(document: unknown): string | undefined {
  const open: { value: unknown; path: string }[] = [{ value: document, path: '' }];
  for (let at = open.pop(); at; at = open.pop()) {
    if (typeof at.value !== 'object' || at.value === null) continue;
    for (const [key, value] of Object.entries(at.value)) {
      const path = at.path === '' ? key : `${at.path}.${key}`;
      if (key === '__proto__') return path;
      if (typeof value === 'object') open.push({ value, path });
    }
  }
  return undefined;
}
