import type { CliOption, Command } from './command.ts';

const EXIT_CODES = `Exit codes:
  0  done, nothing found
  1  findings, failures, differences or conflicts
  2  wrong usage, or an input that cannot be read
`;

/** What the program says of itself. */
export function generalHelp(commands: Readonly<Record<string, Command>>): string {
  const rows = Object.entries(commands).map(([name, { inputs, summary }]) => [[name, ...inputs].join(' '), summary]);
  return `Usage: dialtree COMMAND …

Commands:
${table(rows)}
Every command takes --help and --json; "-" in place of a file reads the standard input.

${EXIT_CODES}`;
}

/** What the program says of one command. */
export function commandHelp(
  name: string,
  { summary, inputs, options, found }: Command,
  common: Readonly<Record<string, CliOption>>,
): string {
  const rows = Object.entries({ ...options, ...common }).map(([option, { short, value, help }]) => {
    const names = [`--${option}`, ...(short === undefined ? [] : [`-${short}`])].join(', ');
    return [value === undefined ? names : `${names} ${value}`, help];
  });
  return `Usage: ${['dialtree', name, ...inputs, '[OPTIONS]'].join(' ')}

${summary[0]?.toUpperCase()}${summary.slice(1)}.

Options:
${table(rows)}
${EXIT_CODES}Here 1 means: ${found}.
`;
}

function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}\n`).join('');
}
