/** Where the browser does not tell when it is idle (Safari before 26), a moment later is taken for it. */
const A_MOMENT_MS = 50;

/**
 * Calls back when the browser has nothing better to do, after `timeoutMs` at the latest. Gives a function that takes
 * it back.
 */
export function whenIdle(work: () => void, timeoutMs: number): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(work, { timeout: timeoutMs });
    return () => cancelIdleCallback(id);
  }
  const timer = setTimeout(work, Math.min(A_MOMENT_MS, timeoutMs));
  return () => clearTimeout(timer);
}
