import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_OUTLINE_LENGTH, type OutlineMenu, parseOutline } from '../../../../shared/import/outline/parse-outline.ts';

/** A menu as nested lines `key label [→ target] [“text”]`. */
function shape({ text, entries }: OutlineMenu): unknown {
  const lines = entries.map(({ on, label, target, text: said, menu }) => {
    const line = [on, label, target === null ? '' : `→ ${target}`, said === '' ? '' : `“${said}”`]
      .filter(Boolean)
      .join(' ');
    return menu ? [line, shape(menu)] : line;
  });
  return text === '' ? lines : [`“${text}”`, ...lines];
}
const parsed = (text: string) => shape(parseOutline(text).menu);
const problems = (text: string) => parseOutline(text).problems.map(({ line, code }) => `${line} ${code}`);

describe('an outline', () => {
  it('is a menu: a line for each key, with where it leads', () => {
    expect(parsed('Welcome to the shop.\n1 Sales -> queue Sales\n2 Support\n0 Reception → 101')).toEqual([
      '“Welcome to the shop.”',
      '1 Sales → queue Sales',
      '2 Support',
      '0 Reception → 101',
    ]);
  });

  it.each([
    '1 Sales',
    '1. Sales',
    '1) Sales',
    '1: Sales',
    '[1] Sales',
    '(1) Sales',
    '1 - Sales',
    '- 1 Sales',
    '• 1. Sales',
    '* 1 Sales',
  ])('reads "%s" as the key 1', (line) => expect(parsed(line)).toEqual(['1 Sales']));

  it.each([
    ['* Back', '* Back'],
    ['# Again', '# Again'],
    ['* -> 101', '* → 101'],
  ])('reads %j as a key, not as a bullet', (line, entry) => expect(parsed(line)).toEqual([entry]));

  it('nests menus by how deep lines stand, in tabs or spaces', () => {
    const nested = [
      '1 Sales',
      ['2 Support', ['“We help.”', '1 Bikes', ['2 Other', ['1 Tents']], '* Back']],
      '0 Reception',
    ];
    expect(parsed('1 Sales\n2 Support\n  We help.\n  1 Bikes\n  2 Other\n     1 Tents\n  * Back\n0 Reception')).toEqual(
      nested,
    );
    expect(parsed('1 Sales\n2 Support\n\tWe help.\n\t1 Bikes\n\t2 Other\n\t\t1 Tents\n\t* Back\n0 Reception')).toEqual(
      nested,
    );
  });

  it('takes keys below a greeting as its menu, however deep they stand', () => {
    expect(parsed('Welcome\n  1 Sales\n  2 Support')).toEqual(['“Welcome”', '1 Sales', '2 Support']);
  });

  it('has messages: behind a colon, or on deeper lines without keys', () => {
    expect(
      parsed('1 Hours: "Nine to five."\n2 Address\n  Long Street 1.\n  Second floor.\n3 Fax: gone -> 101'),
    ).toEqual(['1 Hours “Nine to five.”', '2 Address “Long Street 1. Second floor.”', '3 Fax: gone → 101']);
  });

  it('says what happens without a choice and with a wrong one, in English or Polish', () => {
    expect(parsed('1 A\nno input -> 101\ninvalid: Wrong key.')).toEqual([
      '1 A',
      'no-input no input → 101',
      'invalid invalid “Wrong key.”',
    ]);
    expect(parsed('1 A\nbrak wyboru -> 101\nbłędny klawisz -> 102')).toEqual([
      '1 A',
      'no-input brak wyboru → 101',
      'invalid błędny klawisz → 102',
    ]);
  });

  it('leaves comments and empty lines out, and counts them', () => {
    expect(problems('// the shop\r\n\r\n1 Sales\r\n1 Support')).toEqual(['4 key-twice']);
  });

  it('tells of a key with two actions, of a line between two depths, and of too long a text', () => {
    expect(problems('1 A\n2 B\n    1 C\n  2 D')).toEqual(['4 indent']);
    expect(problems('x'.repeat(MAX_OUTLINE_LENGTH + 1))).toEqual(['1 too-long']);
  });

  it('loses no word of any text', () => {
    const line = fc.tuple(
      fc.constantFrom('', '  ', '    ', '\t'),
      fc.constantFrom('', '1 ', '2. ', '# ', '- '),
      fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8})?$/),
      fc.constantFrom('', ' -> 101', ': said here'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const source = lines.map((parts) => parts.join('')).join('\n');
        const kept = JSON.stringify(parseOutline(source).menu);
        for (const [, , words] of lines) for (const word of words.split(' ')) expect(kept).toContain(word);
      }),
      { numRuns: 200 },
    );
  });
});
