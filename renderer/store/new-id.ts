import type { Id } from '../../shared/flow/ids.ts';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A new identity, `n` and 10 random letters of 32: clashes are not to be expected in a project's life. */
export function newId(prefix = 'n'): Id {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return prefix + Array.from(random, (byte) => LETTERS[byte % LETTERS.length]).join('');
}
