import { expect, it } from 'vitest';
import { RegistrationKeeper } from '../../../renderer/phone/registration-keeper.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';

function setUp() {
  const clock = new ManualClock();
  const triedAtMs: number[] = [];
  const keeper = new RegistrationKeeper(clock, () => {
    triedAtMs.push(clock.nowMs());
    keeper.handleFailed(503);
  });
  return { clock, keeper, triedAtMs };
}

it('tries a failed registration again, at 1, 2, 4 … and then every 30 s', () => {
  const { clock, keeper, triedAtMs } = setUp();
  expect(keeper.handleFailed(503)).toBe(true);
  clock.advance(122_000);
  expect(triedAtMs).toEqual([1000, 3000, 7000, 15_000, 31_000, 61_000, 91_000, 121_000]);
});

it('starts anew with short waits after a success', () => {
  const { clock, keeper, triedAtMs } = setUp();
  keeper.handleFailed(503);
  clock.advance(10_000);
  keeper.handleRegistered();
  expect(clock.pending).toBe(0);
  triedAtMs.length = 0;
  keeper.handleFailed(undefined);
  clock.advance(1000);
  expect(triedAtMs).toEqual([11_000]);
});

it.each([401, 403, 407])('does not try a refused password again (%d)', (status) => {
  const { clock, keeper } = setUp();
  expect(keeper.handleFailed(status)).toBe(false);
  expect(clock.pending).toBe(0);
});
