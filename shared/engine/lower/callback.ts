import type { Lower } from './table.ts';

/** Asks for a call back by the operators of a queue of the project. */
export const lowerCallback: Lower<'callback'> = ({ data }, scope) => {
  const { queueId } = data;
  const queue = queueId === undefined ? undefined : scope.queue(queueId);
  if (queueId === undefined) {
    scope.report('flow/no-queue', 'No queue is chosen: callers leave by "not-possible" at once.');
  } else if (!queue) {
    const message = 'The queue is not in the project any more: callers leave by "not-possible" at once.';
    scope.report('flow/unknown-queue', message, { queueId });
  } else if (queue.members.length === 0) {
    const message = `The queue "${queue.name}" has no members: nobody will call back.`;
    scope.report('flow/queue-without-members', message, { queue: queue.name });
  }
  return {
    op: 'callback',
    origin: scope.origin,
    queueId: queue && queueId !== undefined ? queueId : null,
    exits: { requested: scope.exit('requested'), 'not-possible': scope.exit('not-possible') },
  };
};
