import { randomUUID } from 'node:crypto';
import { VoicemailRecorder } from '../voicemail/recorder.ts';
import type { EffectHost, EffectOf } from './effect-host.ts';

/** Records the messages of one caller, one at a time. */
export class MessageTaker {
  readonly #host: EffectHost;
  #recording:
    | {
        readonly id: string;
        readonly recorder: VoicemailRecorder;
        readonly minMs: number;
        readonly untap: () => void;
      }
    | undefined;

  constructor(host: EffectHost) {
    this.#host = host;
  }

  /** The tone, then the recording. Who hangs up or presses the key during the tone has said nothing. */
  begin(effect: EffectOf<'record'>): void {
    const { context, record, player } = this.#host;
    record.update({ phase: 'flow', queueId: null, personId: null });
    player.playOnce(context.beep, () => this.#record(effect));
  }

  /** Ends the recording; the engine hears of it once the file is complete. */
  async stop({ recordingId }: EffectOf<'stop-recording'>): Promise<void> {
    const { context, player } = this.#host;
    const recording = this.#recording;
    this.#recording = undefined;
    player.stop();
    recording?.untap();
    const { failed, durationMs } = recording ? await recording.recorder.stop() : { failed: false, durationMs: 0 };
    if (recording && !failed && durationMs >= recording.minMs) context.onMessage(recording.id);
    this.#host.tell({ type: 'recording-ended', recordingId, reason: failed ? 'failed' : 'key', durationMs });
  }

  #record({ recordingId, mailbox, maxMs, silenceMs, minMs }: EffectOf<'record'>): void {
    const { caller, callId, config, context, info, record } = this.#host;
    const { clock, logger } = context;
    const { number, name = '' } = info.caller;
    const id = randomUUID();
    const { dialled } = record.summary;
    const message = { id, mailbox, caller: { number, name }, dialled, callId, startedAtMs: clock.wallMs() };
    const recorder = new VoicemailRecorder(
      { directory: config.voicemailDir, message, maxMs, silenceMs, minMs, clock, logger },
      {
        onEnded: (reason, durationMs) => {
          untap();
          this.#recording = undefined;
          // Of one that could not be finished, what is on the disk is a message, too.
          if (durationMs >= minMs) context.onMessage(id);
          this.#host.tell({ type: 'recording-ended', recordingId, reason, durationMs });
        },
      },
    );
    const untap = caller.channel.tap((packet, codec) => recorder.receive(packet, codec));
    this.#recording = { id, recorder, minMs, untap };
  }
}
