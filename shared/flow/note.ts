import { z } from 'zod';

/** Colours of notes by name: each theme has its own shade. */
export const NOTE_COLOURS = ['yellow', 'green', 'blue', 'pink', 'grey'] as const;

/** A comment on the canvas, for people: callers never meet it. Place and size in canvas pixels. */
export const NoteSchema = z.strictObject({
  text: z.string().max(2000).default(''),
  position: z.strictObject({ x: z.number(), y: z.number() }),
  width: z.number().int().min(80).max(4000).default(240),
  height: z.number().int().min(60).max(4000).default(160),
  colour: z.enum(NOTE_COLOURS).default('yellow'),
});
export type Note = z.infer<typeof NoteSchema>;
export type NoteColour = Note['colour'];
