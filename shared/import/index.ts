import type { ImportSource } from '../flow/nodes/imported.ts';
import type { Project } from '../flow/project.ts';
import { DialtreeError } from '../lib/errors.ts';
import { importDialplan, isDialplan } from './asterisk/index.ts';
import type { Imported } from './draft.ts';
import { importFreepbx, isFreepbxDump, isFreepbxJson } from './freepbx/index.ts';
import type { ImportOptions } from './options.ts';
import { importStudioFlow } from './twilio/index.ts';

export type { Imported } from './draft.ts';
export type { ImportOptions } from './options.ts';

/** Longest text that is read, in UTF-16 code units. */
export const MAX_IMPORT_LENGTH = 20_000_000;

/**
 * Takes what another program exported into a project; which program it was is seen by the text.
 * @throws DialtreeError `import/empty`, `import/too-large`, `import/not-json`, `import/unknown`, or as the importer of
 * the program says. The project is never changed.
 */
export function importText(
  project: Project,
  text: string,
  options: ImportOptions,
): { readonly source: ImportSource; readonly imported: Imported } {
  const source = text.replace(/^\uFEFF/, '');
  if (source.trim() === '') {
    throw new DialtreeError({
      code: 'import/empty',
      message: 'There is nothing in this file.',
      hint: 'Choose another file.',
    });
  }
  if (source.length > MAX_IMPORT_LENGTH) {
    throw new DialtreeError({
      code: 'import/too-large',
      message: `This text is longer than ${MAX_IMPORT_LENGTH / 1_000_000} million characters.`,
      hint: 'Export only the phone menus: of a database, the tables whose names begin with "ivr".',
      params: { max: MAX_IMPORT_LENGTH / 1_000_000 },
    });
  }
  if (/^\s*[[{]/.test(source) && !isDialplan(source)) return importJson(project, source, options);
  if (isFreepbxDump(source)) return { source: 'freepbx', imported: importFreepbx(project, source, options) };
  if (isDialplan(source)) return { source: 'asterisk', imported: importDialplan(project, source, options) };
  throw new DialtreeError({
    code: 'import/unknown',
    message: 'This is no file of a program that is known here.',
    hint: 'Known are flows of Twilio Studio (JSON), dialplans of Asterisk (extensions.conf) and FreePBX (JSON, or a dump of its database).',
  });
}

function importJson(project: Project, text: string, options: ImportOptions): ReturnType<typeof importText> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new DialtreeError(
      {
        code: 'import/not-json',
        message: `The file looks like JSON, and is not: ${(cause as Error).message}.`,
        hint: 'Perhaps it was cut off when it was copied: export it again.',
      },
      { cause },
    );
  }
  if (typeof json === 'object' && json !== null && isFreepbxJson(json)) {
    return { source: 'freepbx', imported: importFreepbx(project, json, options) };
  }
  return { source: 'twilio-studio', imported: importStudioFlow(project, json, options) };
}
