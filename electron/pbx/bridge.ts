import { type AudioSource, type EncodedAudio, LoopSource, SequenceSource } from '../media/encoded-audio.ts';
import type { Party } from './party.ts';

/** Two who talk with one another now, neither of them held. */
export interface Link {
  readonly caller: Party;
  readonly far: Party;
  readonly bridge: Bridge;
}

/**
 * Two parties who hear each other. Who puts the other on hold gives them music; who holds hears nothing. One
 * conversation: it lasts until a party ends.
 */
export class Bridge {
  readonly #a: Party;
  readonly #b: Party;
  readonly #music: EncodedAudio;
  #announcement: object | undefined;
  #isParted = false;
  #mixOf: ((listener: Party) => AudioSource | undefined) | undefined;

  constructor(a: Party, b: Party, music: EncodedAudio) {
    this.#a = a;
    this.#b = b;
    this.#music = music;
    this.update();
  }

  /** They hear nothing until `update` or `announce`. */
  part(): void {
    this.#isParted = true;
    for (const party of [this.#a, this.#b]) party.channel.silence();
  }

  /** Both hear a sound at the same time, and then one another. `onHeard` is not told when anything came between. */
  announce(sound: EncodedAudio, onHeard: () => void): void {
    let left = 2;
    const announcement = {};
    this.#announcement = announcement;
    for (const party of [this.#a, this.#b]) {
      party.channel.play(new SequenceSource([sound]), () => {
        left -= 1;
        if (left > 0 || this.#announcement !== announcement) return;
        this.update();
        onHeard();
      });
    }
  }

  /** To be called when either party's hold changes. */
  update(): void {
    this.#announcement = undefined;
    this.#isParted = false;
    this.#listen(this.#a, this.#b);
    this.#listen(this.#b, this.#a);
  }

  /** What each hears in place of the other's voice alone; without it, or for whom it gives nothing, the voice. */
  setMix(mixOf: ((listener: Party) => AudioSource | undefined) | undefined): void {
    this.#mixOf = mixOf;
    // What is announced is heard to its end first.
    if (this.#announcement === undefined && !this.#isParted) this.update();
  }

  #listen(listener: Party, speaker: Party): void {
    if (listener.hasEnded || speaker.hasEnded) return;
    const mix = this.#mixOf?.(listener);
    if (speaker.isHeld) listener.channel.play(new LoopSource(this.#music));
    else if (mix !== undefined) listener.channel.play(mix);
    else listener.channel.hear(speaker.channel);
  }
}
