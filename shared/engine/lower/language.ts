import type { Lower } from './table.ts';

/** Sets the call's language. */
export const lowerLanguage: Lower<'language'> = ({ data }, scope) => ({
  op: 'language',
  origin: scope.origin,
  language: data.language,
  next: scope.exit('next'),
});
