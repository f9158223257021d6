import { z } from 'zod';

/** Names that the expression language keeps for itself, or that mean something else there (CEL, "Identifiers"). */
const RESERVED = new Set(
  `true false null in as break const continue else for function if import let loop package namespace return var void
   while caller call response secret bool bytes double dyn duration int list map optional string timestamp type uint
   size has all exists constructor filter matches cel math strings json`.split(/\s+/),
);

/** What a variable is called in expressions and texts. */
export const VariableNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'up to 32 small letters, digits or "_", beginning with a letter')
  .refine((name) => !RESERVED.has(name), 'this word means something else already');

export const VARIABLE_TYPES = ['text', 'number', 'yes-no'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** A value that a call carries. Numbers are finite. */
export type Value = string | number | boolean;

/** Something that a call remembers: what was typed, what a web service answered, what was worked out. */
export const VariableSchema = z
  .strictObject({
    type: z.enum(VARIABLE_TYPES).default('text'),
    /** Its value when a call begins; without one an empty text, zero, or no. */
    initial: z.union([z.string().max(1000), z.number(), z.boolean()]).optional(),
    /** A PIN, a card number: never shown in traces, logs or to operators. */
    secret: z.boolean().default(false),
    description: z.string().max(200).default(''),
  })
  .refine(({ type, initial }) => initial === undefined || typeOf(initial) === type, {
    path: ['initial'],
    error: 'the value at the start is of another type',
  });
export type Variable = z.infer<typeof VariableSchema>;

/** The variables of a project by name. */
export const VariablesSchema = z.record(VariableNameSchema, VariableSchema);
export type Variables = z.infer<typeof VariablesSchema>;

/** Longest text that a variable holds, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 4096;

export function typeOf(value: Value): VariableType {
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'yes-no';
}

/** The value that a call begins with. */
export function initialValue({ type, initial }: Pick<Variable, 'type' | 'initial'>): Value {
  return initial ?? { text: '', number: 0, 'yes-no': false }[type];
}
