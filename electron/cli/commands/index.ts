import type { Command } from '../command.ts';
import { check } from './check.ts';
import { describe } from './describe.ts';
import { diff } from './diff.ts';
import { explore } from './explore.ts';
import { merge } from './merge.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { test } from './test.ts';

/** Every command by its name, in the order of `--help`. */
export const commands: Readonly<Record<string, Command>> = {
  check,
  test,
  explore,
  run,
  diff,
  merge,
  describe,
  schema,
};
