/** At most so many UTF-16 code units, without half a character at the end, and without white space around. */
export function cut(text: string, length: number): string {
  return text
    .trim()
    .slice(0, length)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trim();
}

export function sameName(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();
}
