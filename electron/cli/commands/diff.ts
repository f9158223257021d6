import { diffProjects } from '../../../shared/analyze/diff.ts';
import { changesBetween } from '../../../shared/analyze/merge/changes.ts';
import { type Command, printJson } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readProject } from '../read-input.ts';

/** `diff A B`: what stands differently, and what callers meet differently. */
export const diff: Command = {
  summary: 'tell what is different in another version of a project, and what callers notice',
  inputs: ['A', 'B'],
  options: {},
  found: 'there are differences',
  run: async ({ inputs: [a = '', b = ''], io, json }) => {
    const [before, after] = [await readProject(a, io), await readProject(b, io)];
    const changes = changesBetween(before, after);
    const { behaviour, complete } = diffProjects(before, after);
    if (json) {
      printJson(io, { changes, behaviour, complete });
    } else {
      const sentences = [...changes.map(({ message }) => message), ...behaviour.map(({ sentence }) => sentence)];
      if (!complete) sentences.push('There are more ways that calls can go than were compared.');
      io.out(sentences.map((sentence) => `${sentence}\n`).join(''));
    }
    return changes.length > 0 || behaviour.length > 0 ? EXIT.found : EXIT.ok;
  },
};
