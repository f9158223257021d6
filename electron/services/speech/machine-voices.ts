import type { Voice } from '../../../shared/bridge/speech.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { EspeakNgEngine } from './engines/espeak-ng.ts';
import { MacSayEngine } from './engines/mac-say.ts';
import type { SpeechEngine } from './engines/speech-engine.ts';
import { WindowsSapiEngine } from './engines/windows-sapi.ts';

/** The voices that this machine has beside the embedded ones. They are looked for once, and again when told to. */
export class MachineVoices {
  readonly #engines: readonly SpeechEngine[];
  readonly #logger: Logger;
  /** Voices that were wanted in vain: told once. */
  readonly #missed = new Set<string>();
  #found: Promise<readonly Voice[]> | undefined;

  constructor(engines: readonly SpeechEngine[], logger: Logger) {
    this.#engines = engines;
    this.#logger = logger;
  }

  list(): Promise<readonly Voice[]> {
    this.#found ??= Promise.all(this.#engines.map((engine) => engine.voices())).then((lists) => lists.flat());
    return this.#found;
  }

  /** Looks anew at the next question: something was installed, or another folder chosen. */
  refresh(): void {
    this.#found = undefined;
    this.#missed.clear();
  }

  /** What speaks with a voice; undefined when this machine has it not. */
  async engineOf(voiceId: string): Promise<SpeechEngine | undefined> {
    const engine = this.#engines.find(({ prefix }) => voiceId.startsWith(`${prefix}:`));
    if (engine !== undefined && (await this.list()).some(({ id }) => id === voiceId)) return engine;
    if (!this.#missed.has(voiceId)) {
      this.#missed.add(voiceId);
      this.#logger.log('warn', 'speech.voice-missing', { voice: voiceId });
    }
    return undefined;
  }
}

/** What a system has of its own to speak with. */
export function systemEngine(platform: NodeJS.Platform, clock: Pick<Clock, 'after'>): SpeechEngine {
  if (platform === 'darwin') return new MacSayEngine(clock);
  return platform === 'win32' ? new WindowsSapiEngine(clock) : new EspeakNgEngine(clock);
}
