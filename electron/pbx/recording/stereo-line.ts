import type { SoundRate, VoiceCodec } from '../../media/codec.ts';
import type { RtpPacket } from '../../media/rtp.ts';
import { joined, VoiceLine } from '../voicemail/voice-line.ts';

export type Side = 'left' | 'right';

interface Channel {
  readonly line: VoiceLine;
  codec: VoiceCodec;
  /** What the other channel has no sound for yet. */
  waiting: Int16Array;
}

/** Two voices of one conversation as one sound of two channels, in step whatever either sends or loses. */
export class StereoLine {
  readonly #channels: Readonly<Record<Side, Channel>>;

  constructor(startMs: number, rate: SoundRate) {
    const channel = (): Channel => ({
      line: new VoiceLine(startMs, { rate, isOneOfTwo: true }),
      codec: 'PCMU',
      waiting: new Int16Array(0),
    });
    this.#channels = { left: channel(), right: channel() };
  }

  /** Takes a packet of one voice; gives the sound of both that is complete now, samples taking turns. */
  receive(side: Side, packet: RtpPacket, codec: VoiceCodec, nowMs: number): Int16Array {
    const channel = this.#channels[side];
    channel.codec = codec;
    take(channel, channel.line.receive(packet, codec, nowMs));
    return this.#complete();
  }

  /** To be called every now and then: who sends nothing is silent. */
  keepUp(nowMs: number): Int16Array {
    for (const channel of [this.#channels.left, this.#channels.right]) take(channel, channel.line.keepUp(nowMs));
    return this.#complete();
  }

  /** Ends it: everything up to now. */
  finish(nowMs: number): Int16Array {
    const { left, right } = this.#channels;
    for (const channel of [left, right]) {
      take(channel, joined([channel.line.flush(channel.codec, nowMs), channel.line.fill(nowMs)]));
      channel.line.close();
    }
    const length = Math.max(left.waiting.length, right.waiting.length);
    for (const channel of [left, right]) take(channel, new Int16Array(length - channel.waiting.length));
    return this.#complete();
  }

  #complete(): Int16Array {
    const { left, right } = this.#channels;
    const length = Math.min(left.waiting.length, right.waiting.length);
    const sound = new Int16Array(2 * length);
    for (let at = 0; at < length; at++) {
      sound[2 * at] = left.waiting[at] ?? 0;
      sound[2 * at + 1] = right.waiting[at] ?? 0;
    }
    left.waiting = left.waiting.subarray(length);
    right.waiting = right.waiting.subarray(length);
    return sound;
  }
}

function take(channel: Channel, sound: Int16Array): void {
  if (sound.length > 0) channel.waiting = channel.waiting.length === 0 ? sound : joined([channel.waiting, sound]);
}
