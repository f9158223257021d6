import type { Page } from 'playwright-core';

/** Middle and slow end of some times, in ms. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
}

/** Sorts `values` to give the one below which a share `q` lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export function quantiles(values: readonly number[]): Quantiles {
  return { p50: round(quantile(values, 0.5)), p95: round(quantile(values, 0.95)) };
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * Runs in a page before its own scripts: `__frames` are the times between frames while `__watch` is true, `__keys` the
 * times from a keystroke to the end of the frame that shows it, `__openedMs` when the first card was to be seen.
 */
export const FRAME_SCRIPT = `(() => {
  window.__frames = []; window.__keys = []; window.__watch = false; window.__openedMs = 0;
  let last = 0;
  const afterPaint = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(0);
  });
  const tick = (now) => {
    if (window.__watch && last > 0) window.__frames.push(now - last);
    last = window.__watch ? now : 0;
    if (window.__openedMs === 0 && document.querySelector('.react-flow__node[style*="visibility: visible"]')) {
      window.__openedMs = -1;
      afterPaint((atMs) => { window.__openedMs = atMs; });
    }
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  addEventListener('keydown', (event) => {
    afterPaint((atMs) => window.__keys.push(atMs - event.timeStamp));
  }, true);
})();`;

interface FrameWindow {
  __frames: number[];
  __keys: number[];
  __watch: boolean;
  __openedMs: number;
}

/** The times between the page's frames while `act` goes on, in ms. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const watched = window as unknown as FrameWindow;
    watched.__frames = [];
    watched.__watch = true;
  });
  await act();
  return page.evaluate(() => {
    const watched = window as unknown as FrameWindow;
    watched.__watch = false;
    return watched.__frames;
  });
}

/** From going to the page until its first card was painted, in ms. */
export async function openedMs(page: Page): Promise<number> {
  await page.waitForFunction(() => (window as unknown as FrameWindow).__openedMs > 0, null, { timeout: 120_000 });
  return page.evaluate(() => (window as unknown as FrameWindow).__openedMs);
}

/** From each key to paint, in ms. */
export async function keysToPaint(page: Page, text: string): Promise<readonly number[]> {
  await page.evaluate(() => {
    (window as unknown as FrameWindow).__keys = [];
  });
  await page.keyboard.type(text, { delay: 40 });
  await settled(page);
  return page.evaluate(() => (window as unknown as FrameWindow).__keys);
}

/** Until the page has drawn two frames with nothing else to do. */
export async function settled(page: Page): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    await page.evaluate(
      () => new Promise<void>((done) => requestIdleCallback(() => requestAnimationFrame(() => done()))),
    );
  }
}

/** What the page's scripts hold after a clean-up, MB, and how many elements it has. */
export async function memoryOf(page: Page): Promise<{ heapMb: number; domNodes: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { heapMb: round(metric('JSHeapUsedSize') / 2 ** 20), domNodes: metric('Nodes') };
}
