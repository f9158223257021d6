import { parseArgs } from 'node:util';
import { toErrorDetail } from '../../shared/lib/errors.ts';
import { lookup } from '../../shared/lib/record.ts';
import { type CliOption, type Command, usage } from './command.ts';
import { commands } from './commands/index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { commandHelp, generalHelp } from './help.ts';
import type { CliIo } from './io.ts';

/** Options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, CliOption>> = {
  json: { type: 'boolean', help: 'write one JSON document instead of text' },
  help: { type: 'boolean', short: 'h', help: 'say what the command does' },
};

/**
 * Runs the command line. Whatever goes wrong is one line with a code on the standard error output.
 * @param args What stands after the program's name.
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  try {
    const [name, ...rest] = args;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      io.out(generalHelp(commands));
      return name === undefined ? EXIT.trouble : EXIT.ok;
    }
    const command = lookup(commands, name);
    if (!command) throw usage(`There is no command "${name}".`);
    return await runCommand(name, command, rest, io);
  } catch (error) {
    io.err(`dialtree: ${errorLine(error)}\n`);
    return EXIT.trouble;
  }
}

async function runCommand(name: string, command: Command, args: string[], io: CliIo): Promise<ExitCode> {
  const { values, positionals } = parse(args, { ...COMMON_OPTIONS, ...command.options });
  if (values.help) {
    io.out(commandHelp(name, command, COMMON_OPTIONS));
    return EXIT.ok;
  }
  if (positionals.length !== command.inputs.length) {
    const wanted = command.inputs.length === 0 ? 'no arguments' : command.inputs.join(' ');
    throw usage(`${name} takes ${wanted}; ${positionals.length} were given.`);
  }
  if (positionals.filter((input) => input === '-').length > 1) throw usage('Only one input can be "-".');
  return command.run({ inputs: positionals, options: values, json: values.json === true, io });
}

function parse(args: string[], options: Readonly<Record<string, CliOption>>) {
  const plain = Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
  try {
    const { values, positionals } = parseArgs({ args, options: plain, allowPositionals: true, strict: true });
    return { values: values as Readonly<Record<string, string | boolean | undefined>>, positionals };
  } catch (error) {
    throw usage((error as Error).message);
  }
}

/** An error on one line that a terminal shows as it is: nothing in it is a control character. */
function errorLine(error: unknown): string {
  const { code, message, hint } = toErrorDetail(error);
  const text = hint === undefined ? message : `${message} ${hint}`;
  return `${text.replace(/[\s\p{C}]+/gu, ' ').trim()} [${code}]`;
}
