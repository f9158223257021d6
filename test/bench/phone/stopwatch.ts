import type { AppBrowser, WireMessage } from '../../support/app-browser.ts';

/**
 * Runs in the page before ours: when the last click came, and when the first sound since `reset` was heard on a remote
 * track. The sound is watched by the audio thread, which hears what the person hears however busy the page is.
 */
const SCRIPT = `(() => {
  const watch = (window.__watch = { clickAtMs: null, soundAtMs: null, resetAtMs: 0 });
  addEventListener('click', () => (watch.clickAtMs = performance.now()), true);
  const worklet = \`registerProcessor('ear', class extends AudioWorkletProcessor {
    process([[samples]]) {
      const isLoud = samples !== undefined && samples.some((sample) => Math.abs(sample) > 0.01);
      if (isLoud) this.port.postMessage(currentTime);
      return true;
    }
  });\`;
  let ready;
  const ear = () => (ready ??= (async () => {
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })));
    return context;
  })());
  addEventListener('DOMContentLoaded', () => void ear());
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener('track', async ({ track }) => {
        const context = await ear();
        const node = new AudioWorkletNode(context, 'ear', { numberOfOutputs: 0 });
        node.port.onmessage = ({ data }) => {
          if (watch.soundAtMs !== null) return;
          const { contextTime, performanceTime } = context.getOutputTimestamp();
          const atMs = performanceTime + (data - contextTime) * 1000;
          if (atMs > watch.resetAtMs) watch.soundAtMs = atMs;
        };
        context.createMediaStreamSource(new MediaStream([track])).connect(node);
      });
    }
  };
})();`;

interface Watch {
  clickAtMs: number | null;
  soundAtMs: number | null;
  resetAtMs: number;
}

/** Times of one window; all in ms since the epoch, so that windows can be compared. */
export class Stopwatch {
  readonly #browser: AppBrowser;
  #originMs = 0;

  private constructor(browser: AppBrowser) {
    this.#browser = browser;
  }

  /** To be made before the window opens its page. */
  static async on(browser: AppBrowser): Promise<Stopwatch> {
    await browser.page.addInitScript(SCRIPT);
    return new Stopwatch(browser);
  }

  async reset(): Promise<void> {
    this.#originMs = await this.#browser.page.evaluate(() => {
      const watch = (window as unknown as { __watch: Watch }).__watch;
      Object.assign(watch, { clickAtMs: null, soundAtMs: null, resetAtMs: performance.now() });
      (window as unknown as { __wire: WireMessage[] }).__wire.length = 0;
      return performance.timeOrigin;
    });
  }

  async clickedAtMs(): Promise<number> {
    return this.#until('clickAtMs');
  }

  async heardAtMs(): Promise<number> {
    return this.#until('soundAtMs');
  }

  /** When the first message like that went over the wire since `reset`. */
  async messageAtMs(matches: (message: WireMessage) => boolean): Promise<number> {
    const untilMs = performance.now() + 10_000;
    for (;;) {
      const message = (await this.#browser.wire()).find(matches);
      if (message) return this.#originMs + message.atMs;
      if (performance.now() > untilMs) throw new Error('No such message came.');
      await this.#browser.page.waitForTimeout(50);
    }
  }

  async #until(name: keyof Watch): Promise<number> {
    await this.#browser.page.waitForFunction(
      (wanted) => (window as unknown as { __watch: Watch }).__watch[wanted] !== null,
      name,
      { timeout: 15_000 },
    );
    const atMs = await this.#browser.page.evaluate(
      (wanted) => (window as unknown as { __watch: Watch }).__watch[wanted],
      name,
    );
    return this.#originMs + (atMs ?? Number.NaN);
  }
}
