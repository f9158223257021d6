import { describe, expect, test } from 'vitest';
import { destinationOf, dialString, findNumber } from '../../../../electron/pbx/trunk/numbers.ts';

describe('what a number means', () => {
  test.each([
    ['+48 22 123 45 67', 'subscriber', '+48221234567'],
    ['0048221234567', 'subscriber', '+48221234567'],
    ['(22) 123-45-67', 'subscriber', '+48221234567'],
    ['0221234567', 'subscriber', '+48221234567'],
    ['+4420712345', 'subscriber', '+4420712345'],
    ['+0123456789', 'unusable', '+0123456789'],
    ['+1234567890123456', 'unusable', '+1234567890123456'],
    ['201', 'short', '201'],
    ['*123#', 'short', '*123#'],
    ['118913', 'short', '118913'],
    ['sales', 'unusable', 'sales'],
    ['', 'unusable', ''],
    ['112;phone-context=x', 'unusable', '112;phonecontext=x'],
  ])('%s is %s', (text, kind, number) => expect(destinationOf(text, '48')).toEqual({ kind, number }));

  test.each(['112', '999', '998', '997', '911', '+48112', '+48 997', '9-1-1'])('[TF1] %s is an emergency', (text) =>
    expect(destinationOf(text, '48').kind).toBe('emergency'),
  );

  test('[TF1] another country’s writing of 112 is no emergency here', () =>
    expect(destinationOf('+44112', '48').kind).toBe('unusable'));
});

test('the provider is told the number as it wants it; short codes and emergencies as they are', () => {
  const number = destinationOf('221234567', '48');
  expect(dialString(number, 'plus')).toBe('+48221234567');
  expect(dialString(number, 'double-zero')).toBe('0048221234567');
  expect(dialString(number, 'digits')).toBe('48221234567');
  for (const format of ['plus', 'double-zero', 'digits'] as const) {
    expect(dialString(destinationOf('112', '48'), format)).toBe('112');
    expect(dialString(destinationOf('201', '48'), format)).toBe('201');
  }
});

describe('the number called', () => {
  const plan = { '+48221234567': 'main', '587654321': 'branch', '100': 'short', '+48489999999': 'radom' };

  test.each([
    ['+48221234567', 'main'],
    ['0048221234567', 'main'],
    ['48221234567', 'main'],
    ['221234567', 'main'],
    ['0221234567', 'main'],
    ['+48587654321', 'branch'],
    ['587654321', 'branch'],
    ['100', 'short'],
    ['489999999', 'radom'],
    ['+48999', undefined],
    ['+4422123456', undefined],
    ['flow.main', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s is %s', (called, id) => expect(findNumber(plan, called, '48')).toBe(id));
});
