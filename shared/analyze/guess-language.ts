/** Words that hardly any sentence of a language does without. */
const COMMON: Readonly<Record<'en' | 'pl', ReadonlySet<string>>> = {
  en: new Set('the and for to of is are you your our we please press this with or at on all will now'.split(' ')),
  pl: new Set('w z na do i jest są się nie prosimy proszę aby dla oraz lub naciśnij wybierz po od ze o za'.split(' ')),
};

/** Fewer of them say nothing. */
const ENOUGH = 3;

/**
 * Whether a text looks English or Polish, by its commonest words and by letters that Polish alone has; null where
 * neither stands out. Cheap, and meant to be: it is for a hint.
 */
export function guessLanguage(text: string): 'en' | 'pl' | null {
  let [english, polish] = [0, 0];
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    if (COMMON.en.has(word)) english++;
    if (COMMON.pl.has(word)) polish++;
    if (/[ąćęłńśźż]/u.test(word)) polish++;
  }
  if (english >= ENOUGH && english > polish * 2) return 'en';
  if (polish >= ENOUGH && polish > english * 2) return 'pl';
  return null;
}
