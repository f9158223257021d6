import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';
import { callsAfter, parseDialogInfo } from './dialog-info.ts';
import type { LightsStore } from './lights-store.ts';
import { parseMessageSummary } from './message-summary.ts';

const EXPIRES_S = 600;
/** After a subscription that failed, or ended without being asked to. */
const RETRY_MS = 10_000;
/** JsSIP's code for a SUBSCRIBE that was refused: asking again would not help. */
const REFUSED = 2;

/** What is needed of JsSIP's `Subscriber`, whose own types leave its events out. */
export interface Subscriber {
  on(event: 'notify', listener: (isFinal: boolean, request: unknown, body: string | undefined) => void): unknown;
  on(
    event: 'terminated',
    listener: (code: number, reason: string | undefined, retryAfterS: number | undefined) => void,
  ): unknown;
  subscribe(): void;
  terminate(): void;
}

/** Makes a subscription that is not begun yet; `target` is a user part. */
export type MakeSubscriber = (
  target: string,
  event: string,
  accept: string,
  options: { readonly expires: number },
) => Subscriber;

interface Wanted {
  /** User part. */
  readonly target: string;
  readonly event: string;
  readonly accept: string;
  readonly onBody: (body: string) => void;
  /** Nothing is known any more. */
  readonly onLost: () => void;
}

interface Watched {
  readonly wanted: Wanted;
  subscriber: Subscriber | undefined;
  refused: boolean;
  cancelRetry: CancelTimer;
}

/** Keeps a phone subscribed to its messages and to colleagues' calls (RFC 6665), and the lights in step with them. */
export class SipLights {
  readonly #make: MakeSubscriber;
  readonly #clock: Clock;
  readonly #lights: LightsStore;
  readonly #messages: Watched;
  /** By extension. */
  readonly #colleagues = new Map<string, Watched>();
  #isUp = false;

  constructor(make: MakeSubscriber, user: string, clock: Clock, lights: LightsStore) {
    this.#make = make;
    this.#clock = clock;
    this.#lights = lights;
    this.#messages = watched({
      target: user,
      event: 'message-summary',
      accept: 'application/simple-message-summary',
      onBody: (body) => lights.setState({ messages: parseMessageSummary(body) }),
      onLost: () => lights.setState({ messages: null }),
    });
  }

  /** Watches these colleagues, and no others. */
  watch(extensions: readonly string[]): void {
    for (const [extension, entry] of [...this.#colleagues]) {
      if (extensions.includes(extension)) continue;
      this.#colleagues.delete(extension);
      this.#end(entry);
    }
    for (const extension of extensions) {
      if (this.#colleagues.has(extension)) continue;
      const entry = watched(this.#callsOf(extension));
      this.#colleagues.set(extension, entry);
      this.#begin(entry);
    }
  }

  /** The phone is registered; told each time that it registers again. */
  handleRegistered(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    for (const entry of this.#all) this.#begin(entry);
  }

  /** The connection is gone, and what was subscribed by it. */
  handleLost(): void {
    this.#isUp = false;
    for (const entry of this.#all) {
      this.#end(entry);
      entry.refused = false;
    }
  }

  get #all(): readonly Watched[] {
    return [this.#messages, ...this.#colleagues.values()];
  }

  #callsOf(extension: string): Wanted {
    const lights = this.#lights;
    return {
      target: extension,
      event: 'dialog',
      accept: 'application/dialog-info+xml',
      onBody: (body) => {
        const info = parseDialogInfo(body);
        const { colleagues } = lights.getState();
        if (info === null) return;
        lights.setState({
          colleagues: { ...colleagues, [extension]: callsAfter(colleagues[extension] ?? [], info) },
        });
      },
      onLost: () => {
        const { [extension]: _, ...colleagues } = lights.getState().colleagues;
        lights.setState({ colleagues });
      },
    };
  }

  #begin(entry: Watched): void {
    const { target, event, accept, onBody, onLost } = entry.wanted;
    if (!this.#isUp || entry.refused || entry.subscriber !== undefined) return;
    const subscriber = this.#make(encodeURIComponent(target), event, accept, { expires: EXPIRES_S });
    entry.subscriber = subscriber;
    subscriber.on('notify', (_isFinal, _request, body) => {
      if (entry.subscriber === subscriber && body !== undefined) onBody(body);
    });
    subscriber.on('terminated', (code, _reason, retryAfterS) => {
      if (entry.subscriber !== subscriber) return;
      entry.subscriber = undefined;
      onLost();
      entry.refused = code === REFUSED;
      if (entry.refused) return;
      const delayMs = retryAfterS === undefined ? RETRY_MS : retryAfterS * 1000;
      entry.cancelRetry = this.#clock.after(delayMs, () => this.#begin(entry));
    });
    subscriber.subscribe();
  }

  #end(entry: Watched): void {
    entry.cancelRetry();
    const { subscriber } = entry;
    // The lights may be another phone's by now.
    if (subscriber === undefined) return;
    entry.subscriber = undefined;
    entry.wanted.onLost();
    subscriber.terminate();
  }
}

function watched(wanted: Wanted): Watched {
  return { wanted, subscriber: undefined, refused: false, cancelRetry: () => {} };
}
