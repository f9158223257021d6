import { ANNOUNCE_EVERY_MS, type Queue as QueueSettings } from '../../../shared/flow/project.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { TimerSet } from '../../../shared/lib/timer-set.ts';
import type { Standing } from '../../../shared/queue/queue.ts';
import type { EncodedAudio } from '../../media/encoded-audio.ts';
import type { PromptPlayer } from '../prompt-player.ts';
import type { Announcement } from './announcement-texts.ts';

export interface QueueAnnouncerOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: QueueSettings;
  /** How the caller stands now; undefined when they wait no more. */
  readonly standing: () => Standing | undefined;
  /** The sound of an announcement; undefined when there is nothing to tell. */
  readonly speak: (announcement: Announcement) => Promise<EncodedAudio> | undefined;
  /** The queue's own prompt; undefined when it has none. */
  readonly prompt: (() => Promise<EncodedAudio>) | undefined;
  /** Plays the music. */
  readonly player: Pick<PromptPlayer, 'playOver'>;
}

/** What is said now and then; also the name of its timer. */
type Part = 'standing' | 'prompt';

/** Tells one caller who waits how they stand, and what the queue has to say (rules QA*). */
export class QueueAnnouncer {
  readonly #options: QueueAnnouncerOptions;
  readonly #timers: TimerSet;
  /** What is to be said, in the order in which it became due. */
  readonly #due: Part[] = [];
  #isBusy = false;
  #isStopped = false;
  #lastPosition: number | undefined;

  constructor(options: QueueAnnouncerOptions) {
    this.#options = options;
    this.#timers = new TimerSet(options.clock);
  }

  /** The music plays. */
  start(): void {
    const { announcePosition, announceHoldTime = false } = this.#options.settings;
    if (announcePosition !== undefined || announceHoldTime) this.#want('standing');
    if (this.#options.prompt !== undefined) this.#pause('prompt');
  }

  /** Nothing is said any more; what is being said is the player's to end (QA5). */
  stop(): void {
    this.#isStopped = true;
    this.#timers.clear();
  }

  #want(part: Part): void {
    this.#due.push(part);
    if (!this.#isBusy) void this.#sayNext();
  }

  /** QA2: one at a time. Music plays on while a sound is being made. */
  async #sayNext(): Promise<void> {
    const part = this.#due.shift();
    if (part === undefined) return;
    this.#isBusy = true;
    const sound = await this.#soundOf(part);
    if (this.#isStopped) return;
    if (sound === undefined) this.#end(part);
    else this.#options.player.playOver(sound, () => this.#end(part));
  }

  #end(part: Part): void {
    this.#isBusy = false;
    if (this.#isStopped) return;
    this.#pause(part);
    void this.#sayNext();
  }

  #pause(part: Part): void {
    const { announceEveryMs, waitingPromptEveryMs } = this.#options.settings;
    const everyMs = { standing: announceEveryMs, prompt: waitingPromptEveryMs }[part] ?? ANNOUNCE_EVERY_MS;
    this.#timers.set(part, everyMs, () => this.#want(part));
  }

  /** Undefined when there is nothing to say, or it cannot be spoken (QA6). */
  async #soundOf(part: Part): Promise<EncodedAudio | undefined> {
    try {
      return part === 'prompt' ? await this.#options.prompt?.() : await this.#speakStanding();
    } catch (error) {
      this.#options.logger.log('warn', 'pbx.announcement-failed', { part, code: toErrorDetail(error).code });
      return undefined;
    }
  }

  async #speakStanding(): Promise<EncodedAudio | undefined> {
    const { settings, standing, speak } = this.#options;
    const now = standing();
    if (now === undefined) return undefined;
    const isPositionTold =
      settings.announcePosition === 'always' ||
      (settings.announcePosition === 'changes' && now.position !== this.#lastPosition);
    const sound = await speak({
      position: isPositionTold ? now.position : undefined,
      remainingMs: settings.announceHoldTime === true ? now.remainingMs : undefined,
    });
    // What could not be spoken was not told.
    if (isPositionTold) this.#lastPosition = now.position;
    return sound;
  }
}
