import { lookup } from '../lib/record.ts';
import type { PromptKey } from './events.ts';
import type { FlowProgram } from './program.ts';

/** LA2: what plays for an operation's prompt in a call of the given language (null: the project's): a version, or itself. */
export function spokenPrompt({ versions }: Pick<FlowProgram, 'versions'>, key: PromptKey, language: string | null) {
  const ofPrompt = language === null || !versions ? undefined : lookup(versions, key);
  return (ofPrompt && language !== null ? lookup(ofPrompt, language) : undefined) ?? key;
}
