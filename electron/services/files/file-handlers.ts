import { readFile } from 'node:fs/promises';
import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import { type fileCalls, MAX_BUNDLE_BYTES } from '../../../shared/bridge/files.ts';
import { PROJECT_VERSION, type Project, ProjectSchema } from '../../../shared/flow/project.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { BUNDLE_LIMITS, readBundle } from '../bundle/read-bundle.ts';
import { writeBundle } from '../bundle/write-bundle.ts';
import type { MediaStore } from '../project/media-store.ts';
import { placeOf } from '../project/project-file.ts';
import type { ProjectStore } from '../project/project-store.ts';

export interface FileServices {
  readonly projects: ProjectStore;
  readonly media: MediaStore;
  readonly language: () => 'en' | 'pl';
  readonly chooseFolder?: (() => Promise<string | null>) | undefined;
  readonly newProjectId: () => string;
  /** To be called when another project is open. */
  readonly opened: (revision: number) => void;
}

/** The calls of the contract about files of projects. */
export function fileHandlers(services: () => FileServices): Pick<BridgeHandlers, keyof typeof fileCalls> {
  /** Makes a project beside the others and opens it (BU7). */
  async function makeAndOpen(project: Project, recordings: readonly Uint8Array[] = [], missing = 0) {
    const { projects, media, opened } = services();
    const { path, revision } = await projects.create(project, folderName(project.name));
    for (const bytes of recordings) await media.write(bytes);
    opened(revision);
    return { path, revision, missing };
  }

  return {
    'files.recent': async () => {
      const found = await services().projects.recent();
      const named = found.map(async ({ path, openedAtMs }) => {
        const name = await nameAt(path);
        return name === undefined ? [] : [{ path, name, openedAtMs }];
      });
      return (await Promise.all(named)).flat();
    },
    'files.chooseFolder': async () => {
      const { chooseFolder } = services();
      if (chooseFolder) return { path: await chooseFolder() };
      throw new DialtreeError({
        code: 'files/no-dialog',
        message: 'There is no dialog of the system here.',
        hint: 'Type the path of the folder.',
      });
    },
    'files.create': ({ name, language }) => makeAndOpen(emptyProject(services().newProjectId(), name, language)),
    'files.export': async () => {
      const { projects, media, language } = services();
      const { project } = await projects.current(language());
      const { bytes, missing } = await writeBundle(project, media);
      if (bytes.length > MAX_BUNDLE_BYTES) throw tooLarge();
      const fileName = `${folderName(project.name)}.dialtree`;
      return { fileName, zipBase64: Buffer.from(bytes).toString('base64'), missing: missing.length };
    },
    'files.import': async ({ zipBase64 }) => {
      if (zipBase64.length > (MAX_BUNDLE_BYTES * 4) / 3 + 4) throw tooLarge();
      const bytes = Buffer.from(zipBase64, 'base64');
      const { project, recordings, missing } = await readBundle(bytes, { ...BUNDLE_LIMITS, file: MAX_BUNDLE_BYTES });
      return makeAndOpen(
        project,
        recordings.map((one) => one.bytes),
        missing.length,
      );
    },
  };
}

function tooLarge(): DialtreeError {
  return new DialtreeError({
    code: 'bundle/too-large',
    message: `The project with its recordings is larger than ${MAX_BUNDLE_BYTES / 1024 / 1024} MB.`,
    hint: 'Copy its folder instead: it holds the same.',
    params: { what: 'file', limit: MAX_BUNDLE_BYTES },
  });
}

/** A project's name as a folder may be called on any system. */
export function folderName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  // Names that Windows keeps for devices.
  return /^$|^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `project-${plain}`.replace(/-$/, '') : plain;
}

/** What the project in a folder is called; undefined when there is none. Only its beginning matters, but it is JSON. */
async function nameAt(path: string): Promise<string | undefined> {
  try {
    const { file } = await placeOf(path);
    const { name } = JSON.parse(await readFile(file, 'utf8')) as { name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

function emptyProject(id: string, name: string, language: string): Project {
  return ProjectSchema.parse({
    format: 'dialtree',
    version: PROJECT_VERSION,
    id,
    name,
    settings: { language, speech: { language } },
    numbers: {},
    people: {},
    queues: {},
    prompts: {},
    schedules: {},
    flows: {},
  });
}
