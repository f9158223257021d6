import { z } from 'zod';

/** Identity of a thing in a project: never reused, never shown to people, safe in file names and SIP user parts. */
export const IdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'an id is 1 to 64 letters, digits, "-" or "_", starting with a letter or digit',
  );
export type Id = z.infer<typeof IdSchema>;

export type FlowId = Id;
export type NodeId = Id;
export type NumberId = Id;
export type PersonId = Id;
export type QueueId = Id;
export type PromptId = Id;
export type ScheduleId = Id;

/** The twelve keys of a telephone. */
export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
export const KeySchema = z.enum(KEYS);
export type Key = z.infer<typeof KeySchema>;
