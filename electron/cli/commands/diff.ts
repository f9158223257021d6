import { changesBetween } from '../../../shared/analyze/merge/changes.ts';
import { type Command, printJson } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readProject } from '../read-input.ts';

/** `diff A B`: what stands differently. */
export const diff: Command = {
  summary: 'tell what is different in another version of a project',
  inputs: ['A', 'B'],
  options: {},
  found: 'there are differences',
  run: async ({ inputs: [a = '', b = ''], io, json }) => {
    const [before, after] = [await readProject(a, io), await readProject(b, io)];
    const changes = changesBetween(before, after);
    if (json) printJson(io, { changes });
    else io.out(changes.map(({ message }) => `${message}\n`).join(''));
    return changes.length > 0 ? EXIT.found : EXIT.ok;
  },
};
