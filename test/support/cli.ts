import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** From the start of the process to its end. */
  readonly ms: number;
}

/** Starts the command line as a process of its own, with pipes. */
export function startCli(args: readonly string[], main = 'electron/cli/main.ts'): ChildProcess {
  return spawn(process.execPath, [main, ...args], { cwd: ROOT, stdio: 'pipe' });
}

/** Runs it to its end. `input` is its standard input. */
export async function cli(args: readonly string[], input: string | Buffer = '', main?: string): Promise<CliResult> {
  const startMs = performance.now();
  const child = startCli(args, main);
  const chunks = { out: [] as Buffer[], err: [] as Buffer[] };
  child.stdout?.on('data', (chunk: Buffer) => chunks.out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.err.push(chunk));
  // It may have seen enough before everything is written.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [out, err] = [Buffer.concat(chunks.out).toString(), Buffer.concat(chunks.err).toString()];
  return { code, out, err, ms: performance.now() - startMs };
}
