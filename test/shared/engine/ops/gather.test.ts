import { describe, expect, test } from 'vitest';
import { lowerProject } from '../../../../shared/engine/lower/index.ts';
import { match } from '../../../../shared/engine/ops/matching.ts';
import { menu, only, PROMPT_MS, runCall, says, startingWith } from '../../../support/engine-driver.ts';

const FIRST = 5000;
const INTER = 3000;

describe('attempts', () => {
  const project = (data: object) =>
    startingWith(
      menu(
        { keys: ['1'], noInputPrompt: 'silence', invalidPrompt: 'wrong', ...data },
        { 'key:1': 'one', 'no-input': 'quiet', invalid: 'bad' },
      ),
      says('one', 'quiet', 'bad'),
    );

  test('[MN1] [MN2] the menu says its prompt, and the first digit has its time from the end of it', () => {
    const { lines } = runCall(project({ noInputAttempts: 1 }));
    expect(lines.slice(3, 9)).toEqual([
      '0 node-entered m next',
      '0 prompt-started m menu',
      `${PROMPT_MS} prompt-finished m`,
      `${PROMPT_MS + FIRST} timer-fired m first-digit`,
      `${PROMPT_MS + FIRST} outcome m no-input`,
      `${PROMPT_MS + FIRST} node-entered quiet no-input`,
    ]);
  });

  test('[MN2] a digit just in time is no error', () => {
    const { lines } = runCall(project({}), `1@${PROMPT_MS + FIRST}`);
    expect(only(lines, 'timer-fired', 'outcome').slice(0, 2)).toEqual(['outcome start next', 'outcome m key:1']);
  });

  test('[MN4] three attempts offer the menu three times, and leave at once after the third', () => {
    const { said, lines } = runCall(project({}));
    expect(said).toEqual(['menu', 'silence+menu', 'silence+menu', 'quiet']);
    expect(only(lines, 'timer-fired')).toHaveLength(3);
  });

  test('[MN4] invalid entries likewise', () => {
    const { said } = runCall(project({}), '7@100 7@200 7@300');
    expect(said).toEqual(['menu', 'wrong+menu', 'wrong+menu', 'bad']);
  });

  test('[MN4] the two are counted apart', () => {
    // Two invalid ones do not shorten the three without input.
    const { said } = runCall(project({}), '7@100 7@200');
    expect(said).toEqual(['menu', 'wrong+menu', 'wrong+menu', 'silence+menu', 'silence+menu', 'quiet']);
  });

  test('[MN4] a shared total ends both, by the output of the last error', () => {
    const limited = project({ totalAttempts: 3, noInputAttempts: 3, invalidAttempts: 3 });
    expect(runCall(limited, '7@100 7@200').said).toEqual(['menu', 'wrong+menu', 'wrong+menu', 'quiet']);
    expect(runCall(project({ totalAttempts: 1 }), '7@100').said).toEqual(['menu', 'bad']);
  });

  test('[MN4] [MN1] the counters begin anew only when the menu is entered afresh', () => {
    const again = startingWith(
      menu({ keys: ['1'], noInputAttempts: 2, noInputPrompt: 'silence' }, { 'key:1': 'back', 'no-input': 'quiet' }),
      { ...says('quiet'), back: { type: 'say', data: { prompt: 'back' }, to: { next: 'm' } } },
    );
    const { said } = runCall(again, `1@${PROMPT_MS + FIRST + 100}`);
    expect(said).toEqual(['menu', 'silence+menu', 'back', 'menu', 'silence+menu', 'quiet']);
  });
});

describe('what is said after an error', () => {
  const prompts = { noInputPrompt: 'silence', invalidPrompt: 'wrong', lastChancePrompt: 'last' };

  test('[MN7] the error, the last chance on the last attempt, the menu', () => {
    const { said } = runCall(startingWith(menu({ keys: ['1'], ...prompts })));
    expect(said).toEqual(['menu', 'silence+menu', 'silence+last+menu']);
  });

  test('[MN7] the last chance is judged by the kind of error, or by the total', () => {
    const project = (totalAttempts?: number) => startingWith(menu({ keys: ['1'], ...prompts, totalAttempts }));
    const keys = '7@100 7@200';
    expect(runCall(project(), keys).said).toEqual([
      'menu',
      'wrong+menu',
      'wrong+last+menu',
      'silence+menu',
      'silence+last+menu',
    ]);
    expect(runCall(project(2), '7@100').said).toEqual(['menu', 'wrong+last+menu']);
  });

  test('[MN7] with one attempt there is no last chance', () => {
    expect(runCall(startingWith(menu({ ...prompts, noInputAttempts: 1 }))).said).toEqual(['menu']);
  });

  test('[MN7] without replay the menu prompt is said once', () => {
    const { said } = runCall(startingWith(menu({ ...prompts, replayAfterError: false })));
    expect(said).toEqual(['menu', 'silence', 'silence+last']);
  });

  test('[MN7] with nothing to say the first digit is awaited at once', () => {
    const { lines } = runCall(startingWith(menu({ replayAfterError: false, noInputAttempts: 2 })));
    expect(lines.filter((line) => line.includes('timer-fired'))).toEqual([
      `${PROMPT_MS + FIRST} timer-fired m first-digit`,
      `${PROMPT_MS + 2 * FIRST} timer-fired m first-digit`,
    ]);
  });
});

describe('matching', () => {
  /** Key 1 leads on, extensions 101 and 102 exist. */
  const project = (matchMode: string, data: object = {}) =>
    startingWith(
      menu(
        { keys: ['1', '2'], matchMode, directDial: { kind: 'everyone' }, invalidPrompt: 'wrong', ...data },
        { 'key:1': 'one', 'key:2': 'two', invalid: 'bad' },
      ),
      says('one', 'two', 'bad'),
    );

  test('[MN5] instant: acts at once where nothing longer can match', () => {
    const { lines } = runCall(startingWith(menu({ keys: ['1'] }, { 'key:1': 'one' }), says('one')), '1@2000');
    expect(lines).toContain('2000 node-entered one key:1');
  });

  test('[MN5] [MN3] instant: waits between digits where something longer can', () => {
    const { lines } = runCall(project('instant'), '1@2000');
    expect(lines).toContain(`${2000 + INTER} timer-fired m inter-digit`);
    expect(lines).toContain(`${2000 + INTER} node-entered one key:1`);
  });

  test('[MN3] each digit gives the next one its whole time', () => {
    const { lines } = runCall(project('instant'), '1@2000 0@4900');
    expect(lines).toContain(`${4900 + INTER} timer-fired m inter-digit`);
  });

  test('[MN3] an entry that ends too early and is nothing is invalid', () => {
    expect(runCall(project('instant'), '1@2000 0@2500').said.slice(0, 2)).toEqual(['menu', 'wrong+menu']);
  });

  test('[MN5] instant: what nothing begins with is invalid at once', () => {
    const { lines } = runCall(project('instant'), '1@2000 5@2500');
    expect(lines).toContain('2500 prompt-started m wrong+menu');
  });

  test('[MN5] first-match: the first match wins over what is longer', () => {
    const { lines } = runCall(project('first-match'), '1@2000');
    expect(lines).toContain('2000 node-entered one key:1');
  });

  test('[MN5] first-match: still waits for what is no match yet', () => {
    const { lines } = runCall(project('first-match', { keys: ['2'] }), '1@2000 0@2100 1@2200');
    expect(lines).toContain('2200 dialled m ["ann"]');
  });

  test('[MN5] wait-full: waits even where nothing longer can match', () => {
    const only1 = startingWith(menu({ keys: ['1'], matchMode: 'wait-full' }, { 'key:1': 'one' }), says('one'));
    const { lines } = runCall(only1, '1@2000');
    expect(lines).toContain(`${2000 + INTER} node-entered one key:1`);
  });

  test('[MN5] wait-full: does not act on what is complete, nor on what is hopeless, before the time', () => {
    const full = runCall(project('wait-full'), '1@2000 0@2100 1@2200');
    expect(full.lines).toContain(`${2200 + INTER} dialled m ["ann"]`);
    const hopeless = runCall(project('wait-full'), '5@2000 5@2100 5@2200 5@2300 5@2400 5@2500');
    expect(hopeless.lines).toContain(`${2500 + INTER} prompt-started m wrong+menu`);
    expect(only(hopeless.lines, 'digit')).toHaveLength(6);
    const tooLong = runCall(project('wait-full'), '1@2000 0@2100 1@2200 5@2300');
    expect(tooLong.lines).toContain(`${2300 + INTER} prompt-started m wrong+menu`);
  });
});

describe('barge-in', () => {
  const project = (bargeIn: string, data: object = {}) =>
    startingWith(
      menu(
        { keys: ['1'], bargeIn, directDial: { kind: 'people', people: ['cid'] }, invalidPrompt: 'wrong', ...data },
        { 'key:1': 'one' },
      ),
      says('one'),
    );

  test('[MN6] any: a digit stops the prompt and counts', () => {
    const { lines } = runCall(project('any'), '1@300');
    expect(lines).toContain('300 prompt-interrupted m');
    expect(lines).toContain('300 node-entered one key:1');
  });

  test('[MN6] any: so does one that can match nothing', () => {
    expect(runCall(project('any'), '7@300').lines).toContain('300 prompt-started m wrong+menu');
  });

  test('[MN6] valid-only: what can begin a match stops the prompt', () => {
    const { lines } = runCall(project('valid-only'), '2@300 0@400 1@500');
    expect(lines).toContain('300 prompt-interrupted m');
    expect(lines).toContain('500 dialled m ["cid"]');
  });

  test('[MN6] valid-only: other digits are forgotten, without an error', () => {
    const { lines, said } = runCall(project('valid-only', { noInputAttempts: 1 }), '7@300');
    expect(said).toEqual(['menu']);
    expect(only(lines, 'digit', 'prompt-interrupted')).toEqual([]);
  });

  test('[MN6] valid-only: after the prompt they are invalid as ever', () => {
    expect(runCall(project('valid-only'), `7@${PROMPT_MS + 1}`).said[1]).toBe('wrong+menu');
  });

  test('[MN6] none: no digit stops the prompt, and none is kept', () => {
    const { lines } = runCall(project('none', { noInputAttempts: 1 }), '1@300 1@999');
    expect(lines).toContain(`${PROMPT_MS + FIRST} outcome m no-input`);
    expect(only(lines, 'digit', 'prompt-interrupted')).toEqual([]);
  });

  test('[MN6] error prompts may be interrupted as well, and the digit counts for the new attempt', () => {
    const { lines } = runCall(project('any'), '7@300 1@600');
    expect(lines).toContain('600 prompt-interrupted m');
    expect(lines).toContain('600 node-entered one key:1');
  });
});

describe('the hash key', () => {
  const project = (hash: string, keys: string[], data: object = {}) =>
    startingWith(
      menu(
        { keys, hash, invalidPrompt: 'wrong', directDial: { kind: 'everyone' }, ...data },
        { 'key:1': 'one', 'key:#': 'hash' },
      ),
      says('one', 'hash'),
    );

  test('[MN8] key: a digit like others', () => {
    expect(runCall(project('key', ['#']), '#@300').said).toContain('hash');
    expect(runCall(project('key', ['1']), '#@300').said[1]).toBe('wrong+menu');
    expect(runCall(project('key', ['1', '#']), '1@300 #@400').said[1]).toBe('wrong+menu');
  });

  test('[MN8] terminator: ends the entry without waiting', () => {
    const { lines } = runCall(project('terminator', ['1']), '1@2000 #@2400');
    expect(lines).toContain('2400 node-entered one key:1');
  });

  test('[MN8] terminator: an unfinished entry is invalid', () => {
    expect(runCall(project('terminator', ['1']), '1@2000 0@2100 #@2400').lines).toContain(
      '2400 prompt-started m wrong+menu',
    );
  });

  test('[MN8] terminator: alone it is invalid', () => {
    expect(runCall(project('terminator', ['1']), '#@300').said[1]).toBe('wrong+menu');
    expect(runCall(project('terminator', ['1']), '#@2000').said[1]).toBe('wrong+menu');
  });

  test('[MN8] terminator: alone it is the key #, where that has an action', () => {
    expect(runCall(project('terminator', ['1', '#']), '#@2000').said[1]).toBe('hash');
    expect(runCall(project('terminator', ['1', '#']), '1@2000 #@2100').said[1]).toBe('one');
  });

  test('[MN8] [MN5] terminator: ends a wait-full entry', () => {
    const { lines } = runCall(project('terminator', ['1'], { matchMode: 'wait-full' }), '1@2000 #@2400');
    expect(lines).toContain('2400 node-entered one key:1');
  });

  test('[MN8] [MN6] terminator: alone it interrupts valid-only only where it is a key', () => {
    const lone = (keys: string[]) => runCall(project('terminator', keys, { bargeIn: 'valid-only' }), '#@300');
    expect(lone(['1']).lines).not.toContain('300 prompt-interrupted m');
    expect(lone(['1', '#']).said[1]).toBe('hash');
  });

  test('[MN8] ignored: does nothing at all', () => {
    const { lines } = runCall(project('ignored', ['1', '#']), '#@300 1@2000 #@2500');
    expect(lines).toContain(`${2000 + INTER} node-entered one key:1`);
    expect(only(lines, 'digit')).toEqual(['digit m 1']);
    expect(only(lines, 'prompt-interrupted')).toEqual([]);
  });
});

describe('direct dial', () => {
  const project = (directDial: object) => startingWith(menu({ keys: ['1'], directDial, invalidPrompt: 'wrong' }));

  test('[MN9] an extension is rung, and the trace says how the menu was left', () => {
    const { lines } = runCall(project({ kind: 'everyone' }), '1@300 0@400 2@500', { world: { talkMs: 100 } });
    expect(lines.slice(-5)).toEqual([
      '500 digit m 2',
      '500 outcome m direct-dial',
      '500 dialled m ["bob"]',
      '2500 answered m bob',
      '2600 ended far-end normal',
    ]);
  });

  test('[MN9] only those that may be dialled', () => {
    const people = { kind: 'people', people: ['cid'] };
    expect(only(runCall(project(people), '2@300 0@400 1@500').lines, 'dialled')).toEqual(['dialled m ["cid"]']);
    expect(runCall(project(people), '2@300 0@400 2@500').said[1]).toBe('wrong+menu');
  });

  test('[MN9] an extension that does not exist is invalid', () => {
    expect(runCall(project({ kind: 'everyone' }), '1@300 0@400 9@500').said[1]).toBe('wrong+menu');
  });

  test('[MN9] off: no extension is an entry', () => {
    const { lines } = runCall(project({ kind: 'off' }), '1@300');
    expect(lines).toContain('300 outcome m key:1');
  });

  test.each(['no-answer', 'busy', 'unavailable'] as const)('[MN9] %s leads to the default handling', (outcome) => {
    const { lines } = runCall(project({ kind: 'everyone' }), '1@0 0@0 1@0', {
      world: { people: { ann: { outcome } } },
    });
    const atMs = outcome === 'no-answer' ? 20_000 : 0;
    expect(lines.slice(-3)).toEqual([
      `${atMs} outcome m ${outcome}`,
      `${atMs} default-handling line`,
      `${atMs} ended flow normal`,
    ]);
  });

  test('[MN9] of equal entries the key wins', () => {
    const key = { kind: 'repeat' } as const;
    const extension = { kind: 'dial', personId: 'ann', ringMs: 1 } as const;
    const op = {
      matches: [
        { digits: '1', action: key },
        { digits: '1', action: extension },
      ],
    } as unknown as Parameters<typeof match>[0];
    expect(match(op, '1')).toEqual({ exact: key, longer: false });
  });
});

describe('repeat', () => {
  const project = startingWith(
    menu({ keys: [], repeatKeys: ['9'], invalidPrompt: 'wrong', noInputAttempts: 2, invalidAttempts: 2 }),
  );

  test('[MN10] says the menu prompt again, without an error prompt', () => {
    expect(runCall(project, '9@300 9@600').said.slice(0, 3)).toEqual(['menu', 'menu', 'menu']);
  });

  test('[MN10] is no error, and leaves the counters as they are', () => {
    const keys = '7@100 9@200 9@300 7@400';
    expect(runCall(project, keys).said).toEqual(['menu', 'wrong+menu', 'menu', 'menu']);
    expect(runCall(project, keys).lines).toContain('400 outcome m invalid');
  });

  test('[MN10] [GD1] is bounded: whoever only repeats is passed on in the end', () => {
    const presses = Array.from({ length: 1100 }, (_, n) => `9@${n + 1}`).join(' ');
    const { lines } = runCall(project, presses);
    // The start, the menu, and 998 repetitions.
    expect(lines.slice(-3)).toEqual(['999 guard m operations', '999 default-handling line', '999 ended flow normal']);
  });
});

describe('prompts that cannot be played', () => {
  test.each(['prompt', 'noInputPrompt', 'invalidPrompt', 'lastChancePrompt'])('[EN7] %s without words', (field) => {
    const project = startingWith(menu({ keys: ['1'], invalidAttempts: 2, noInputAttempts: 2, [field]: ' ' }));
    const { lines } = runCall(project, field === 'invalidPrompt' ? '7@100' : '');
    expect(lines.slice(-4).map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'prompt-failed m no-such-prompt',
      'outcome m error',
      'default-handling line',
      'ended flow normal',
    ]);
  });

  test('[EN7] a prompt that fails while it is played, whatever was played before it', () => {
    const { program } = lowerProject(startingWith(menu({ keys: ['1'], noInputPrompt: 'silence' })));
    const key = Object.keys(program.prompts).find((name) => {
      const source = program.prompts[name];
      return source?.kind === 'text' && source.text === 'silence';
    });
    const { lines } = runCall(program, '', { world: { prompts: { [key ?? '']: 'fails' } } });
    expect(lines.slice(-4)).toEqual([
      '6000 prompt-failed m simulated',
      '6000 outcome m error',
      '6000 default-handling line',
      '6000 ended flow normal',
    ]);
  });
});
