import { z } from 'zod';
import { ProjectSchema } from '../../../shared/flow/project.ts';
import { type Command, printJson } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

/** `schema`: for editors and other programs that write project files. */
export const schema: Command = {
  summary: 'write the JSON Schema of the project file (draft 2020-12)',
  inputs: [],
  options: {},
  found: 'never',
  run: async ({ io }) => {
    const { $schema, ...rest } = z.toJSONSchema(ProjectSchema, { io: 'input' });
    printJson(io, { $schema, title: 'Dialtree project', ...rest });
    return EXIT.ok;
  },
};
