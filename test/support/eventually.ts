/** Waits until `probe` gives something truthy, asking after each turn of the event loop; fails after `timeoutMs`. */
export async function eventually<Value>(
  what: string,
  probe: () => Value | undefined | null | false,
  timeoutMs = 5000,
): Promise<Value> {
  const untilMs = performance.now() + timeoutMs;
  for (;;) {
    const value = probe();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > untilMs) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
