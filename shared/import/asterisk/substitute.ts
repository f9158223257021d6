/** Values of variables that are known while a dialplan is read: `EXTEN`, `DIALSTATUS` after a dial, globals. */
export type Known = ReadonlyMap<string, string>;

const VARIABLE = /\$\{([^${}]*)\}/g;

/**
 * A text with the variables filled in that are known (pbx_variables.c): `${NAME}`, `${NAME:offset:length}`, from the
 * inside out. Others stay as they are written.
 */
export function substitute(text: string, known: Known): string {
  let result = text;
  // Nesting deeper than that is no dialplan of a person's.
  for (let depth = 0; depth < 10; depth++) {
    const next = result.replace(VARIABLE, (whole, inside: string) => filled(inside, known) ?? whole);
    if (next === result) return result;
    result = next;
  }
  return result;
}

function filled(inside: string, known: Known): string | undefined {
  const [name = '', offset, length] = inside.split(':');
  const value = known.get(name.trim());
  if (value === undefined || offset === undefined) return value;
  const from = Number(offset) || 0;
  const rest = value.slice(from);
  return length === undefined || length === '' ? rest : rest.slice(0, Number(length) || 0);
}

/** Whether a text has variables or expressions in it. */
export function isOpen(text: string): boolean {
  return /\$[{[]/.test(text);
}
