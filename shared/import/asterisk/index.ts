import type { Project } from '../../flow/project.ts';
import { DialtreeError } from '../../lib/errors.ts';
import { ImportDraft, type Imported } from '../draft.ts';
import type { ImportOptions } from '../options.ts';
import { extensionsIn } from '../text.ts';
import { entriesOf } from './jumps.ts';
import { parseDialplan } from './parse-dialplan.ts';
import { DialplanTranslator } from './translator.ts';

/** Whether a text looks like `extensions.conf`. */
export function isDialplan(text: string): boolean {
  return /^\s*(exten|same)\s*=>?\s*\S/m.test(text);
}

/**
 * Takes the phone menus of an Asterisk dialplan into a project: each place where calls come in and are asked keys is a
 * flow.
 * @throws DialtreeError `import/no-menu`
 */
export function importDialplan(project: Project, text: string, options: ImportOptions): Imported {
  const dialplan = parseDialplan(text);
  const entries = entriesOf(dialplan);
  if (entries.length === 0) {
    throw new DialtreeError({
      code: 'import/no-menu',
      message: 'This dialplan has no phone menu: nothing in it asks for keys by Background, WaitExten or Read.',
      hint: 'Choose the file with the contexts of the menu; files that it includes must be pasted into it.',
    });
  }
  const draft = new ImportDraft(project, options.newId, extensionsIn(text));
  for (const file of dialplan.notRead) draft.note('file-not-read', { file: file.slice(0, 100) });
  for (const { at, numbers } of entries) {
    const { pattern } = at.extension;
    const exten = pattern.startsWith('_') ? (numbers[0] ?? pattern) : pattern;
    const name = exten === 's' || numbers.length > 0 ? at.context : `${at.context} ${exten}`;
    const flow = draft.flow(name, options.startName);
    const known = new Map([...dialplan.globals, ['EXTEN', exten], ['CONTEXT', at.context]]);
    const first = at.extension.steps[0]?.priority ?? 1;
    new DialplanTranslator(flow, dialplan).translate({ context: at.context, exten, priority: first, known });
    for (const number of numbers) draft.number(number, at.context, flow.id);
  }
  return draft.finish();
}
