import { expect, test } from 'vitest';
import { contentHash } from '../../../shared/lib/content-hash.ts';

test('is 16 hex digits, equal for equal texts', () => {
  expect(contentHash('')).toMatch(/^[0-9a-f]{16}$/);
  expect(contentHash('press 1')).toBe(contentHash('press 1'));
});

test('stays what it is between versions: stored calls and rendered prompts are named by it', () => {
  expect(contentHash('')).toBe('79b2ba19ed0df9f8');
  expect(contentHash('Aby połączyć się ze sprzedażą, naciśnij 1.')).toBe('8252361178a5aad2');
});

test('differs for texts that differ in one place, in order or in length', () => {
  const texts = ['press 1', 'press 2', 'perss 1', 'press 1 ', ' press 1', 'press 11', '\0', '\0\0', ''];
  expect(new Set(texts.map(contentHash)).size).toBe(texts.length);
});

test('names 200,000 similar texts apart, by either half', () => {
  const hashes = Array.from({ length: 200_000 }, (_, n) => contentHash(`For extension ${n}, press ${n % 10}.`));
  expect(new Set(hashes).size).toBe(hashes.length);
  // Halves have 32 bits: about 5 pairs are expected to coincide by chance.
  expect(new Set(hashes.map((hash) => hash.slice(0, 8))).size).toBeGreaterThan(199_950);
  expect(new Set(hashes.map((hash) => hash.slice(8))).size).toBeGreaterThan(199_950);
});
