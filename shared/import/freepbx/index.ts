import type { Project } from '../../flow/project.ts';
import { DialtreeError } from '../../lib/errors.ts';
import { ImportDraft, type Imported } from '../draft.ts';
import type { ImportOptions } from '../options.ts';
import { type Row, type Tables, tablesOfDump, tablesOfJson } from './tables.ts';
import { FreepbxTranslator } from './translator.ts';

/** Whether JSON has IVRs of FreePBX in it. */
export function isFreepbxJson(json: unknown): boolean {
  return (tablesOfJson(json).get('ivr_details')?.length ?? 0) > 0;
}

/** Whether a text is a dump of FreePBX's database. */
export function isFreepbxDump(text: string): boolean {
  return /INSERT (?:IGNORE )?INTO `?ivr_details`?/i.test(text);
}

/**
 * Takes the IVRs of FreePBX into a project, from a dump of its database or JSON of its backups: one flow for each that no
 * other IVR leads to, with those behind it.
 * @throws DialtreeError `import/no-menu`
 */
export function importFreepbx(project: Project, source: string | object, options: ImportOptions): Imported {
  const tables = typeof source === 'string' ? tablesOfDump(source) : tablesOfJson(source);
  const ivrs = tables.get('ivr_details') ?? [];
  if (ivrs.length === 0) {
    throw new DialtreeError({
      code: 'import/no-menu',
      message: 'There are no IVRs of FreePBX in this file: the table "ivr_details" is missing or empty.',
      hint: 'Export the module IVR, or dump the database "asterisk" with mysqldump.',
    });
  }
  const extensions = (tables.get('users') ?? []).map(({ extension = '' }) => extension);
  const draft = new ImportDraft(project, options.newId, extensions);
  const routes = tables.get('incoming') ?? [];
  for (const ivr of firstOnes(tables)) {
    const destination = `ivr-${ivr.id},s,1`;
    const flow = draft.flow(ivr.name || `IVR ${ivr.id}`, options.startName);
    new FreepbxTranslator(flow, tables).translate(destination);
    for (const route of routes) {
      if (route.destination === destination)
        draft.number((route.extension ?? '').trim(), route.description ?? '', flow.id);
    }
  }
  return draft.finish();
}

/** IVRs that no other one leads to; the first where they all do. */
function firstOnes(tables: Tables): readonly Row[] {
  const ivrs = tables.get('ivr_details') ?? [];
  const led = new Set<string>();
  const lead = (from: string | undefined, to: string | undefined) => {
    const [, id] = /^ivr-(\d+),/.exec(to ?? '') ?? [];
    if (id !== undefined && id !== from) led.add(id);
  };
  for (const { ivr_id, dest } of tables.get('ivr_entries') ?? []) lead(ivr_id, dest);
  for (const { id, invalid_destination, timeout_destination } of ivrs) {
    lead(id, invalid_destination);
    lead(id, timeout_destination);
  }
  const first = ivrs.filter(({ id = '' }) => !led.has(id));
  return first.length > 0 ? first : ivrs.slice(0, 1);
}
