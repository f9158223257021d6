import type { Voice } from '../../../../shared/bridge/speech.ts';
import type { TextSource } from '../../../../shared/flow/speech.ts';
import type { Pcm } from '../wav.ts';

/** Something beside the embedded engine that reads texts: a program on this machine. */
export interface SpeechEngine {
  /** What the ids of its voices begin with, before a colon. */
  readonly prefix: string;
  /** What it can speak with now; none where it is not installed. Never rejects. */
  voices(): Promise<readonly Voice[]>;
  /**
   * Speaks a text whose voice is one of them.
   * @throws DialtreeError `speech/program-failed`, `speech/program-timeout`, `speech/program-missing`.
   */
  speak(source: TextSource, voiceId: string, timeoutMs: number): Promise<Pcm>;
}

/** The words of a text in one line: programs take a line for a text of its own. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The part of an id behind the prefix. */
export function ownName(voiceId: string): string {
  return voiceId.slice(voiceId.indexOf(':') + 1);
}
