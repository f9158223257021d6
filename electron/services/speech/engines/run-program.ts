import { spawn } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { DialtreeError } from '../../../../shared/lib/errors.ts';
import { decodeAudio } from '../../audio/decode-audio.ts';
import { toPcm } from '../../audio/decoded-audio.ts';
import type { Pcm } from '../wav.ts';

/** More than any list of voices; what prints more is not what was meant. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
/** How much of what a program complained about is told. */
const TOLD_CHARS = 300;

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  /** What it reads; UTF-8. */
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly clock: Pick<Clock, 'after'>;
}

/**
 * Runs a program to its end, without a shell, and gives what it printed.
 * @throws DialtreeError `speech/program-missing`, `speech/program-timeout` (it is killed), `speech/program-failed`.
 */
export function runProgram({ program, args, input = '', environment, timeoutMs, clock }: ProgramRun): Promise<Buffer> {
  const name = basename(program);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const printed: Buffer[] = [];
    let bytes = 0;
    let complaint = '';
    let isSettled = false;
    const settle = (finish: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      cancelTimer();
      finish();
    };
    const fail = (error: DialtreeError) => {
      child.kill('SIGKILL');
      settle(() => reject(error));
    };
    const cancelTimer = clock.after(timeoutMs, () => fail(timedOut(name, timeoutMs)));
    child.on('error', (cause) => settle(() => reject(notStarted(name, cause))));
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT_BYTES) fail(failed(name, 'it prints too much'));
      else printed.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(-TOLD_CHARS);
    });
    // One that ends without reading everything says so by its status.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('close', (status, signal) => {
      if (status === 0) settle(() => resolve(Buffer.concat(printed)));
      else settle(() => reject(failed(name, complaint.trim() || `it ended with ${status ?? signal}`)));
    });
  });
}

/** The same for a program that writes a WAV file, whose place is given to it. @throws also when it wrote none. */
export async function runForSound(run: (path: string) => ProgramRun): Promise<Pcm> {
  const folder = await mkdtemp(join(tmpdir(), 'dialtree-speech-'));
  try {
    const path = join(folder, 'speech.wav');
    const its = run(path);
    await runProgram(its);
    try {
      return toPcm(await decodeAudio(await readFile(path)));
    } catch (cause) {
      throw failed(basename(its.program), 'it gave no sound', cause);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The path of a program in one of the folders, else in the PATH; undefined when there is none. */
export async function findProgram(
  name: string,
  folders: readonly string[] = [],
  path = process.env.PATH ?? '',
): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of [...folders, ...path.split(delimiter)]) {
    if (folder === '') continue;
    const candidate = join(folder, file);
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return undefined;
}

/** As loud as the text wants it, without going over the edge. */
export function amplified({ sampleRateHz, samples }: Pcm, volume: number): Pcm {
  if (volume === 1) return { sampleRateHz, samples };
  return {
    sampleRateHz,
    samples: samples.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * volume)))),
  };
}

function notStarted(program: string, cause: Error): DialtreeError {
  const isMissing = 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EACCES');
  if (!isMissing) return failed(program, cause.message, cause);
  return new DialtreeError(
    {
      code: 'speech/program-missing',
      message: `The speech program "${program}" is not installed.`,
      hint: 'Install it, or choose an embedded voice.',
      params: { program },
    },
    { cause },
  );
}

function timedOut(program: string, timeoutMs: number): DialtreeError {
  return new DialtreeError({
    code: 'speech/program-timeout',
    message: `The speech program "${program}" did not finish within ${timeoutMs / 1000} s.`,
    hint: 'Try again, shorten the text, or choose an embedded voice.',
    params: { program, seconds: timeoutMs / 1000 },
  });
}

function failed(program: string, why: string, cause?: unknown): DialtreeError {
  return new DialtreeError(
    {
      code: 'speech/program-failed',
      message: `The speech program "${program}" failed: ${why}.`,
      hint: 'Check its installation and the voice, or choose an embedded voice.',
      params: { program, why },
    },
    { cause },
  );
}
