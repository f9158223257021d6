import { describe, expect, test } from 'vitest';
import { keysAskedFor, keysNamed } from '../../../shared/analyze/spoken-keys.ts';

describe('keys that a text asks for', () => {
  test.each([
    ['For sales, press 1. For support, press 2.', '1 2'],
    ['Press the star key to go back, or dial zero.', '* 0'],
    ['Press three', '3'],
    ['Press “7”!', '7'],
    ['Please press 1 or 2, push button 4.', '1 2 4'],
    ['Press 1, 2, or 3.', '1 2 3'],
    ['Press hash or pound.', '#'],
    ['Aby połączyć się ze sprzedażą, naciśnij 1, a z serwisem wciśnij dwójkę.', '1 2'],
    ['NACIŚNIJ KLAWISZ 9 lub gwiazdkę', '9 *'],
    ['Wybierz krzyżyk albo zero', '# 0'],
    ['nacisnij szostke', '6'],
    ['Wybierając pięć, zgadzasz się.', '5'],
  ])('%s → %s', (text, keys) => {
    expect([...keysAskedFor(text).keys].join(' ')).toBe(keys);
  });

  test.each([
    ['Dial extension 101.'],
    ['Press 101 for Ann.'],
    ['Choose one of the following.'],
    ['Wybierz jeden z działów.'],
    ['We are open from 9 to 5, one step away.'],
    ['Wybierz numer 24-7 albo 12.30.'],
    ['The express 1 goes at noon.'],
    ['Press on.'],
    [''],
  ])('none in “%s”', (text) => {
    expect([...keysAskedFor(text).keys]).toEqual([]);
    expect(keysAskedFor(text).firstAt).toBeNull();
  });

  test('the first stands where its verb stands', () => {
    expect(keysAskedFor('Hello there, press 1.').firstAt).toBe('Hello there, '.length);
  });
});

test('keys may be named without being asked for', () => {
  expect([...keysNamed('1 for sales, star goes back, gwiazdka wraca, 101 is Ann')]).toEqual(['1', '*']);
});
