import { afterEach, describe, expect, it, vi } from 'vitest';
import { whenIdle } from '../../../renderer/ui/when-idle.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('when the browser is idle', () => {
  it('is what the browser says, within the time that is given', () => {
    const [request, cancel] = [vi.fn(() => 7), vi.fn()];
    vi.stubGlobal('requestIdleCallback', request);
    vi.stubGlobal('cancelIdleCallback', cancel);
    const work = () => {};
    whenIdle(work, 500)();
    expect(request).toHaveBeenCalledWith(work, { timeout: 500 });
    expect(cancel).toHaveBeenCalledWith(7);
  });

  it('is a moment later where the browser does not say', () => {
    vi.useFakeTimers();
    vi.stubGlobal('requestIdleCallback', undefined);
    const [work, cancelled] = [vi.fn(), vi.fn()];
    whenIdle(work, 500);
    whenIdle(cancelled, 500)();
    expect(work).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500);
    expect(work).toHaveBeenCalledOnce();
    expect(cancelled).not.toHaveBeenCalled();
  });
});
