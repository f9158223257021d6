import loadEspeak, { type EspeakVoice, type EspeakWorker } from '@echogarden/espeak-ng-emscripten';
import type { Voice } from '../../../shared/bridge/speech.ts';
import type { TextSource } from '../../../shared/flow/speech.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';
import type { Pcm } from './wav.ts';

const NATURAL_WORDS_PER_MINUTE = 175;
/** Letters, digits and symbols are spoken; punctuation and spaces only pause. */
const SPOKEN = /[\p{L}\p{N}\p{S}]/u;

/** Text to speech by the embedded eSpeak NG: offline, 140 voices. Renderings of one text differ by a hair. */
export class Synthesizer {
  readonly #worker: EspeakWorker;
  readonly #voices: readonly EspeakVoice[];

  private constructor(worker: EspeakWorker) {
    this.#worker = worker;
    this.#voices = worker.list_voices();
  }

  /** Loads the engine (about 70 ms and 24 MB of voice data). */
  static async load(): Promise<Synthesizer> {
    const { eSpeakNGWorker: Worker } = await loadEspeak();
    return new Synthesizer(new Worker());
  }

  /** Every voice, sorted by language then name. */
  voices(): Voice[] {
    return this.#voices
      .map((voice): Voice => {
        const { identifier, name } = voice;
        return { id: identifier, name, language: mainLanguage(voice), engine: 'embedded' };
      })
      .sort((a, b) => a.language.localeCompare(b.language) || a.name.localeCompare(b.name));
  }

  /**
   * Speaks a text whose settings are resolved (`language` set).
   * @throws DialtreeError `speech/empty`, `speech/nothing-to-say`, `speech/unknown-language`, `speech/unknown-voice`.
   */
  speak(source: TextSource): Pcm {
    refuseEmpty(source.text);
    const text = plainText(source.text);
    this.#selectVoice(source);
    this.#worker.set_rate(Math.round(NATURAL_WORDS_PER_MINUTE * (source.speed ?? 1)));
    this.#worker.set_volume(Math.round(100 * (source.volume ?? 1)));
    const chunks: Int16Array[] = [];
    this.#worker.synthesize(text, (samples) => {
      if (samples !== null) chunks.push(samples);
      return false;
    });
    return { sampleRateHz: this.#worker.get_samplerate(), samples: concatenate(chunks) };
  }

  #selectVoice(source: TextSource): void {
    const wanted = source.voice ?? this.#defaultVoiceFor(source.language ?? 'en');
    // set_voice reports an unknown voice only by its result and then silently goes on with the one before.
    if (wanted === undefined) {
      throw new DialtreeError({
        code: 'speech/unknown-language',
        message: `There is no voice for the language "${source.language}".`,
        hint: 'Choose another language, or record the prompt.',
        params: { language: source.language ?? '' },
      });
    }
    if (this.#worker.set_voice(wanted) !== 0) {
      throw new DialtreeError({
        code: 'speech/unknown-voice',
        message: `There is no voice "${wanted}".`,
        hint: 'Choose a voice from the list.',
        params: { voice: wanted },
      });
    }
  }

  /** The best voice for a language tag: the exact tag first, then the plain language, by the engine's priority. */
  #defaultVoiceFor(language: string): string | undefined {
    const tag = language.toLowerCase();
    for (const candidate of [tag, tag.split('-')[0]!]) {
      let best: { identifier: string; priority: number } | undefined;
      for (const voice of this.#voices) {
        const match = voice.languages.find((entry) => entry.name === candidate);
        if (match && (best === undefined || match.priority < best.priority)) {
          best = { identifier: voice.identifier, priority: match.priority };
        }
      }
      if (best) return best.identifier;
    }
    return undefined;
  }
}

/** @throws DialtreeError `speech/empty`, `speech/nothing-to-say` for what no voice could say anything of. */
export function refuseEmpty(text: string): void {
  if (text.trim() === '') {
    throw new DialtreeError({
      code: 'speech/empty',
      message: 'The prompt has no text to read.',
      hint: 'Type what the caller should hear.',
    });
  }
  if (!isSpoken(text)) {
    throw new DialtreeError({
      code: 'speech/nothing-to-say',
      message: `The text "${text.slice(0, 40)}" gives no speech.`,
      hint: 'Use words or numbers; punctuation alone is silent.',
    });
  }
}

/** Whether a voice says anything of a text. */
export function isSpoken(text: string): boolean {
  return SPOKEN.test(plainText(text));
}

function mainLanguage(voice: EspeakVoice): string {
  return voice.languages[0]?.name ?? 'und';
}

/** The engine reads `<…>` as SSML and `[[…]]` as phonemes; prompts are plain text, so neither may get through. */
function plainText(text: string): string {
  return text.replaceAll('<', ' ').replaceAll('>', ' ').replaceAll('[[', ' ').replaceAll(']]', ' ');
}

function concatenate(chunks: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
