import type { Mailbox } from '../../flow/mailbox.ts';
import { lookup } from '../../lib/record.ts';
import type { ProjectScope } from './scope.ts';
import type { Lower } from './table.ts';

/** Takes a message for whoever it is for; a mailbox of someone who is gone is everyone's. */
export const lowerVoicemail: Lower<'voicemail'> = ({ data }, scope) => {
  const { mailbox, greeting, ...times } = data;
  const problem = problemOf(mailbox, scope.shared);
  if (problem) scope.report(problem, 'The mailbox is of someone who is gone: messages go to the general one.');
  return {
    op: 'voicemail',
    origin: scope.origin,
    mailbox: problem ? { kind: 'general' } : mailbox,
    ...(greeting && { greetingPrompt: scope.prompt(greeting, 'greeting') }),
    ...times,
    exits: { done: scope.exit('done'), 'too-short': scope.exit('too-short'), failed: scope.exit('failed') },
  };
};

/** What is wrong with a mailbox, if anything. */
export function problemOf(mailbox: Mailbox, { project }: ProjectScope) {
  if (mailbox.kind === 'person' && !lookup(project.people, mailbox.personId)) return 'flow/unknown-person';
  return mailbox.kind === 'queue' && !lookup(project.queues, mailbox.queueId) ? 'flow/unknown-queue' : null;
}
