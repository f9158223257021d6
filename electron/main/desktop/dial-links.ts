import type { App } from 'electron';
import { dialTarget } from '../../../shared/bridge/dial-link.ts';

/** Schemes of links that mean somebody to call. */
export const DIAL_SCHEMES = ['tel', 'callto', 'sip'] as const;

/** The part of Electron's `app` that has to do with links. */
export type LinkApp = Pick<
  App,
  'on' | 'isDefaultProtocolClient' | 'setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient'
>;

/**
 * Links of telephone numbers that the system gives to this program (Electron, "app": `open-url` on macOS, an argument
 * elsewhere). Nothing is dialled: the number waits until a window takes it and asks.
 */
export class DialLinks {
  readonly #app: LinkApp;
  readonly #tell: () => void;
  #waiting: string | null = null;

  /** To be made before `ready`, which macOS's first event comes before. @param argv of this process */
  constructor(app: LinkApp, argv: readonly string[], tell: () => void) {
    this.#app = app;
    this.#tell = tell;
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#take(url);
    });
    app.on('second-instance', (_event, others) => {
      for (const url of others.filter(isDialLink).slice(-1)) this.#take(url);
    });
    for (const url of argv.filter(isDialLink).slice(-1)) this.#take(url);
  }

  /** Whether the system gives such links to this program; `open` changes it. */
  openLinks(open?: boolean): boolean {
    for (const scheme of open === undefined ? [] : DIAL_SCHEMES) {
      if (open) this.#app.setAsDefaultProtocolClient(scheme);
      else this.#app.removeAsDefaultProtocolClient(scheme);
    }
    return this.#app.isDefaultProtocolClient(DIAL_SCHEMES[0]);
  }

  /** The number of the last link; once. */
  takeDial(): string | null {
    const target = this.#waiting;
    this.#waiting = null;
    return target;
  }

  #take(url: string): void {
    if (!isDialLink(url)) return;
    this.#waiting = dialTarget(url);
    if (this.#waiting !== null) this.#tell();
  }
}

function isDialLink(argument: string): boolean {
  return DIAL_SCHEMES.some((scheme) => argument.toLowerCase().startsWith(`${scheme}:`));
}
