import type { Reference } from './node-definition.ts';
import type { Queue } from './project.ts';
import { promptReferences } from './speech.ts';

/** Members of a queue that callers hear who wait in it. */
export const QUEUE_PROMPTS = ['musicOnHold', 'waitingPrompt'] as const satisfies readonly (keyof Queue)[];
export type QueuePrompt = (typeof QUEUE_PROMPTS)[number];

/** The prompts of the library that a queue plays. */
export function queueReferences(queue: Queue): Reference[] {
  return promptReferences(...QUEUE_PROMPTS.map((member) => queue[member]));
}
