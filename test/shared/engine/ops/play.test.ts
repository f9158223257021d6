import { describe, expect, test } from 'vitest';
import { only, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const project = (data: object) =>
  startingWith({ type: 'say', data: { prompt: 'news', ...data }, to: { next: 'a' } }, says('a'));

describe('a message', () => {
  test('[EN8] goes on at its end', () => {
    expect(runCall(project({})).lines.slice(4, 8)).toEqual([
      '0 prompt-started m news',
      '1000 prompt-finished m',
      '1000 outcome m next',
      '1000 node-entered a next',
    ]);
  });

  test('[EN8] is not stopped by keys, and they are not kept', () => {
    const { lines } = runCall(project({}), '1@200 2@300');
    expect(lines).toContain('1000 prompt-finished m');
    expect(only(lines, 'digit')).toEqual([]);
  });

  test('[EN8] that may be skipped is stopped by any key', () => {
    const { lines } = runCall(project({ skippable: true }), '#@200');
    expect(lines.slice(5, 9)).toEqual([
      '200 prompt-interrupted m',
      '200 digit m #',
      '200 outcome m next',
      '200 node-entered a next',
    ]);
  });

  test('[EN8] the key that skips it is used up', () => {
    const menu = { type: 'menu', data: { prompt: 'menu', keys: ['1'] } } as const;
    const skipped = startingWith(
      { type: 'say', data: { prompt: 'news', skippable: true }, to: { next: 'b' } },
      { b: menu },
    );
    expect(runCall(skipped, '1@200').said.slice(0, 3)).toEqual(['news', 'menu', 'menu']);
  });

  test('[EN7] that cannot be played is an error, never silence', () => {
    const { lines } = runCall(project({ prompt: { kind: 'prompt', promptId: 'gone' } }));
    expect(lines.slice(4)).toEqual([
      '0 prompt-failed m no-such-prompt',
      '0 outcome m error',
      '0 default-handling line',
      '0 ended flow normal',
    ]);
  });
});
