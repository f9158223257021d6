/** The lowest number that no thing of the list has as its id. */
export function freeNumber(things: readonly { readonly id: string }[]): string {
  let id = 1;
  while (things.some((one) => one.id === String(id))) id++;
  return String(id);
}
