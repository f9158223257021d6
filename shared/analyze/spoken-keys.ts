import type { Key } from '../flow/ids.ts';

/** Words for keys, as menus say them: English, and Polish without its accents. */
const WORDS: Readonly<Record<string, Key>> = {
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  star: '*',
  asterisk: '*',
  hash: '#',
  pound: '#',
  jeden: '1',
  jedynke: '1',
  dwa: '2',
  dwojke: '2',
  trzy: '3',
  trojke: '3',
  cztery: '4',
  czworke: '4',
  piec: '5',
  piatke: '5',
  szesc: '6',
  szostke: '6',
  siedem: '7',
  siodemke: '7',
  osiem: '8',
  osemke: '8',
  dziewiec: '9',
  dziewiatke: '9',
  gwiazdka: '*',
  gwiazdke: '*',
  krzyzyk: '#',
  kratka: '#',
  kratke: '#',
};

// A digit of its own, not part of "101" or "24-7"; a word of its own, not "one of these".
const KEY = `(?<![\\p{L}\\d])(?:[0-9](?![\\d.,:-]*\\d)(?!\\p{L})|[*#]|(?:${Object.keys(WORDS).join('|')})(?!\\p{L}|\\s+(?:of|z|ze)\\s))`;
const VERB =
  '(?:press|push|dial|hit|select|choose|nacisnij|naciskajac|wcisnij|wciskajac|przycisnij|wybierz|wybierajac)';
const NOUN = '(?:(?:the|key|number|digit|button|klawisz|cyfre|przycisk|znak)\\s+){0,2}';
const AND_ANOTHER = `(?:\\s*,?\\s+(?:or|and|lub|albo|badz|oraz|i)\\s+${KEY})?`;

const ASKED = new RegExp(
  `(?<!\\p{L})${VERB}\\s+${NOUN}["'„”“]?${KEY}["'”“]?(?:\\s*,\\s*[0-9*#](?!\\d))*${AND_ANOTHER}`,
  'giu',
);
const ANY_KEY = new RegExp(KEY, 'giu');

/** The keys that a text asks callers to press ("press 3", "naciśnij gwiazdkę"), and where the first one stands. */
export function keysAskedFor(text: string): { readonly keys: ReadonlySet<Key>; readonly firstAt: number | null } {
  const keys = new Set<Key>();
  let firstAt: number | null = null;
  for (const match of plain(text).matchAll(ASKED)) {
    firstAt ??= match.index;
    for (const [word] of match[0].matchAll(ANY_KEY)) keys.add(keyOf(word));
  }
  return { keys, firstAt };
}

/** Every key that a text names at all, with a verb or without ("star goes back"). */
export function keysNamed(text: string): ReadonlySet<Key> {
  return new Set([...plain(text).matchAll(ANY_KEY)].map(([word]) => keyOf(word)));
}

function keyOf(word: string): Key {
  return WORDS[word.toLowerCase()] ?? (word as Key);
}

/** The same text without Polish accents, character by character: people leave them out. */
function plain(text: string): string {
  return text.normalize('NFC').replace(/[ąćęłńóśźż]/giu, (letter) => PLAIN[letter.toLowerCase()] ?? letter);
}

const PLAIN: Readonly<Record<string, string>> = {
  ą: 'a',
  ć: 'c',
  ę: 'e',
  ł: 'l',
  ń: 'n',
  ó: 'o',
  ś: 's',
  ź: 'z',
  ż: 'z',
};
