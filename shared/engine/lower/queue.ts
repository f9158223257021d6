import type { Lower } from './table.ts';

/** Of a call that waits nowhere, the longest wait never matters. */
const NO_WAIT_MS = 1000;

/** Waits in a queue; what the node leaves open (longest wait, break-out key) is the queue's own. */
export const lowerQueue: Lower<'queue'> = ({ data }, scope) => {
  const queue = data.queueId === undefined ? undefined : scope.queue(data.queueId);
  if (data.queueId === undefined) {
    scope.report('flow/no-queue', 'No queue is chosen: callers leave by "join-empty" at once.');
  } else if (!queue) {
    const message = 'The queue is not in the project any more: callers leave by "join-empty" at once.';
    scope.report('flow/unknown-queue', message, { queueId: data.queueId });
  } else if (queue.members.length === 0) {
    const message = `The queue "${queue.name}" has no members: nobody will answer there.`;
    scope.report('flow/queue-without-members', message, { queue: queue.name });
  }
  const breakOutKey = data.breakOutKey ?? queue?.breakOutKey;
  return {
    op: 'enqueue',
    origin: scope.origin,
    queueId: queue && data.queueId !== undefined ? data.queueId : null,
    maxWaitMs: data.maxWaitMs ?? queue?.maxWaitMs ?? NO_WAIT_MS,
    ...(breakOutKey === undefined ? {} : { breakOutKey }),
    exits: {
      timeout: scope.exit('timeout'),
      full: scope.exit('full'),
      'join-empty': scope.exit('join-empty'),
      'leave-empty': scope.exit('leave-empty'),
      'key-pressed': scope.exit('key-pressed'),
    },
  };
};
