import { SUPERVISION_KEYS, type SupervisionMode } from '../../../shared/bridge/supervision.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import type { AudioChannel } from '../../media/audio-channel.ts';
import { MixedVoices } from '../../media/mixed-voices.ts';
import type { Link } from '../bridge.ts';
import type { CallRecord } from '../call-record.ts';
import { type Party, REASONS } from '../party.ts';

export interface SupervisedCall {
  readonly callId: string;
  readonly record: CallRecord;
  readonly logger: Logger;
}

/** A supervisor in one conversation, see SPEC.md. Its owner tells who talks, as often as that changes. */
export class Supervision {
  readonly #call: SupervisedCall;
  readonly #supervisor: Party;
  readonly #onEnded: () => void;
  #mode: SupervisionMode = 'listen';
  #link: Link | undefined;
  /** Undoes what the mode has set up. */
  #undo: (() => void)[] = [];
  #isOver = false;

  /** @param onEnded When the supervisor has gone, or was let go. */
  constructor(call: SupervisedCall, supervisor: Party, onEnded: () => void) {
    this.#call = call;
    this.#supervisor = supervisor;
    this.#onEnded = onEnded;
    supervisor.setEvents({
      onDigit: (digit) => {
        const mode = SUPERVISION_KEYS[digit];
        if (mode !== undefined) this.#setMode(mode);
      },
      onHold: () => {},
      onEnded: () => this.#finish(),
    });
    this.#tell();
  }

  /** Who talks with one another from now on; undefined: nobody, by a hold or while a transfer rings. */
  take(link: Link | undefined): void {
    if (this.#isOver || link === this.#link) return;
    this.#clear();
    this.#link = link;
    this.#setUp();
  }

  /** The conversation is over. */
  end(): void {
    if (this.#isOver) return;
    this.#supervisor.hangUp(REASONS.normal);
    this.#finish();
  }

  #setMode(mode: SupervisionMode): void {
    if (mode === this.#mode || this.#isOver) return;
    this.#mode = mode;
    this.#clear();
    this.#setUp();
    this.#tell();
  }

  /** SU2–SU4: what the supervisor hears, and what the two hear in place of one another. */
  #setUp(): void {
    const link = this.#link;
    if (link === undefined) return;
    const [caller, far, supervisor] = [link.caller.channel, link.far.channel, this.#supervisor.channel];
    supervisor.play(this.#mixOf(caller, far));
    if (this.#mode === 'listen') return;
    const forFar = this.#mixOf(caller, supervisor);
    const forCaller = this.#mode === 'join' ? this.#mixOf(far, supervisor) : undefined;
    link.bridge.setMix((listener) => (listener === link.far ? forFar : forCaller));
    this.#undo.push(() => link.bridge.setMix(undefined));
  }

  #mixOf(...speakers: readonly AudioChannel[]): MixedVoices {
    const mix = new MixedVoices();
    for (const speaker of speakers) {
      this.#undo.push(speaker.tap((packet, codec) => mix.receive(speaker, packet, codec)));
    }
    this.#undo.push(() => mix.close());
    return mix;
  }

  #clear(): void {
    const undo = this.#undo;
    this.#undo = [];
    // The bridge goes first: what it played is closed after it.
    for (const step of undo.reverse()) step();
    this.#supervisor.channel.silence();
  }

  #tell(): void {
    const { callId, record, logger } = this.#call;
    record.update({ supervision: this.#mode });
    logger.log('info', 'pbx.supervised', { callId, user: this.#supervisor.session.user, mode: this.#mode });
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#clear();
    this.#link = undefined;
    this.#call.record.update({ supervision: null });
    this.#onEnded();
  }
}
