import type { Lower } from './table.ts';

/** Looks at a queue of the project. */
export const lowerQueueState: Lower<'queue-state'> = ({ data }, scope) => {
  const queue = data.queueId === undefined ? undefined : scope.queue(data.queueId);
  if (data.queueId === undefined) {
    scope.report('flow/no-queue', 'No queue is chosen: callers go on as where nobody is there.');
  } else if (!queue) {
    scope.report(
      'flow/unknown-queue',
      'The queue is not in the project any more: callers go on as where nobody is there.',
      {
        queueId: data.queueId,
      },
    );
  }
  return {
    op: 'queue-state',
    origin: scope.origin,
    queueId: queue ? (data.queueId ?? null) : null,
    ...(data.crowdedAt === undefined ? {} : { crowdedAt: data.crowdedAt }),
    exits: {
      free: scope.exit('free'),
      busy: scope.exit('busy'),
      crowded: scope.exit('crowded'),
      nobody: scope.exit('nobody'),
    },
  };
};
