import type { QueueId } from '../../flow/ids.ts';
import type { Project } from '../../flow/project.ts';
import { lookup, sortedEntries } from '../../lib/record.ts';
import type { Rule } from './rule.ts';

/** CK1: a person who stands in a queue twice. */
export const duplicateMember: Rule = ({ project, report }) => {
  for (const [queueId, { name, members }] of sortedEntries(project.queues)) {
    const seen = new Set<string>();
    const twice = new Set(members.map(({ personId }) => personId).filter((id) => seen.has(id) || !seen.add(id)));
    for (const personId of twice) {
      const person = lookup(project.people, personId)?.name ?? personId;
      const message = `${person} is in the queue "${name}" more than once: it counts once.`;
      report('check/duplicate-member', {
        message,
        params: { person, personId, queue: name, queueId },
        fix: withoutTwins(queueId),
      });
    }
  }
};

/** Keeps each member's first place. */
function withoutTwins(queueId: QueueId): (project: Project) => Project {
  return (project) => {
    const queue = lookup(project.queues, queueId);
    if (!queue) return project;
    const members = queue.members.filter(
      ({ personId }, index) => queue.members.findIndex((other) => other.personId === personId) === index,
    );
    return { ...project, queues: { ...project.queues, [queueId]: { ...queue, members } } };
  };
}
