import { expect, test } from 'vitest';
import type { AudioChannel } from '../../../../electron/media/audio-channel.ts';
import { type AudioSource, EncodedAudio } from '../../../../electron/media/encoded-audio.ts';
import { FRAME_SAMPLES } from '../../../../electron/media/g711.ts';
import { PromptStore } from '../../../../electron/media/prompt-store.ts';
import { PromptPlayer } from '../../../../electron/pbx/prompt-player.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';

/** Sounds whose packets are told apart by their level. */
const levels = (...packets: number[]) =>
  new EncodedAudio(
    Int16Array.from({ length: packets.length * FRAME_SAMPLES }, (_, n) => packets[Math.floor(n / FRAME_SAMPLES)] ?? 0),
  );

class FakeChannel {
  #source: AudioSource | undefined;
  #onFinished: (() => void) | undefined;

  play(source: AudioSource, onFinished?: () => void): void {
    this.#source = source;
    this.#onFinished = onFinished;
  }

  silence(): void {
    this.#source = undefined;
    this.#onFinished = undefined;
  }

  /** The levels of the next packets; silence is 0. */
  hear(packets: number): number[] {
    return Array.from({ length: packets }, () => {
      let frame = this.#source?.nextWide();
      if (frame === undefined && this.#source !== undefined) {
        const finished = this.#onFinished;
        this.silence();
        finished?.();
        frame = (this.#source as AudioSource | undefined)?.nextWide();
      }
      return Math.round((frame?.[FRAME_SAMPLES] ?? 0) / 1000) * 1000;
    });
  }
}

function make(): { player: PromptPlayer; channel: FakeChannel } {
  const channel = new FakeChannel();
  const store = new PromptStore(new ManualClock());
  return { player: new PromptPlayer(channel as unknown as AudioChannel, store, silentLogger), channel };
}

test('[QA2] music goes on from where it was', () => {
  const { player, channel } = make();
  let finished = 0;
  player.loop(levels(1000, 2000, 3000, 4000));
  expect(channel.hear(2)).toEqual([1000, 2000]);
  player.playOver(levels(9000, 9000), () => finished++);
  expect(channel.hear(4)).toEqual([9000, 9000, 3000, 4000]);
  expect(finished).toBe(1);
});

test('[QA5] a stop ends both; over nothing nothing is played', () => {
  const { player, channel } = make();
  player.loop(levels(1000, 1000));
  player.playOver(levels(9000, 9000), () => expect.unreachable());
  player.stop();
  expect(channel.hear(2)).toEqual([0, 0]);
  player.playOver(levels(9000), () => expect.unreachable());
  expect(channel.hear(1)).toEqual([0]);
});
