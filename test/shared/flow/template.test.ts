import { expect, test } from 'vitest';
import { fillTemplate, namesIn, parseTemplate } from '../../../shared/flow/template.ts';

const values: Record<string, string | number | boolean> = { pin: '123', n: 4.5, 'caller.number': '+48' };
const fill = (text: string) => fillTemplate(text, (name) => values[name]);

test.each([
  ['Your PIN: {pin}.', 'Your PIN: 123.'],
  ['{pin:digits}{n}', '1 2 34.5'],
  ['{caller.number}', '+48'],
  ['{gone} {gone:digits}', '{gone} {gone:digits}'],
  ['{Pin} {pin:loud} {} { pin } {{pin}}', '{Pin} {pin:loud} {} { pin } {123}'],
  ['no places', 'no places'],
  ['', ''],
])('[VA5] %s', (text, filled) => {
  expect(fill(text)).toBe(filled);
});

test('the parts of a text make up the text', () => {
  expect(parseTemplate('a{pin}b{x.y:digits}')).toEqual([
    { kind: 'text', text: 'a' },
    { kind: 'value', name: 'pin', format: null },
    { kind: 'text', text: 'b' },
    { kind: 'value', name: 'x.y', format: 'digits' },
  ]);
  expect(namesIn('{a} {b} {a}')).toEqual(['a', 'b']);
});

test('values are escaped, the text around them is not', () => {
  expect(fillTemplate('a b {pin}', () => 'c d', encodeURIComponent)).toBe('a b c%20d');
});
