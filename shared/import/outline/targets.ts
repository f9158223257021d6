/** Where a line of an outline leads, by what is written there; English and Polish words may be mixed. */
export type OutlineTarget =
  | { readonly kind: 'queue' | 'person' | 'menu' | 'name'; readonly name: string }
  | { readonly kind: 'voicemail'; readonly name: string }
  | { readonly kind: 'extension' | 'external'; readonly number: string }
  | { readonly kind: 'hang-up' | 'back' | 'repeat' | 'top' };

const NAMED: readonly (readonly [RegExp, 'queue' | 'person' | 'menu' | 'voicemail'])[] = [
  [/^(?:queue|kolejka|kolejki)\s+(.+)$/iu, 'queue'],
  [/^(?:person|employee|operator|osoba|pracownik)\s+(.+)$/iu, 'person'],
  [/^menu\s+(.+)$/iu, 'menu'],
  [/^(?:voice ?mail|message|poczta(?: głosowa)?|wiadomość)(?:\s+(?:for|to|dla|do)?\s*(.+))?$/iu, 'voicemail'],
];
const ALONE: readonly (readonly [RegExp, 'hang-up' | 'back' | 'repeat' | 'top'])[] = [
  [/^(?:hang ?up|end(?: the call)?|goodbye|rozłącz(?: się)?|zakończ|koniec|do widzenia)$/iu, 'hang-up'],
  [/^(?:back|go back|previous(?: menu)?|wstecz|wróć|powrót|poprzednie menu)$/iu, 'back'],
  [/^(?:repeat|again|listen again|powtórz|jeszcze raz|posłuchaj ponownie)$/iu, 'repeat'],
  [/^(?:main menu|start|beginning|menu główne|główne menu|początek)$/iu, 'top'],
];

/** Reads what stands behind an arrow, or a label that stands alone. */
export function outlineTarget(words: string): OutlineTarget {
  const text = words.trim().replace(/[.!]$/u, '');
  const alone = ALONE.find(([pattern]) => pattern.test(text));
  if (alone) return { kind: alone[1] };
  for (const [pattern, kind] of NAMED) {
    const match = pattern.exec(text);
    if (match) return { kind, name: match[1]?.trim() ?? '' };
  }
  const digits = text.replace(/[\s().\-/]/gu, '');
  if (/^\+[1-9][0-9]{6,14}$|^[0-9]{6,20}$/u.test(digits)) return { kind: 'external', number: digits };
  if (/^[0-9]{2,5}$/u.test(digits)) return { kind: 'extension', number: digits };
  return { kind: 'name', name: text };
}
