import writeFileAtomic from 'write-file-atomic';
import { DialtreeError } from '../../shared/lib/errors.ts';

/**
 * Writes a file so that a crash leaves the old one or the new one.
 * @throws DialtreeError `cli/not-written`.
 */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text);
  } catch (cause) {
    const message = `${path} cannot be written: ${(cause as Error).message}.`;
    throw new DialtreeError({ code: 'cli/not-written', message, params: { path } }, { cause });
  }
}
