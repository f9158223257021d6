import writeFileAtomic from 'write-file-atomic';
import { mergeProjects } from '../../../shared/analyze/merge/merge-projects.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import { type Command, printJson } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readProject } from '../read-input.ts';

/** `merge BASE OURS THEIRS`: usable as a merge driver of Git, `dialtree merge %O %A %B -o %A`. */
export const merge: Command = {
  summary: 'merge two versions of a project that have a common base',
  inputs: ['BASE', 'OURS', 'THEIRS'],
  options: { output: { type: 'string', short: 'o', value: 'OUT', help: 'write the merged project to this file' } },
  found: 'there are conflicts; the result is a valid project all the same',
  run: async ({ inputs: [base = '', ours = '', theirs = ''], options: { output }, io, json }) => {
    const versions = [await readProject(base, io), await readProject(ours, io), await readProject(theirs, io)] as const;
    const { project, conflicts } = mergeProjects(...versions);
    if (typeof output === 'string') await write(output, printProject(project));
    if (json) printJson(io, { conflicts, ...(typeof output === 'string' ? {} : { project }) });
    else {
      if (typeof output !== 'string') io.out(printProject(project));
      io.err(conflicts.map(({ message }) => `conflict: ${message}\n`).join(''));
    }
    return conflicts.length > 0 ? EXIT.found : EXIT.ok;
  },
};

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text);
  } catch (cause) {
    const message = `${path} cannot be written: ${(cause as Error).message}.`;
    throw new DialtreeError({ code: 'cli/not-written', message, params: { path } }, { cause });
  }
}
