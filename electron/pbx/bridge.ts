import { type EncodedAudio, LoopSource } from '../media/encoded-audio.ts';
import type { Party } from './party.ts';

/**
 * Two parties who hear each other. Who puts the other on hold gives them music; who holds hears nothing. One
 * conversation: it lasts until a party ends.
 */
export class Bridge {
  readonly #a: Party;
  readonly #b: Party;
  readonly #music: EncodedAudio;

  constructor(a: Party, b: Party, music: EncodedAudio) {
    this.#a = a;
    this.#b = b;
    this.#music = music;
    this.update();
  }

  /** To be called when either party's hold changes. */
  update(): void {
    listen(this.#a, this.#b, this.#music);
    listen(this.#b, this.#a, this.#music);
  }
}

function listen(listener: Party, speaker: Party, music: EncodedAudio): void {
  if (listener.hasEnded || speaker.hasEnded) return;
  if (speaker.isHeld) listener.channel.play(new LoopSource(music));
  else listener.channel.hear(speaker.channel);
}
