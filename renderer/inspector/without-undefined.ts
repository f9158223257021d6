/** The same without keys that have no value: JSON has no `undefined`, and documents are compared as JSON. */
export function withoutUndefined<Result extends object>(
  value: {
    [Key in keyof Result]: Result[Key] | undefined;
  },
): Result {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Result;
}
