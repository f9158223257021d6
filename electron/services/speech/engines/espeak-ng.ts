import type { Voice } from '../../../../shared/bridge/speech.ts';
import type { TextSource } from '../../../../shared/flow/speech.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { Pcm } from '../wav.ts';
import { findProgram, runForSound, runProgram } from './run-program.ts';
import { oneLine, ownName, type SpeechEngine } from './speech-engine.ts';

const LIST_TIMEOUT_MS = 5000;
const NATURAL_WORDS_PER_MINUTE = 175;

/**
 * The eSpeak NG of a Linux system: newer than the embedded one, or with voices of its own. (`spd-say` speaks through the
 * loudspeaker only, and cannot be used.)
 */
export class EspeakNgEngine implements SpeechEngine {
  readonly prefix = 'espeak-ng';
  readonly #clock: Pick<Clock, 'after'>;
  readonly #path: string | undefined;

  /** `path`: in place of the PATH. */
  constructor(clock: Pick<Clock, 'after'>, path?: string) {
    this.#clock = clock;
    this.#path = path;
  }

  async voices(): Promise<readonly Voice[]> {
    const program = await this.#program();
    if (program === undefined) return [];
    try {
      const run = { program, args: ['--voices'], timeoutMs: LIST_TIMEOUT_MS, clock: this.#clock };
      return parseVoices((await runProgram(run)).toString('utf8'));
    } catch {
      return [];
    }
  }

  async speak(source: TextSource, voiceId: string, timeoutMs: number): Promise<Pcm> {
    const program = (await this.#program()) ?? this.prefix;
    const rate = String(Math.round(NATURAL_WORDS_PER_MINUTE * (source.speed ?? 1)));
    const volume = String(Math.round(100 * (source.volume ?? 1)));
    return runForSound((path) => ({
      program,
      args: ['-v', ownName(voiceId), '-s', rate, '-a', volume, '-w', path, '--stdin'],
      input: oneLine(source.text),
      timeoutMs,
      clock: this.#clock,
    }));
  }

  #program(): Promise<string | undefined> {
    return findProgram('espeak-ng', [], this.#path);
  }
}

/** Columns: priority, language, age and gender, name, file, other languages. */
function parseVoices(list: string): Voice[] {
  return list
    .split('\n')
    .slice(1)
    .flatMap((line): Voice[] => {
      const [, language, , name, file] = line.trim().split(/\s+/);
      // Those of MBROLA are listed whether their sounds are installed or not.
      if (language === undefined || name === undefined || file === undefined || file.startsWith('mb/')) return [];
      const id = `espeak-ng:${file}`;
      return [{ id, name: name.replaceAll('_', ' '), language, engine: 'system' }];
    });
}
