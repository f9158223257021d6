import type { en } from './en.ts';

type PluralBase<Key> = Key extends `${infer Base}_other` ? Base : never;

/** Keys of a section for a language with the plural forms one, few, many and other (Polish has all four). */
type Keys<Section> = Exclude<keyof Section, `${string}_one`> | `${PluralBase<keyof Section>}_${'one' | 'few' | 'many'}`;

/** What every other language must have: each key of the English texts, plural forms filled up. */
export type Translation<Section = typeof en> = {
  readonly [Key in Keys<Section>]: Key extends keyof Section
    ? Section[Key] extends string
      ? string
      : Translation<Section[Key]>
    : string;
};
