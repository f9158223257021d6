import type { Voice } from '../../../../shared/bridge/speech.ts';
import type { TextSource } from '../../../../shared/flow/speech.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { Pcm } from '../wav.ts';
import { amplified, findProgram, runForSound, runProgram } from './run-program.ts';
import { oneLine, ownName, type SpeechEngine } from './speech-engine.ts';

const LIST_TIMEOUT_MS = 5000;
const NATURAL_WORDS_PER_MINUTE = 175;

/** The voices of macOS, by its program `say`. */
export class MacSayEngine implements SpeechEngine {
  readonly prefix = 'say';
  readonly #clock: Pick<Clock, 'after'>;
  readonly #path: string | undefined;

  /** `path`: in place of the PATH. */
  constructor(clock: Pick<Clock, 'after'>, path?: string) {
    this.#clock = clock;
    this.#path = path;
  }

  async voices(): Promise<readonly Voice[]> {
    const program = await findProgram('say', [], this.#path);
    if (program === undefined) return [];
    try {
      const run = { program, args: ['-v', '?'], timeoutMs: LIST_TIMEOUT_MS, clock: this.#clock };
      return parseVoices((await runProgram(run)).toString('utf8'));
    } catch {
      return [];
    }
  }

  async speak(source: TextSource, voiceId: string, timeoutMs: number): Promise<Pcm> {
    const program = (await findProgram('say', [], this.#path)) ?? 'say';
    const rate = String(Math.round(NATURAL_WORDS_PER_MINUTE * (source.speed ?? 1)));
    const format = ['--file-format=WAVE', '--data-format=LEI16@22050'];
    const spoken = await runForSound((path) => ({
      program,
      args: ['-v', ownName(voiceId), '-r', rate, '-o', path, ...format, '-f', '-'],
      // What is in [[ ]] would be a command to it.
      input: oneLine(source.text).replaceAll('[[', ' ').replaceAll(']]', ' '),
      timeoutMs,
      clock: this.#clock,
    }));
    return amplified(spoken, source.volume ?? 1);
  }
}

/** A line is a name, which may have spaces, a locale such as `pl_PL`, and an example behind `#`. */
function parseVoices(list: string): Voice[] {
  return list.split('\n').flatMap((line): Voice[] => {
    const [, name, locale] = /^(.+?)\s+([a-z]{2,3}(?:[_-][A-Za-z0-9]+)*)\s+#/.exec(line) ?? [];
    if (name === undefined || locale === undefined) return [];
    return [{ id: `say:${name}`, name, language: locale.replaceAll('_', '-'), engine: 'system' }];
  });
}
