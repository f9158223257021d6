import type { ParseArgsOptionDescriptor } from 'node:util';
import { DialtreeError } from '../../shared/lib/errors.ts';
import type { ExitCode } from './exit-codes.ts';
import type { CliIo } from './io.ts';

/** An option of a command, with what `--help` says of it. */
export interface CliOption extends ParseArgsOptionDescriptor {
  readonly help: string;
  /** What stands for the value in `--help`. */
  readonly value?: string;
}

/** What a command is run with. */
export interface CommandCall {
  /** The arguments that are no options: as many as the command has `inputs`. */
  readonly inputs: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** `--json`: one JSON document on the standard output. */
  readonly json: boolean;
  readonly io: CliIo;
}

/** A command of the command line. */
export interface Command {
  readonly summary: string;
  /** Names of the arguments that are no options, as `--help` shows them. */
  readonly inputs: readonly string[];
  readonly options: Readonly<Record<string, CliOption>>;
  /** What exit 1 means here. */
  readonly found: string;
  readonly run: (call: CommandCall) => Promise<ExitCode>;
}

/** Writes a value as JSON. */
export function printJson(io: CliIo, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}

/**
 * A number given as an option; `undefined` when it was not given.
 * @throws DialtreeError `cli/usage`.
 */
export function numberOption(call: CommandCall, name: string, min: number, max: number): number | undefined {
  const text = call.options[name];
  if (text === undefined) return undefined;
  const value = typeof text === 'string' && /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw usage(`--${name} takes a number from ${min} to ${max}.`);
  return value;
}

/** Wrong usage of the command line. */
export function usage(message: string): DialtreeError {
  return new DialtreeError({ code: 'cli/usage', message, hint: 'Try --help.' });
}
