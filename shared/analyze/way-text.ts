import type { Project } from '../flow/project.ts';
import { lookup } from '../lib/record.ts';
import { nodeName, targetName } from './names.ts';
import { GOES_BY_ITSELF, type Way, type WayStep } from './reachability.ts';

/** A way in an English sentence: "Callers of 100 who press 2, 1, while "Office" is open, in the queue "Sales"." */
export function wayText(project: Project, way: Way): string {
  const parts = [
    way.keys.length > 0 ? `who press ${way.keys.join(', ')}` : 'who press nothing',
    ...way.steps.flatMap((step) => circumstance(project, step)),
    ...(way.queueId === undefined
      ? []
      : [`in the queue "${lookup(project.queues, way.queueId)?.name ?? way.queueId}"`]),
  ];
  const from = way.target.kind === 'number' ? 'Callers of' : 'Test calls to';
  return `${from} ${targetName(project, way.target)} ${parts.join(', ')}.`;
}

/** What must be so for a step, other than keys; nothing for what goes by itself. */
function circumstance(project: Project, { origin, output, keys, scheduleId }: WayStep): readonly string[] {
  if (keys !== undefined || GOES_BY_ITSELF.has(output)) return [];
  if (scheduleId !== undefined) {
    return [`while "${lookup(project.schedules, scheduleId)?.name ?? scheduleId}" is ${output}`];
  }
  return [`after "${output.replaceAll('-', ' ')}" at "${nodeName(project, origin)}"`];
}
